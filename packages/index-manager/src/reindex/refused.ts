import { PodscopeError, redactText } from '@podscope/core';
import type { ReindexSession } from './session.ts';
import { type CopyRequest, followCopy, type Refused, startCopy } from './task.ts';

/** As long as it may take to look for more of them. Nothing of it is lost: all other documents are copied meanwhile. */
const SEEKING_MS = 60_000;
const DEFAULT_LISTED = 20;

/** How many refused documents an error of a reindex lists. */
export function mostListed({ record }: ReindexSession): number {
  return record.request.maxRefused ?? DEFAULT_LISTED;
}

/**
 * The error for documents that a copy refuses. The server ends a copy at the first batch with some: others are looked for
 * without those that are known, until there are no more, or as many as are listed.
 */
export async function refusalOfAll(session: ReindexSession, copy: CopyRequest, first: readonly Refused[]): Promise<PodscopeError> {
  const most = mostListed(session);
  const until = performance.now() + SEEKING_MS;
  const known = new Map(first.map((each) => [each.id, each]));
  let all = false;
  while (!all && known.size < most && performance.now() < until) {
    const query = { bool: { must_not: { ids: { values: [...known.keys()] } } } };
    const outcome = await followCopy(session, await startCopy(session, { ...copy, query }), copy);
    if ('lost' in outcome) break;
    if ('refused' in outcome) for (const each of outcome.refused) known.set(each.id, each);
    else all = true;
  }
  return refusal(copy, [...known.values()], most, all);
}

/** The error for some of the documents that a copy refuses, or for all of them. */
export function refusal({ from, to }: Pick<CopyRequest, 'from' | 'to'>, refused: readonly Refused[], most: number, all: boolean): PodscopeError {
  const lines = refused.slice(0, most).map(({ id, reason }) => redactText(`${JSON.stringify(id)}: ${reason}`));
  return new PodscopeError('INDEX_REINDEX_REFUSED', `"${to}" refuses documents of "${from}": ${all ? '' : 'at least '}${refused.length}.`, {
    hint: `Nothing was swapped, "${from}" is as it was. Correct or delete these documents and resume, or roll back and take another mapping.`,
    details: refused.length > most ? [...lines, `and ${refused.length - most} more`] : lines,
  });
}
