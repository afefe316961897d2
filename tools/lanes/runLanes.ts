import type { Lane } from './chooseLanes.mjs';
import type { Need } from './needs.ts';
import { type LaneCount, type LaneOptions, runLane } from './runLane.ts';

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

/** Runs lanes one after the other. A lane that shrinks, hangs, crashes or skips without a reason counts as failed. */
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
    const count = await runLane({ ...options, lane: lane.name, limitMs: lane.minutes * 60_000 });
    const verdict = judge(lane, count, options.maySkip);
    total.passed += count.passed;
    total.failed += verdict.failed;
    total.skipped += verdict.skipped;
    const seconds = Math.round((performance.now() - started) / 1000);
    summary.push([`${lane.name.padEnd(12)} ${count.passed} passed, ${verdict.failed} failed, ${verdict.skipped} skipped in ${seconds} s`, ...verdict.why].join(' — '));
    // Named again at the end, where a reader of a long log looks first.
    summary.push(...count.failures.map((each) => `${' '.repeat(13)}failed: ${each}`));
  }
  return { ...total, summary };
}

function judge(lane: Lane, count: LaneCount, maySkip: (title: string) => boolean): { failed: number; skipped: number; why: readonly string[] } {
  // A lane whose tests quietly vanish, or skip although all is there, must not look green.
  const silent = count.skippedTitles.filter((title) => !maySkip(title));
  const ran = count.passed + count.failed;
  const short = ran < lane.least && count.trouble === undefined;
  return {
    failed: count.failed + silent.length + (short ? 1 : 0),
    skipped: count.skipped - silent.length,
    why: [
      ...(count.trouble === undefined ? [] : [count.trouble]),
      ...(short ? [`only ${ran} of at least ${lane.least} tests ran`] : []),
      ...(silent.length > 0 ? [`skipped without a named need: ${silent.join('; ')}`] : []),
    ],
  };
}
