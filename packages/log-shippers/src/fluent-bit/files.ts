import type { ConfigFiles } from '../config/shipperOptions.ts';
import { badValue } from '../quantities/quantities.ts';
import { isSecretReference, type SecretReference } from '../secrets/secretReference.ts';
import { requireValid } from './check.ts';
import { changeClassic } from './classicChange.ts';
import { propertiesOf, readClassic, sectionText, TITLES } from './classicFormat.ts';
import type { FluentBitConfig, Section } from './model.ts';
import { type ListName, listOf } from './shape.ts';
import { SOURCE, type SourceText } from './source.ts';
import { changeYaml, readYaml, writeYaml } from './yamlFormat.ts';

/** The two formats that Fluent Bit reads. */
export type FluentBitFormat = 'yaml' | 'classic';

type WithSource = FluentBitConfig & { readonly [SOURCE]?: SourceText };

const PARSERS_FILE = 'parsers.conf';
const MULTILINE_FILE = 'multiline-parsers.conf';

/**
 * Fluent Bit's configuration as files: one in YAML; in the classic format one for the service and the pipeline, one each for parsers and
 * multiline parsers, and one a Lua script, since the classic format has no values of several lines.
 *
 * What {@link parseFluentBit} returned is written back into its own text: byte by byte the same where nothing changed, and where something
 * did, with the other lines and comments where they were. The format is the text's own, unless `format` names the other.
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE for an unknown option outside of `extra`, and for a value of another type.
 */
export function fluentBitFiles(config: FluentBitConfig, options: { readonly format?: FluentBitFormat } = {}): ConfigFiles {
  requireValid(config);
  const source = (config as WithSource)[SOURCE];
  const format = options.format ?? source?.format ?? 'yaml';
  const files: Record<string, string> = {};
  const main = source?.format === format && source.file !== undefined ? (source.file.split('/').at(-1) ?? source.file) : format === 'yaml' ? 'fluent-bit.yaml' : 'fluent-bit.conf';
  if (format === 'yaml') files[main] = source?.format === 'yaml' ? changeYaml(source.text, config) : writeYaml(config);
  else {
    const { config: inFiles, scripts } = withScripts(config);
    Object.assign(files, scripts);
    if (source?.format === 'classic') files[main] = changeClassic(source.text, inFiles);
    else Object.assign(files, classicFiles(inFiles, main));
  }
  return { files, main, args: ['-c', `{config}/${main}`], environment: references(config) };
}

function classicFiles(config: FluentBitConfig, main: string): Record<string, string> {
  if (config.sections !== undefined) throw badValue('Fluent Bit sections', `${Object.keys(config.sections).join(', ')}: the classic format has files of its own for these.`, "Write it as YAML: { format: 'yaml' }.");
  const section = (list: ListName): readonly string[] => listOf(config, list).map((each, index) => sectionText(TITLES[list], propertiesOf(`Fluent Bit ${list}[${index}]`, each)));
  const files: Record<string, string> = {};
  const parserFiles: string[] = [];
  for (const [list, name] of [['parsers', PARSERS_FILE], ['multilineParsers', MULTILINE_FILE]] as const) {
    if (listOf(config, list).length === 0) continue;
    files[name] = section(list).join('\n');
    parserFiles.push(name);
  }
  const given = (config.service as Section | undefined)?.['parsers_file'];
  const all = [...(given === undefined ? [] : [given].flat()), ...parserFiles];
  const service = config.service === undefined && all.length === 0 ? [] : [sectionText('SERVICE', propertiesOf('Fluent Bit service', { ...config.service, ...(all.length === 0 ? {} : { parsers_file: all }) }))];
  const commands = [...Object.entries(config.env ?? {}).map(([name, value]) => `@SET ${name}=${value}\n`), ...(config.includes ?? []).map((file) => `@INCLUDE ${file}\n`)].join('');
  files[main] = [...(commands === '' ? [] : [commands]), ...service, ...(['customs', 'inputs', 'filters', 'outputs'] as const).flatMap(section)].join('\n');
  return files;
}

/** Lua in files of its own, named after the function that is called. */
function withScripts(config: FluentBitConfig): { readonly config: FluentBitConfig; readonly scripts: Record<string, string> } {
  const scripts: Record<string, string> = {};
  const filters = listOf(config, 'filters').map((filter) => {
    const { code, ...rest } = filter;
    if (filter['name'] !== 'lua' || typeof code !== 'string' || !code.includes('\n')) return filter;
    const base = String(filter['call']).replaceAll(/[^\w-]+/g, '-');
    let name = `${base}.lua`;
    for (let number = 2; scripts[name] !== undefined && scripts[name] !== code; number++) name = `${base}-${number}.lua`;
    scripts[name] = code;
    return { ...rest, script: name };
  });
  return { config: config.filters === undefined ? config : ({ ...config, filters } as unknown as FluentBitConfig), scripts };
}

/** All secrets of a value, each variable once. */
function references(value: unknown): readonly SecretReference[] {
  const found = new Map<string, SecretReference>();
  const look = (each: unknown): void => {
    if (isSecretReference(each)) found.set(each.variable, each);
    else if (typeof each === 'object' && each !== null) for (const inner of Object.values(each)) look(inner);
  };
  look(value);
  return [...found.values()];
}

/**
 * Reads a configuration of Fluent Bit: YAML, or the classic format. Options get their listed names and values of their own type; what isn't
 * known stands in `extra`. Files that the text includes are not read.
 *
 * @param options `format` is guessed from the file's name, then from the text.
 * @throws PodscopeError SHIPPER_BAD_VALUE when the text is none of both, with the line.
 */
export function parseFluentBit(text: string, options: { readonly file?: string; readonly format?: FluentBitFormat } = {}): FluentBitConfig {
  const { file } = options;
  const format = options.format ?? guess(text, file);
  const config = format === 'yaml' ? readYaml(text, file) : readClassic(text, file);
  const source: SourceText = { format, text, file };
  return Object.assign(config, { [SOURCE]: source });
}

function guess(text: string, file: string | undefined): FluentBitFormat {
  if (file !== undefined && /\.ya?ml$/i.test(file)) return 'yaml';
  if (file !== undefined && /\.conf$/i.test(file)) return 'classic';
  return /^\s*(\[[A-Za-z_ ]+\]|@(SET|INCLUDE)\b)/im.test(text) ? 'classic' : 'yaml';
}
