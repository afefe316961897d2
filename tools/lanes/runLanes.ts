import type { Lane } from './chooseLanes.mjs';
import { orderedOutputs } from './laneOutput.ts';
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
export interface LanesOptions extends Pick<LaneOptions, 'root' | 'signal'> {
  /** @default each lane's own is printed */
  readonly output?: 'inherit' | 'ignore' | undefined;
  /** True when the machine has it. */
  has(need: Need): Promise<boolean>;
  /** True when a test may be skipped for this title: what it needs is named in it and is really missing. */
  maySkip(title: string): boolean;
  print(text: string): void;
}

/** When more files than this have failed tests, chance is not the reason, and a second attempt would only take time. */
const FILES_TO_REPEAT = 4;

/** How many lanes that may run beside others do so: real servers wait for each other more than they compute. */
const AT_ONCE = 2;

type RunOptions = Pick<LaneOptions, 'root' | 'signal' | 'output'>;

/** What became of a lane: it could not be run, or it was. */
type Attempt = { readonly lane: Lane; readonly seconds: number } & ({ readonly skipped: string } | { readonly unprepared: string } | { readonly run: LaneRun; readonly second: readonly string[] });

/**
 * Runs lanes: first those that may run beside others, two at a time, then the others one after the other. A lane that shrinks, hangs,
 * crashes or skips without a reason counts as failed. What fails is tried a second time when all else is done, because real servers and
 * browsers on a busy machine do now and then miss a deadline; a test that only passes then counts as passed and is named in the summary
 * with what it said at first.
 */
export async function runLanes(lanes: readonly Lane[], options: LanesOptions): Promise<LanesResult> {
  const attempts = new Map<Lane, Attempt>();
  const ready: Lane[] = [];
  const prepared = new Map<string, string | undefined>();
  for (const lane of lanes) {
    if (options.signal?.aborted) break;
    const missing: Need[] = [];
    for (const need of lane.needs) if (!(await options.has(need))) missing.push(need);
    if (missing.length > 0) {
      attempts.set(lane, { lane, seconds: 0, skipped: `this machine lacks ${missing.join(', ')}` });
      continue;
    }
    const { prepare } = lane;
    // One after the other, before all tests: builds take the whole machine.
    if (prepare !== undefined && !prepared.has(prepare)) prepared.set(prepare, await prepareLane(prepare, options));
    const unprepared = prepare === undefined ? undefined : prepared.get(prepare);
    if (unprepared === undefined) ready.push(lane);
    else attempts.set(lane, { lane, seconds: 0, unprepared });
  }

  const outputs = orderedOutputs(options.print);
  const runBeside = async (queue: Lane[]): Promise<void> => {
    for (let lane = queue.shift(); lane !== undefined && !(options.signal?.aborted ?? false); lane = queue.shift()) {
      const output = outputs.open();
      output.write(heading(lane));
      attempts.set(lane, await firstAttempt(lane, { ...options, output: options.output === 'ignore' ? 'ignore' : output }));
      output.end();
    }
  };
  const beside = ready.filter((lane) => lane.beside === true);
  await Promise.all(Array.from({ length: AT_ONCE }, () => runBeside(beside)));
  for (const lane of ready.filter((each) => each.beside !== true)) {
    if (options.signal?.aborted) break;
    options.print(heading(lane));
    attempts.set(lane, await firstAttempt(lane, options));
  }
  for (const [lane, attempt] of attempts) attempts.set(lane, await secondAttempt(attempt, options));
  return sum(
    lanes.flatMap((lane) => attempts.get(lane) ?? []),
    options.maySkip,
  );
}

const heading = ({ name, what }: Lane): string => `\n── ${name}: ${what}\n`;
const describe = ({ file, title, message }: TestOutcome) => [file, title, message].filter((part) => part !== '').join(': ');
const how = (lane: Lane, options: RunOptions): LaneOptions => ({ ...options, lane: lane.name, limitMs: lane.minutes * 60_000 });

async function firstAttempt(lane: Lane, options: RunOptions): Promise<Attempt> {
  const started = performance.now();
  const run = await runLane(how(lane, options));
  return { lane, seconds: (performance.now() - started) / 1000, run, second: [] };
}

/** Runs the files that failed once more. `second` names what passed only then. */
async function secondAttempt(attempt: Attempt, options: LanesOptions): Promise<Attempt> {
  if (!('run' in attempt) || options.signal?.aborted) return attempt;
  const { lane, run: first } = attempt;
  const failed = first.tests.filter(({ state }) => state === 'failed');
  const files = [...new Set(failed.map(({ file }) => file))];
  const whole = first.trouble !== undefined;
  if (!first.again || (files.length === 0 && !whole) || files.length > FILES_TO_REPEAT) return attempt;
  options.print(`\n── ${lane.name}, second attempt: ${whole ? first.trouble : files.join(', ')}\n`);
  const started = performance.now();
  const again = await runLane({ ...how(lane, options), ...(whole ? {} : { files }) });
  const passed = new Set(again.tests.filter(({ state }) => state === 'passed').map(({ file, title }) => `${file}\0${title}`));
  const mended = (test: TestOutcome) => (test.title === '' ? again.tests.every(({ file, state }) => file !== test.file || state !== 'failed') : passed.has(`${test.file}\0${test.title}`));
  const tests = whole ? again.tests : [...first.tests.filter(({ file }) => !files.includes(file)), ...again.tests];
  const second = [...(whole && again.trouble === undefined ? [`${lane.name}: ${first.trouble}`] : []), ...failed.filter(mended).map(describe)];
  return { lane, seconds: attempt.seconds + (performance.now() - started) / 1000, run: { ...again, tests }, second };
}

/** Adds up, with a line for each lane and for each test that a reader of a long log looks for first. */
function sum(attempts: readonly Attempt[], maySkip: (title: string) => boolean): LanesResult {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const summary: string[] = [];
  for (const attempt of attempts) {
    const { lane } = attempt;
    const name = lane.name.padEnd(12);
    if ('skipped' in attempt) {
      total.skipped += lane.least;
      summary.push(`${name} skipped (${lane.least} tests or more): ${attempt.skipped}`);
    } else if ('unprepared' in attempt) {
      total.failed += 1;
      summary.push(`${name} 0 passed, 1 failed, 0 skipped — ${attempt.unprepared}`);
    } else {
      const verdict = judge(lane, attempt.run, maySkip);
      total.passed += verdict.passed;
      total.failed += verdict.failed;
      total.skipped += verdict.skipped;
      summary.push([`${name} ${verdict.passed} passed, ${verdict.failed} failed, ${verdict.skipped} skipped in ${Math.round(attempt.seconds)} s`, ...verdict.why].join(' — '));
      summary.push(...attempt.run.tests.filter(({ state }) => state === 'failed').map((test) => `${' '.repeat(13)}failed: ${describe(test)}`));
      summary.push(...attempt.second.map((each) => `${' '.repeat(13)}passed only at the second attempt: ${each}`));
    }
  }
  return { ...total, summary };
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
