import type { Lane } from './chooseLanes.mjs';
import type { Need } from './needs.ts';
import { prepareLane } from './prepareLane.ts';
import { type LaneOptions, type LaneRun, runLane, type TestOutcome } from './runLane.ts';

/** The sum over all lanes, with a line for each. */
export interface LanesResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly summary: readonly string[];
}

/** What the runner needs to know. */
export interface LanesOptions extends Pick<LaneOptions, 'root' | 'signal' | 'output'> {
  /** True when the machine has it. */
  has(need: Need): Promise<boolean>;
  /** True when a test may be skipped for this title: what it needs is named in it and is really missing. */
  maySkip(title: string): boolean;
  print(text: string): void;
}

/** When more files than this have failed tests, chance is not the reason, and a second attempt would only take time. */
const FILES_TO_REPEAT = 4;

/**
 * Runs lanes one after the other. A lane that shrinks, hangs, crashes or skips without a reason counts as failed. What fails is
 * tried a second time, because real servers and browsers on a busy machine do now and then miss a deadline; a test that only
 * passes then counts as passed and is named in the summary with what it said at first.
 */
export async function runLanes(lanes: readonly Lane[], options: LanesOptions): Promise<LanesResult> {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const summary: string[] = [];
  for (const lane of lanes) {
    if (options.signal?.aborted) break;
    const missing: Need[] = [];
    for (const need of lane.needs) if (!(await options.has(need))) missing.push(need);
    if (missing.length > 0) {
      total.skipped += lane.least;
      summary.push(`${lane.name.padEnd(12)} skipped (${lane.least} tests or more): this machine lacks ${missing.join(', ')}`);
      continue;
    }
    options.print(`\n── ${lane.name}: ${lane.what}\n`);
    const started = performance.now();
    const unprepared = lane.prepare === undefined ? undefined : await prepareLane(lane.prepare, options);
    if (unprepared !== undefined) {
      total.failed += 1;
      summary.push(`${lane.name.padEnd(12)} 0 passed, 1 failed, 0 skipped — ${unprepared}`);
      continue;
    }
    const { run, second } = await runTwice(lane, options);
    const verdict = judge(lane, run, options.maySkip);
    total.passed += verdict.passed;
    total.failed += verdict.failed;
    total.skipped += verdict.skipped;
    const seconds = Math.round((performance.now() - started) / 1000);
    summary.push([`${lane.name.padEnd(12)} ${verdict.passed} passed, ${verdict.failed} failed, ${verdict.skipped} skipped in ${seconds} s`, ...verdict.why].join(' — '));
    // Named again at the end, where a reader of a long log looks first.
    summary.push(...run.tests.filter(({ state }) => state === 'failed').map((test) => `${' '.repeat(13)}failed: ${describe(test)}`));
    summary.push(...second.map((each) => `${' '.repeat(13)}passed only at the second attempt: ${each}`));
  }
  return { ...total, summary };
}

const describe = ({ file, title, message }: TestOutcome) => [file, title, message].filter((part) => part !== '').join(': ');

/** A lane's run, in which the files that failed have been run once more. `second` names what passed only then. */
async function runTwice(lane: Lane, options: LanesOptions): Promise<{ run: LaneRun; second: readonly string[] }> {
  const how: LaneOptions = { ...options, lane: lane.name, limitMs: lane.minutes * 60_000 };
  const first = await runLane(how);
  const failed = first.tests.filter(({ state }) => state === 'failed');
  const files = [...new Set(failed.map(({ file }) => file))];
  const whole = first.trouble !== undefined;
  if (!first.again || (files.length === 0 && !whole) || files.length > FILES_TO_REPEAT) return { run: first, second: [] };
  options.print(`\n── ${lane.name}, second attempt: ${whole ? first.trouble : files.join(', ')}\n`);
  const again = await runLane(whole ? how : { ...how, files });
  const passed = new Set(again.tests.filter(({ state }) => state === 'passed').map(({ file, title }) => `${file}\0${title}`));
  const mended = (test: TestOutcome) => (test.title === '' ? again.tests.every(({ file, state }) => file !== test.file || state !== 'failed') : passed.has(`${test.file}\0${test.title}`));
  const tests = whole ? again.tests : [...first.tests.filter(({ file }) => !files.includes(file)), ...again.tests];
  const second = [...(whole && again.trouble === undefined ? [`${lane.name}: ${first.trouble}`] : []), ...failed.filter(mended).map(describe)];
  return { run: { ...again, tests }, second };
}

function judge(lane: Lane, { tests, trouble }: LaneRun, maySkip: (title: string) => boolean): { passed: number; failed: number; skipped: number; why: readonly string[] } {
  const number = (state: TestOutcome['state']) => tests.filter((test) => test.state === state).length;
  const passed = number('passed');
  const ran = passed + number('failed');
  // A lane whose tests quietly vanish, or skip although all is there, must not look green.
  const silent = tests.filter((test) => test.state === 'skipped' && !maySkip(test.title)).map(({ title }) => title);
  const short = ran < lane.least && trouble === undefined;
  return {
    passed,
    failed: number('failed') + silent.length + (short ? 1 : 0) + (trouble === undefined ? 0 : 1),
    skipped: number('skipped') - silent.length,
    why: [
      ...(trouble === undefined ? [] : [trouble]),
      ...(short ? [`only ${ran} of at least ${lane.least} tests ran`] : []),
      ...(silent.length > 0 ? [`skipped without a named need: ${silent.join('; ')}`] : []),
    ],
  };
}
