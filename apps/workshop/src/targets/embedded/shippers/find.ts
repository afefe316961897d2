import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Program, PROGRAMS } from './sources.ts';

/** A program that is there. */
export interface FoundProgram {
  readonly program: Program;
  /** Absolute path. */
  readonly command: string;
  /** `5.1.1`; null when it does not say, or does not run. */
  readonly version: string | null;
}

/** Where programs are looked for. */
export interface Places {
  /** The value of `PATH`. */
  readonly path: string;
  /** A folder that is looked into first. */
  readonly folder?: string | undefined;
}

const ASK: Readonly<Record<Program, readonly string[]>> = { 'fluent-bit': ['--version'], fluentd: ['--version'], filebeat: ['version'], metricbeat: ['version'] };
/** Fluentd is Ruby, and the machine may be busy. Milliseconds. */
const PATIENCE = 20_000;

/** The shippers that are installed, each where it is found first, with its version as it says itself. */
export async function findPrograms(places: Places): Promise<readonly FoundProgram[]> {
  const found = await Promise.all(PROGRAMS.map((program) => findProgram(program, places)));
  return found.filter((each) => each !== undefined);
}

async function findProgram(program: Program, { path, folder }: Places): Promise<FoundProgram | undefined> {
  for (const place of [...(folder === undefined ? [] : [folder]), ...path.split(delimiter)]) {
    if (place === '') continue;
    const command = resolve(join(place, program));
    if (await access(command, constants.X_OK).then(() => true, () => false)) return { program, command, version: await versionOf(program, command) };
  }
  return undefined;
}

async function versionOf(program: Program, command: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(command, [...ASK[program]], { timeout: PATIENCE, killSignal: 'SIGKILL' });
    return /\b(?:v|version )?(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
  } catch {
    // One that does not even tell its version is told of as such, and not used.
    return null;
  }
}
