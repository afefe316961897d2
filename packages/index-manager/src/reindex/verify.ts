import { isDeepStrictEqual } from 'node:util';
import { PodscopeError } from '@podscope/core';
import { countOf } from './indices.ts';
import type { Route } from './passes.ts';
import { type Found, lookUp, sample, scan } from './scan.ts';
import type { ReindexSession } from './session.ts';

const PAGE = 500;
const LISTED = 20;

/**
 * Compares the two indices while neither is written to: their counts, then version, routing and content of a sample, or of
 * all documents.
 *
 * @returns the number of documents.
 * @throws PodscopeError INDEX_REINDEX_MISMATCH with what differs.
 */
export async function verifyCopy(session: ReindexSession, { from, to, portions }: Route, amount: number | 'all' = portions.sample): Promise<number> {
  const [before, after] = [await countOf(session, from), await countOf(session, to)];
  if (before !== after) throw mismatch(from, to, [`${before} documents in "${from}", ${after} in "${to}"`]);
  const wrong: string[] = [];
  for await (const page of pages(session, from, amount, Math.min(PAGE, portions.batch))) {
    const there = await lookUp(session, to, page, true);
    wrong.push(...page.flatMap((document, at) => difference(document, there[at])));
    if (wrong.length >= LISTED) break;
  }
  if (wrong.length > 0) throw mismatch(from, to, wrong.slice(0, LISTED));
  return after;
}

async function* pages(session: ReindexSession, index: string, amount: number | 'all', size: number): AsyncGenerator<readonly Found[]> {
  if (amount === 'all') yield* scan(session, { index, source: true, size });
  else for (let left = amount; left > 0; left -= size) yield await sample(session, index, Math.min(left, size));
}

function difference(document: Found, copy: Found | undefined): string[] {
  const id = JSON.stringify(document.id);
  if (copy === undefined) return [`${id} is missing`];
  return [
    ...(copy.version === document.version ? [] : [`${id} has version ${document.version}, its copy ${copy.version}`]),
    ...(copy.routing === document.routing ? [] : [`${id} has another routing`]),
    ...(isDeepStrictEqual(copy.source, document.source) ? [] : [`${id} has another content`]),
  ];
}

function mismatch(from: string, to: string, details: readonly string[]): PodscopeError {
  return new PodscopeError('INDEX_REINDEX_MISMATCH', `"${to}" is not equal to "${from}".`, {
    hint: 'Nothing was swapped, writes are let in again. See whether somebody writes to the new index, then resume, or roll back.',
    details,
  });
}
