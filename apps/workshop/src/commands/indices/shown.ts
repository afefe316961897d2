import { formatPlan } from '@podscope/index-manager';
import type { BrokenPanels } from '../../indices/brokenPanels.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { PlanDocument } from './planning.ts';

/** A plan as text: what is to be done, and which panels it breaks. */
export function planText(plan: PlanDocument, colour: boolean, unchanged = true): string {
  const broken = brokenLines(plan).map((line) => `${sanitize(line)}\n`);
  return [formatPlan(plan, { colour, unchanged }), ...(broken.length === 0 ? [] : ['\n', ...broken])].join('');
}

/** The panels that another mapping breaks, and what could not be looked into. */
export function brokenLines({ panels, unread }: BrokenPanels): readonly string[] {
  return [
    ...(panels.length === 0 ? [] : [`${counted(panels.length, 'panel')} will not show new documents as before:`]),
    ...panels.map(({ dashboard, panel, why }) => `  ${dashboard === null ? panel : `${dashboard} / ${panel}`}  ${why}`),
    ...(unread.length === 0 ? [] : [`Not looked into: ${unread.map(({ object, why }) => `${object} (${why})`).join(', ')}.`]),
  ];
}

/** The indices that a plan leaves to be written anew. */
export function leftToReindex({ changes }: Pick<PlanDocument, 'changes'>): readonly { readonly stream: string; readonly impossible: readonly string[] }[] {
  const streams = Map.groupBy(changes.filter(({ action }) => action === 'reindex'), ({ name }) => name);
  return [...streams].map(([stream, each]) => ({
    stream,
    impossible: [...new Set(each.flatMap(({ desired }) => (Array.isArray(desired?.['impossible']) ? desired['impossible'].map(String) : [])))],
  }));
}

/** How the reindexes of a plan are carried out; empty where it has none. */
export function howToReindex(plan: Pick<PlanDocument, 'changes'>): readonly string[] {
  return leftToReindex(plan).flatMap(({ stream, impossible }) => [
    `${stream}: what its older indices hold stays as it is until they are written anew, by "podscope indices apply --behind rewrite --reindex" or "podscope indices reindex ${stream}".`,
    ...impossible.map((each) => `  No copy of the documents can have it: ${each}`),
  ]);
}

/** `1 panel`, `2,000 panels`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
