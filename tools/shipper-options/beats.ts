import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Option, Options } from '../../packages/log-shippers/src/options/option.ts';
import { BEATS_REFINEMENTS, ELASTIC_LICENCE } from './beatsRefinements.ts';
import { BEATS_STRUCTS } from './beatsStructs.ts';

/** The versions that are read: what only the later one has is `since` it, what only the earlier one has `until` it. */
const VERSIONS = ['7.12.1', '7.17.0'] as const;
const LATER = '7.17';

interface FoundOption {
  readonly name: string;
  readonly type: Option['type'];
  readonly default?: string | number | boolean;
  readonly required?: boolean;
}

function readStructs(moduleFolder: string): ReadonlyMap<string, ReadonlyMap<string, Option>> {
  const answer = spawnSync('go', ['run', '.', moduleFolder], { cwd: join(import.meta.dirname, 'beats-structs'), input: JSON.stringify(BEATS_STRUCTS), encoding: 'utf8', maxBuffer: 1 << 26 });
  if (answer.status !== 0) throw new Error(`go run of beats-structs: ${answer.stderr || String(answer.error)}`);
  const found = new Map<string, Map<string, Option>>();
  const structs = JSON.parse(answer.stdout) as readonly { readonly name: string; readonly prefix?: string; readonly options: readonly FoundOption[] | null }[];
  for (const { name, prefix = '', options } of structs) {
    const into = found.get(name) ?? new Map<string, Option>();
    found.set(name, into);
    for (const { name: option, ...facts } of options ?? []) if (!option.startsWith('_')) into.set(`${prefix}${option}`, into.get(`${prefix}${option}`) ?? facts);
  }
  return found;
}

/** The options of both versions, and what is written by hand. */
function merged(earlier: ReadonlyMap<string, Option>, later: ReadonlyMap<string, Option>, byHand: Options): Options {
  const options: Record<string, Option> = {};
  for (const name of [...new Set([...earlier.keys(), ...later.keys(), ...Object.keys(byHand)])].sort()) {
    const since = later.has(name) && !earlier.has(name) ? { since: LATER } : {};
    const until = earlier.has(name) && !later.has(name) ? { until: LATER } : {};
    const { required, ...found }: Option = { type: 'any', ...earlier.get(name), ...later.get(name) };
    // What a group requires is required where the group is used.
    const option: Option = { ...found, ...(required === true && !name.includes('.') ? { required } : {}), ...since, ...until, ...byHand[name] };
    // A map with named options below it is no option by itself.
    const isGroup = option.type === 'map' && byHand[name] === undefined && [...later.keys(), ...Object.keys(byHand)].some((other) => other.startsWith(`${name}.`));
    const { default: value, ...rest } = option;
    if (!isGroup) options[name] = value === '' || value === undefined ? rest : { ...rest, default: value };
  }
  return options;
}

const literal = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(literal).join(', ')}]`
    : typeof value === 'object' && value !== null
      ? `{ ${Object.entries(value).map(([key, each]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)}: ${literal(each)}`).join(', ')} }`
      : typeof value === 'string' ? quoted(value) : String(value);

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

const CONSTANTS: Readonly<Record<string, { readonly name: string; readonly what: string }>> = {
  inputs: { name: 'INPUTS', what: 'The options of each input of Filebeat; those of `*` are every input\'s' },
  processors: { name: 'PROCESSORS', what: 'The options of each processor; those of `*` are every processor\'s' },
  outputs: { name: 'OUTPUTS', what: 'The options of each output; those of `*` are every output\'s' },
  settings: { name: 'SETTINGS', what: 'Settings at the top: of every Beat, of Filebeat, of Metricbeat' },
  autodiscover: { name: 'AUTODISCOVER', what: 'The options of the autodiscover providers' },
  modules: { name: 'MODULES', what: 'The options of Metricbeat\'s modules; those of `*` are every module\'s' },
};

function fileOf(section: string, plugins: ReadonlyMap<string, Options>): string {
  const { name, what } = CONSTANTS[section] ?? { name: section, what: section };
  const lines = ["import type { Options } from '../../options/option.ts';", '', `// Made by \`npm run shipper-options -- beats\` from Beats ${VERSIONS.join(' and ')}: not to be edited.`, '', `/** ${what}. */`, `export const ${name} = {`];
  for (const [plugin, options] of plugins) {
    lines.push(`  ${/^[a-z]\w*$/.test(plugin) ? plugin : quoted(plugin)}: {`);
    for (const [option, facts] of Object.entries(options)) lines.push(`    ${/^[a-z]\w*$/.test(option) ? option : quoted(option)}: ${literal(facts)},`);
    lines.push('  },');
  }
  return [...lines, '} as const satisfies Readonly<Record<string, Options>>;', ''].join('\n');
}

/**
 * The option lists of Filebeat and Metricbeat as files by their names, out of the folder that has both versions of the Go module
 * `github.com/elastic/beats/v7` as `v7@v<version>`.
 */
export function beatsOptions(folder: string): ReadonlyMap<string, string> {
  const [earlier, later] = VERSIONS.map((version) => {
    const moduleFolder = join(folder, `v7@v${version}`);
    if (!existsSync(moduleFolder)) throw new Error(`There is no ${moduleFolder}. Run go mod download in tools/shipper-programs/recipes/filebeat-${version}.`);
    return readStructs(moduleFolder);
  });
  const names = [...new Set([...(earlier?.keys() ?? []), ...(later?.keys() ?? []), ...Object.keys(BEATS_REFINEMENTS)])].sort();
  const sections = new Map<string, Map<string, Options>>();
  for (const name of names) {
    const [section = '', plugin = ''] = name.split(' ');
    const plugins = sections.get(section) ?? new Map<string, Options>();
    sections.set(section, plugins);
    plugins.set(plugin, merged(earlier?.get(name) ?? new Map(), later?.get(name) ?? new Map(), BEATS_REFINEMENTS[name] ?? {}));
  }
  const files = new Map([...sections].map(([section, plugins]) => [`${section}.ts`, fileOf(section, plugins)]));
  return files.set('elasticLicence.ts', `// Made by \`npm run shipper-options -- beats\`: not to be edited.\n\n/** Inputs that only the build under Elastic's own licence has. */\nexport const ELASTIC_LICENCE_INPUTS: readonly string[] = ${literal(ELASTIC_LICENCE.inputs)};\n\n/** Processors of that build. */\nexport const ELASTIC_LICENCE_PROCESSORS: readonly string[] = ${literal(ELASTIC_LICENCE.processors)};\n`);
}
