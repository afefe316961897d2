import { execFile } from 'node:child_process';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Shipper } from '../../../packages/log-shippers/src/index.ts';

/** A program that can check and run configurations of a shipper. */
export interface Program {
  readonly shipper: Shipper;
  /** What it is called, without a version: `filebeat`. */
  readonly name: string;
  readonly path: string;
  /** As the program says it: `5.1.1`. Of a checker of a grammar, which has none, `grammar`. */
  readonly version: string;
  /** Checks a configuration's grammar, and runs nothing. */
  readonly grammarOnly: boolean;
}

/** A file that has the name of a program, but can't be used as one. */
export interface Unusable {
  readonly path: string;
  readonly why: string;
}

interface Kind {
  readonly shipper: Shipper;
  readonly names: readonly string[];
  readonly ask: readonly string[];
  readonly answer: RegExp;
}

/** What the programs are called, and how each is asked for its version. */
const KINDS: readonly Kind[] = [
  { shipper: 'fluent-bit', names: ['fluent-bit'], ask: ['--version'], answer: /Fluent Bit v(\d+\.\d+\.\d+)/ },
  { shipper: 'fluentd', names: ['fluentd'], ask: ['--version'], answer: /fluentd (\d+\.\d+\.\d+)/ },
  { shipper: 'filebeat', names: ['filebeat'], ask: ['version'], answer: /filebeat version (\d+\.\d+\.\d+)/ },
  { shipper: 'metricbeat', names: ['metricbeat'], ask: ['version'], answer: /metricbeat version (\d+\.\d+\.\d+)/ },
  { shipper: 'logstash', names: ['logstash'], ask: ['--version'], answer: /logstash (\d+\.\d+\.\d+)/ },
  { shipper: 'otel-collector', names: ['otelcol-contrib', 'otelcol'], ask: ['--version'], answer: /version v?(\d+\.\d+\.\d+)/ },
];

/** Reads a configuration of Logstash on standard input, and says by its exit code whether Logstash's grammar takes it. */
const GRAMMAR = 'logstash-grammar';

/** Logstash takes half a minute to say its version on a busy machine. */
const ASKING_MS = 60_000;

/** Programs in folders, in the order in which they are to be preferred. */
export async function findPrograms(folders: readonly string[], signal?: AbortSignal): Promise<{ readonly programs: readonly Program[]; readonly unusable: readonly Unusable[] }> {
  const programs: Program[] = [];
  const unusable: Unusable[] = [];
  const seen = new Set<string>();
  for (const folder of folders) {
    for (const name of (await readdir(folder).catch(() => [])).sort()) {
      const path = join(folder, name);
      const kind = KINDS.find(({ names }) => names.some((each) => name === each || (name.startsWith(`${each}-`) && /^\d/.test(name.slice(each.length + 1)))));
      if (kind === undefined && name !== GRAMMAR) continue;
      if (!(await stat(path).catch(() => undefined))?.isFile()) continue;
      const executable = await access(path, constants.X_OK).then(() => true, () => false);
      if (!executable) {
        unusable.push({ path, why: 'it may not be executed' });
        continue;
      }
      const version = kind === undefined ? 'grammar' : await versionOf(path, kind, signal);
      if (version === undefined) {
        unusable.push({ path, why: `it does not say its version when asked with "${kind?.ask.join(' ')}"` });
        continue;
      }
      const shipper = kind?.shipper ?? 'logstash';
      if (seen.has(`${shipper} ${version}`)) continue;
      seen.add(`${shipper} ${version}`);
      programs.push({ shipper, name: kind?.names.find((each) => name.startsWith(each)) ?? name, path, version, grammarOnly: kind === undefined });
    }
  }
  return { programs, unusable };
}

/** The folders of the programs that tools/shipper-programs has built, or brought from elsewhere, into the cache. */
export async function builtFolders(cacheDir: string): Promise<readonly string[]> {
  const folder = join(cacheDir, 'go-programs');
  return (await readdir(folder).catch(() => [])).sort().map((name) => join(folder, name));
}

/** The folders of the PATH. */
export function pathFolders(path: string | undefined): readonly string[] {
  return (path ?? '').split(delimiter).filter((folder) => folder !== '');
}

function versionOf(path: string, kind: Kind, signal: AbortSignal | undefined): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(path, kind.ask, { timeout: ASKING_MS, killSignal: 'SIGKILL', ...(signal === undefined ? {} : { signal }) }, (_error, stdout, stderr) => resolve(kind.answer.exec(`${stdout}\n${stderr}`)?.[1]));
  });
}

/** A program for a configuration's version, with what is to be said about it; a reason where there is none. */
export function programFor(programs: readonly Program[], shipper: Shipper, version: string): { readonly program: Program; readonly note: string } | string {
  const all = programs.filter((program) => program.shipper === shipper);
  const exact = all.find((program) => program.version === version || program.version.startsWith(`${version}.`));
  if (exact !== undefined) return { program: exact, note: '' };
  const grammar = all.find(({ grammarOnly }) => grammarOnly);
  if (grammar !== undefined) return { program: grammar, note: '' };
  const near = all.find((program) => program.version.split('.')[0] === version.split('.')[0] && NEIGHBOURS_TAKE.includes(shipper));
  if (near !== undefined) return { program: near, note: `tried with ${near.version}` };
  return all.length === 0 ? `${shipper} was not found` : `${shipper} ${version} was not found; ${all.map((each) => each.version).join(' and ')} is no stand-in for it`;
}

/** Shippers whose versions under one major number read each other's configurations. Beats 7.17 refuse what 7.12 takes. */
const NEIGHBOURS_TAKE: readonly Shipper[] = ['fluent-bit', 'fluentd', 'otel-collector'];
