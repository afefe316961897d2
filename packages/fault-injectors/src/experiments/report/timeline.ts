import { spanText } from '../../engine/duration.ts';
import type { Activity, ExperimentJournal, FaultActivity } from '../journal.ts';
import { passedActivity } from '../passedActivity.ts';
import { faultTitle } from './facts.ts';
import { html, type Markup } from './markup.ts';

/** What a piece of the timeline shows; the style sheet has a colour and a pattern for each. */
type Phase = 'steady' | 'broken' | 'injecting' | 'waiting' | 'symptom' | 'reverting' | 'pause' | 'check' | 'failed';

interface Segment {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
  readonly title: string;
}

interface Row {
  readonly label: string;
  readonly detail: string;
  readonly segments: readonly Segment[];
}

/** Ticks that a person can read off: 1, 2, 5 × 10ⁿ milliseconds, or minutes. */
const STEPS = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000];
const MOST_TICKS = 7;

export const LEGEND: readonly (readonly [Phase, string])[] = [
  ['steady', 'holds'],
  ['broken', 'does not hold'],
  ['injecting', 'injecting'],
  ['waiting', 'waiting for the symptom'],
  ['symptom', 'fault is there'],
  ['reverting', 'reverting'],
  ['pause', 'pause'],
];

function faultRow(fault: FaultActivity, at: (time: string | undefined) => number | undefined): Row {
  const start = at(fault.start) ?? 0;
  const changed = at(fault.changedAt);
  const seen = at(fault.symptomAt);
  const reverting = at(fault.revertingAt);
  const end = at(fault.revertedAt ?? fault.end) ?? Number.POSITIVE_INFINITY;
  const segments: Segment[] = [];
  const add = (phase: Phase, from: number | undefined, to: number | undefined, title: string): void => {
    if (from !== undefined && to !== undefined && to >= from) segments.push({ phase, from, to, title });
  };
  const beforeEnd = reverting ?? end;
  add('injecting', start, changed ?? seen ?? beforeEnd, 'injecting');
  add('waiting', changed, seen ?? beforeEnd, seen === undefined ? 'no symptom was seen' : 'until the symptom was seen');
  add('symptom', seen, beforeEnd, fault.symptom);
  add(fault.revertedAt === undefined ? 'failed' : 'reverting', reverting, end, fault.revertedAt === undefined ? 'could not be reverted' : 'until everything was as before');
  return { label: `${fault.step} ${faultTitle(fault)}`, detail: fault.fault, segments };
}

function plainRow(activity: Exclude<Activity, FaultActivity>, at: (time: string | undefined) => number | undefined): Row {
  const from = at(activity.start) ?? 0;
  const phase: Phase = activity.kind === 'check' ? (passedActivity(activity) ? 'steady' : 'broken') : activity.kind === 'pause' ? 'pause' : 'reverting';
  return { label: `${activity.step} ${activity.name}`, detail: activity.kind, segments: [{ phase, from, to: at(activity.end) ?? from, title: activity.name }] };
}

function probeRows(journal: ExperimentJournal, at: (time: string | undefined) => number | undefined): { readonly first: readonly Row[]; readonly last: readonly Row[] } {
  const { before, after } = journal.steadyState;
  const segment = (results: typeof before, label: string): readonly Segment[] =>
    results.length === 0
      ? []
      : [{ phase: results.every(({ holds }) => holds) ? 'steady' : 'broken', from: Math.min(...results.map(({ time }) => at(time) ?? 0)), to: Math.max(...results.map(({ time, durationMs }) => (at(time) ?? 0) + durationMs)), title: `${label}: ${results.filter(({ holds }) => holds).length} of ${results.length} hold` }];
  const steady = [...segment(before, 'before'), ...segment(after, 'after')];
  return {
    first: steady.length === 0 ? [] : [{ label: 'Steady state', detail: 'before and after', segments: steady }],
    last: journal.checks.length === 0 ? [] : [{ label: 'Checks', detail: 'after the method', segments: segment(journal.checks, 'checks') }],
  };
}

/** When each part of an experiment was, on one axis. */
export function timeline(journal: ExperimentJournal): Markup {
  const begin = Date.parse(journal.start);
  const total = Math.max(1, journal.durationMs, Date.parse(journal.end) - begin);
  const at = (time: string | undefined): number | undefined => (time === undefined ? undefined : Math.min(total, Math.max(0, Date.parse(time) - begin)));
  const { first, last } = probeRows(journal, at);
  const shown = journal.activities.filter(({ status }) => status !== 'skipped');
  const rows: readonly Row[] = [...first, ...shown.map((activity) => (activity.kind === 'fault' ? faultRow(activity, at) : plainRow(activity, at))), ...last];
  const step = STEPS.find((each) => total / each <= MOST_TICKS) ?? 86_400_000;
  const ticks = Array.from({ length: Math.floor(total / step) + 1 }, (_, index) => index * step).filter((tick) => tick / total < 0.94 || tick === 0);
  const share = (value: number): string => ((value / total) * 100).toFixed(3);
  const bar = ({ phase, from, to, title }: Segment): Markup => {
    const until = Math.min(to, total);
    return html`<span class="bar ${phase}" style="left:${share(from)}%;width:${share(Math.max(0, until - from))}%" title="${title} (${spanText(until - from)})"></span>`;
  };
  return html`<div class="timeline" role="img" aria-label="When each part was; the tables below say the same.">
<div class="row axis"><div></div><div class="track">${ticks.map((tick) => html`<span class="tick" style="left:${share(tick)}%">${tick === 0 ? '0' : spanText(tick)}</span>`)}</div></div>
${rows.map(
    ({ label, detail, segments }) => html`<div class="row"><div class="label"><b>${label}</b><small>${detail}</small></div><div class="track">${ticks.map((tick) => html`<i style="left:${share(tick)}%"></i>`)}${segments.map(bar)}</div></div>
`,
  )}</div>
<p class="legend">${LEGEND.map(([phase, text]) => html`<span><i class="bar ${phase}"></i>${text}</span>`)}</p>`;
}
