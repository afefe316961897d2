import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigFiles } from '../../packages/log-shippers/src/index.ts';

/** A shipper that runs. */
export interface RunningProgram {
  /** What it said on standard error so far. */
  readonly said: () => string;
  /** Sends the signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

/** Writes the files of a configuration into a folder, and gives the arguments that the program is started with. */
export async function writeConfig(files: ConfigFiles, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files.files)) await writeFile(join(folder, name), text);
  return files.args.map((arg) => arg.replaceAll('{config}', folder));
}

/** Runs a command to its end. */
export async function runToEnd(file: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<{ readonly code: number | null; readonly output: string; readonly said: string }> {
  const child = spawn(file, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, output, said };
}

/** Starts a shipper with the arguments of {@link writeConfig}. */
export function startProgram(file: string, args: readonly string[], environment: Readonly<Record<string, string>>): RunningProgram {
  const child: ChildProcess = spawn(file, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    said: () => said,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
    },
  };
}

/** The documents that a Beat wrote with its file output, whole lines only. */
export async function writtenDocuments(folder: string): Promise<Readonly<Record<string, unknown>>[]> {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.slice(0, text.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>));
}

/** Asks until the answer is something. Vitest's own limit ends it otherwise. */
export async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** The dotted names of a document's values. */
export function fieldNames(document: unknown, prefix = ''): string[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return [prefix];
  return Object.entries(document).flatMap(([name, value]) => fieldNames(value, prefix === '' ? name : `${prefix}.${name}`));
}
