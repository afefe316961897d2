import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** What became of one test, or of a file that failed outside its tests. */
export interface TestOutcome {
  /** From the repository's root. */
  readonly file: string;
  /** Empty for a file that failed outside its tests. */
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** The first line of what a failed one said. */
  readonly message: string;
}

/** What a lane's run came to. */
export interface LaneRun {
  readonly tests: readonly TestOutcome[];
  /** What went wrong beside failed tests: it hung, it crashed, it left no report. */
  readonly trouble?: string;
  /** False when the same could not come out otherwise next time: it was interrupted, or took too long. */
  readonly again: boolean;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] | null }[];
  }[];
}

/** How long a lane that is told to end may take to clean up. */
const GRACE = 20_000;
/** How long its last lines may take. */
const PIPE_GRACE = 2_000;

function isReport(value: unknown): value is Report {
  return Array.isArray((value as Partial<Report> | null)?.testResults);
}

async function readReport(file: string): Promise<Report | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isReport(value) ? value : undefined;
  } catch {
    // None was written, or half of one: the caller reports it.
    return undefined;
  }
}

const firstLine = (text: string) => text.trim().split('\n', 1)[0] ?? '';

function outcomes(report: Report, root: string): readonly TestOutcome[] {
  return report.testResults.flatMap((file) => {
    const name = relative(root, file.name);
    const tests = file.assertionResults.map((test): TestOutcome => {
      const state = test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped';
      return { file: name, title: test.fullName, state, message: firstLine(test.failureMessages?.[0] ?? '') };
    });
    // A file that fails while it is loaded has no tests to count; it is a failure all the same.
    const broken = file.status === 'failed' && tests.every(({ state }) => state !== 'failed');
    return broken ? [...tests, { file: name, title: '', state: 'failed', message: firstLine(file.message) }] : tests;
  });
}

/** How a lane is run. */
export interface LaneOptions {
  /** The repository. */
  readonly root: string;
  readonly lane: string;
  /** Only these files of it, from the root. @default all */
  readonly files?: readonly string[];
  /** When it takes longer, it is ended with everything that it started. */
  readonly limitMs: number;
  /** Ends it early. */
  readonly signal?: AbortSignal;
  /** Where its output goes. @default 'inherit' */
  readonly output?: 'inherit' | 'ignore' | Writable | undefined;
}

/** Where a child's stdout and stderr go. */
export function outputTo(output: LaneOptions['output']): ['inherit' | 'ignore' | 'pipe', 'inherit' | 'ignore' | 'pipe'] {
  const to = typeof output === 'object' ? 'pipe' : (output ?? 'inherit');
  return [to, to];
}

/** Runs the tests of one lane with vitest. Never throws for what a lane does. */
export async function runLane({ root, lane, files = [], limitMs, signal, output = 'inherit' }: LaneOptions): Promise<LaneRun> {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-lane-'));
  const outputFile = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const args = [vitest, 'run', '--config', join(root, 'tools/test/vitest.config.ts'), '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`, ...files];
    // A group of its own, so that a hanging lane can be ended with its servers and browsers.
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, PODSCOPE_LANE: lane }, stdio: ['ignore', ...outputTo(output)], detached: true });
    if (typeof output === 'object') for (const from of [child.stdout, child.stderr]) from?.setEncoding('utf8').on('data', (text: string) => output.write(text));
    const end = (with_: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, with_);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    };
    let hung = false;
    let killer: NodeJS.Timeout | undefined;
    const stop = () => {
      end('SIGTERM');
      killer = setTimeout(() => end('SIGKILL'), GRACE);
    };
    const limit = setTimeout(() => {
      hung = true;
      stop();
    }, limitMs);
    signal?.addEventListener('abort', stop, { once: true });
    const ended = await new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`could not be started: ${error.message}`));
      child.once('exit', (code, by) => resolve(code === null ? `was ended by ${by}` : code === 0 ? '' : `ended with exit code ${code}`));
    });
    if (child.stdout !== null) {
      // What outlives it may hold its pipe open for ever.
      await Promise.race([once(child, 'close'), sleep(PIPE_GRACE)]);
      child.stdout.destroy();
      child.stderr?.destroy();
    }
    clearTimeout(limit);
    clearTimeout(killer);
    signal?.removeEventListener('abort', stop);
    if (hung || signal?.aborted) end('SIGKILL');
    const report = await readReport(outputFile);
    const tests = report ? outcomes(report, root) : [];
    const again = !hung && !signal?.aborted;
    const trouble = hung
      ? `took longer than its limit of ${Math.round(limitMs / 6_000) / 10} min and was ended (tools/lanes.json)`
      : signal?.aborted
        ? 'was interrupted'
        : !report
          ? `vitest left no readable report${ended ? ` and ${ended}` : ''}`
          : ended !== '' && tests.every(({ state }) => state !== 'failed')
            ? `vitest ${ended} although no test failed`
            : undefined;
    return { tests, again, ...(trouble === undefined ? {} : { trouble }) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
