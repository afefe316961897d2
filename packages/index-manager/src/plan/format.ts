import type { IndexChange, IndexChangeAction, IndexPlan } from '../model.ts';
import { differenceLines } from './difference-lines.ts';
import { type Colour, type Paint, paintOf, safe } from './paint.ts';

/** Options of {@link formatPlan}. */
export interface FormatPlanOptions {
  /** Colours for a terminal. @default false */
  readonly colour?: boolean;
  /** Also a line for each thing that is as desired. @default true */
  readonly unchanged?: boolean;
}

const SIGNS: Readonly<Record<IndexChangeAction, readonly [string, Colour]>> = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  delete: ['-', 'red'],
  rollover: ['>', 'cyan'],
  'put-mapping': ['~', 'yellow'],
  'attach-policy': ['@', 'cyan'],
  reindex: ['!', 'red'],
  none: ['=', 'dim'],
};

/** In the words of the line of sums. */
const SUMS: Readonly<Record<Exclude<IndexChangeAction, 'none'>, string>> = {
  create: 'to create',
  update: 'to update',
  delete: 'to delete',
  rollover: 'to roll over',
  'put-mapping': 'to change in place',
  'attach-policy': 'to attach',
  reindex: 'to reindex',
};
/** The sums that are given even when they are 0. */
const ALWAYS: readonly IndexChangeAction[] = ['create', 'update'];
/** Names of what is touched on one line. */
const MOST_TOUCHED = 8;
/** A reason or a list of names beyond this gets a line of its own. */
const LONG = 60;

/**
 * A plan as text for a terminal: a line a change with its reason and risk, below it what else feels it and what differs, then
 * the notes and a line of sums, ending in a line feed.
 */
export function formatPlan(plan: IndexPlan, options: FormatPlanOptions = {}): string {
  const { colour = false, unchanged = true } = options;
  const paint = paintOf(colour);
  const shown = plan.changes.filter(({ action }) => unchanged || action !== 'none');
  const width = Math.min(LONG, Math.max(0, ...shown.map(({ name }) => name.length)));
  const lines = shown.flatMap((change) => [...header(change, width, paint), ...(change.differences ?? []).flatMap((each) => differenceLines(each, paint)).map((line) => `      ${line}`)]);
  const notes = plan.notes.map((note) => `${paint('cyan', '*')} ${safe(note)}`);
  return `${[...lines, ...notes, paint('bold', sums(plan))].join('\n')}\n`;
}

function header({ kind, name, action, reason, risk, touches, differences = [], phase }: IndexChange, width: number, paint: Paint): readonly string[] {
  const [sign, how] = SIGNS[action];
  // What differs stands below, each on its own line.
  const why = differences.length > 0 && action === 'update' && phase === undefined ? reason.slice(0, reason.startsWith('adopted; ') ? 9 : 0) + count(differences.length, 'difference') : reason;
  const touched = touches.length === 0 ? '' : `touches ${touches.slice(0, MOST_TOUCHED).join(', ')}${touches.length > MOST_TOUCHED ? ` and ${touches.length - MOST_TOUCHED} more` : ''}`;
  const below = [...(why.length > LONG ? [why] : []), ...(touched.length > LONG ? [touched] : [])].map((text) => `      ${paint('dim', safe(text))}`);
  const marks = [...(risk === 'careful' || risk === 'destructive' ? [paint(risk === 'careful' ? 'yellow' : 'red', risk)] : []), ...(touched === '' || touched.length > LONG ? [] : [safe(touched)])];
  const said = [why.length > LONG ? (VERBS[action] ?? '') : safe(why), ...(marks.length === 0 ? [] : [`[${marks.join('; ')}]`])].filter(Boolean);
  return [[paint(how, `${sign} ${kind.padEnd(18)}  ${safe(name.padEnd(width))}`), ...said].join('  '), ...below];
}

/** Stands in the line of a change whose reason is too long for it. */
const VERBS: Readonly<Partial<Record<IndexChangeAction, string>>> = { rollover: 'rolls over', 'put-mapping': 'changes in place', 'attach-policy': 'gets a policy', reindex: 'must be reindexed', delete: 'is deleted' };

function sums({ changes }: IndexPlan): string {
  const of = (action: IndexChangeAction) => changes.filter((change) => change.action === action).length;
  const parts = (Object.keys(SUMS) as (keyof typeof SUMS)[]).filter((action) => ALWAYS.includes(action) || of(action) > 0).map((action) => `${of(action)} ${SUMS[action]}`);
  const destructive = changes.filter(({ risk }) => risk === 'destructive').length;
  return [...parts, `${of('none')} unchanged`, ...(destructive === 0 ? [] : [`${destructive} destructive`])].join(', ');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
