import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Configuration, configurationsIn, readConfigurations } from '../../../apps/workshop/src/commands/manifests/configurations.ts';
import { programOf } from '../../../apps/workshop/src/commands/manifests/detect.ts';
import { problemsOf } from '../../../apps/workshop/src/commands/manifests/lint.ts';
import { usageError } from '../../../apps/workshop/src/commands/usageError.ts';
import { COMPATIBILITY, type Shipper, type VersionOf } from '../../../packages/log-shippers/src/index.ts';
import { compareExamples, type ExamplesReport, type LintedExample } from './examplesReport.ts';
import { KNOWN_EXAMPLES, type KnownExample } from './knownExamples.ts';

type BeatsVersion = VersionOf<'filebeat' | 'metricbeat'>;

/**
 * What our linters say of the examples that the programs ship, and what of that is known.
 *
 * @param paths folders, or files
 * @throws PodscopeError CLI_USAGE for a path that can't be read
 */
export async function lintExamples(paths: readonly string[], known: readonly KnownExample[] = KNOWN_EXAMPLES): Promise<ExamplesReport> {
  const all = (await Promise.all(paths.map((path) => configurationsAt(resolve(path))))).flat();
  const linted: LintedExample[] = [];
  const skipped: string[] = [];
  for (const configuration of all) {
    const beat = beatOfModules(configuration);
    const program = beat ?? programOf(configuration.name, configuration.text);
    if (program === undefined) {
      skipped.push(configuration.configMap === undefined ? configuration.file : `${configuration.file} (ConfigMap ${configuration.configMap}, ${configuration.name})`);
      continue;
    }
    const version = versionIn(configuration.file, program);
    const problems = await problemsOf(beat === undefined ? configuration : asWhole(configuration, beat), all, program, version);
    linted.push({ program, ...(version === undefined ? {} : { version }), file: configuration.file, problems });
  }
  if (linted.length === 0) throw usageError(`No configuration of a shipper is in ${paths.join(', ')}.`, 'Name folders of what the programs ship.');
  return compareExamples(linted, skipped, known);
}

/** Those that are read everywhere, and the files of modules of Beats that are off: they ship with a name that Beats don't read. */
async function configurationsAt(path: string): Promise<readonly Configuration[]> {
  const files = await disabledModules(path);
  const off = await Promise.all(files.map(async (file) => configurationsIn(file, await readFile(file, 'utf8'))));
  // Filebeat's modules are all off.
  const onlyOff = files.length > 0 && (await readdir(path)).every((name) => files.includes(join(path, name)));
  return [...onlyOff ? [] : await readConfigurations([path]), ...off.flat()];
}

async function disabledModules(path: string): Promise<readonly string[]> {
  if ((await stat(path).catch(() => undefined))?.isDirectory() !== true) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && basename(entry.parentPath) === 'modules.d' && entry.name.endsWith('.yml.disabled')).map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

const MODULES_FILE = /(?:^|\/)(filebeat|metricbeat)\/modules\.d\/[^/]+\.yml(?:\.disabled)?$/;
const MODULES_MAP = /^(filebeat|metricbeat)-(?:.*-)?modules$/;

/** Whose modules a file lists; undefined where it is none of modules. */
function beatOfModules({ file, configMap }: Configuration): 'filebeat' | 'metricbeat' | undefined {
  const found = configMap === undefined ? MODULES_FILE.exec(file) : MODULES_MAP.exec(configMap);
  return found?.[1] as 'filebeat' | 'metricbeat' | undefined;
}

/** A list of modules in a configuration that has no fault of its own. */
function asWhole(configuration: Configuration, beat: string): Configuration {
  return { ...configuration, name: `${beat}.yml`, lineOffset: configuration.lineOffset - 1, text: `${beat}.modules:\n${configuration.text}\noutput.console.enabled: true\nseccomp.enabled: false\n` };
}

/** The version that a path names, as `beats/v7@v7.12.1/filebeat/filebeat.yml` does; undefined where it names none that is known. */
function versionIn(path: string, program: Shipper): BeatsVersion | undefined {
  if (program !== 'filebeat' && program !== 'metricbeat') return undefined;
  const known = Object.keys(COMPATIBILITY[program].versions) as BeatsVersion[];
  return [...path.matchAll(/(?<![\d.])(\d+\.\d+)\.\d+(?![\d.]*\d)/g)].map(([, version]) => known.find((each) => each === version)).findLast((version) => version !== undefined);
}
