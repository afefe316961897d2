import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What `podscope up --detach --json` prints. */
export interface UpDocument {
  readonly console: string;
  readonly opensearch: string;
  readonly guestbook: string;
  readonly timings: Readonly<Record<string, number>>;
}

/** Runs one command of podscope from source in the run directory `runDir`; its JSON document. */
export async function podscope<Document>(runDir: string, ...args: readonly string[]): Promise<Document> {
  const { stdout } = await exec(process.execPath, ['--conditions=@podscope/source', join(root, 'apps/workshop/src/main.ts'), ...args, '--json'], {
    env: { ...process.env, PODSCOPE_RUN_DIR: runDir },
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as Document;
}

/** The middle one of an odd number of figures, else the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? Number(sorted[half]) : (Number(sorted[half - 1]) + Number(sorted[half])) / 2;
}
