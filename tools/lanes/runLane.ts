import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** What a lane's run came to. */
export interface LaneCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Titles of skipped tests, with their file's lane. */
  readonly skippedTitles: readonly string[];
  /** The failed tests, with the first line of what each said. */
  readonly failures: readonly string[];
  /** What went wrong beside failed tests: it hung, it crashed, it left no report. */
  readonly trouble?: string;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages: readonly string[] | null }[];
  }[];
}

/** How long a lane that is told to end may take to clean up. */
const GRACE = 20_000;

function isReport(value: unknown): value is Report {
  const report = value as Partial<Report> | null;
  return typeof report?.numPassedTests === 'number' && typeof report.numFailedTests === 'number' && Array.isArray(report.testResults);
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

function count(report: Report, root: string): LaneCount {
  const tests = report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: relative(root, file.name) })));
  // A file that fails while it is loaded has no tests to count; it is a failure all the same.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'));
  const skippedTitles = tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName);
  const failures = [
    ...tests.filter((test) => test.status === 'failed').map((test) => `${test.file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0] ?? '')}`),
    ...broken.map((file) => `${relative(root, file.name)}: ${firstLine(file.message)}`),
  ];
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped: skippedTitles.length, skippedTitles, failures };
}

/** How a lane is run. */
export interface LaneOptions {
  /** The repository. */
  readonly root: string;
  readonly lane: string;
  /** When it takes longer, it is ended with everything that it started. */
  readonly limitMs: number;
  /** Ends it early. */
  readonly signal?: AbortSignal;
  /** Where its output goes. @default 'inherit' */
  readonly output?: 'inherit' | 'ignore';
}

/** Runs the tests of one lane with vitest. Never throws for what a lane does. */
export async function runLane({ root, lane, limitMs, signal, output = 'inherit' }: LaneOptions): Promise<LaneCount> {
  const folder = await mkdtemp(join(tmpdir(), 'podscope-lane-'));
  const outputFile = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const args = [vitest, 'run', '--config', join(root, 'tools/test/vitest.config.ts'), '--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
    // A group of its own, so that a hanging lane can be ended with its servers and browsers.
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, PODSCOPE_LANE: lane }, stdio: ['ignore', output, output], detached: true });
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
    clearTimeout(limit);
    clearTimeout(killer);
    signal?.removeEventListener('abort', stop);
    if (hung || signal?.aborted) end('SIGKILL');
    const report = await readReport(outputFile);
    const counted = report ? count(report, root) : { passed: 0, failed: 0, skipped: 0, skippedTitles: [], failures: [] };
    const trouble = hung
      ? `took longer than its limit of ${Math.round(limitMs / 6_000) / 10} min and was ended (tools/lanes.json)`
      : signal?.aborted
        ? 'was interrupted'
        : !report
          ? `vitest left no readable report${ended ? ` and ${ended}` : ''}`
          : ended !== '' && counted.failed === 0
            ? `vitest ${ended} although no test failed`
            : undefined;
    return trouble === undefined ? counted : { ...counted, failed: counted.failed + 1, trouble };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
