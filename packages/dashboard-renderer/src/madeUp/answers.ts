import type { SearchResponse } from '../answer/rows.ts';
import { patternByTitle, type SavedObject } from '../savedObjects.ts';
import type { PanelSearch } from '../request/searches.ts';
import { type ResolvedRange, resolveRange, type TimeRange } from '../time/time.ts';
import { madeUpAggregations } from './aggregations.ts';
import { randomFor } from './random.ts';
import { madeUpTimelion, madeUpTsvb } from './servers.ts';
import { madeUpDocument } from './values.ts';

/** What made-up answers are made for. */
export interface MadeUpOptions {
  /** The index patterns are among them: values are made up from their fields. */
  readonly objects: readonly SavedObject[];
  readonly timeRange: TimeRange;
  /** Epoch milliseconds that `now` means. @default the clock */
  readonly now?: number;
}

/** Documents that a made-up index holds. */
const DOCUMENTS = 4_000;

/**
 * An answer to a search where no server is, made up from the search and the fields of its index pattern: to see what a
 * dashboard looks like, not what is true. The same search has the same answer.
 */
export function madeUpAnswer(search: PanelSearch, { objects, timeRange, now }: MadeUpOptions): SearchResponse {
  const range: ResolvedRange = resolveRange(timeRange, now);
  if (search.api === 'metrics') return madeUpTsvb(search.body, range) as SearchResponse;
  if (search.api === 'timelion') return madeUpTimelion(search.body, range) as SearchResponse;
  const pattern = patternByTitle(objects, search.index);
  const random = randomFor(`${search.index} ${JSON.stringify(search.body['aggs'] ?? {})}`);
  const size = Number(search.body['size'] ?? 0);
  const aggs = search.body['aggs'] ?? search.body['aggregations'];
  const step = (range.to - range.from) / (DOCUMENTS + 1);
  const hits = Array.from({ length: Math.min(size, 60) }, (_unused, at) => ({ _index: search.index, _id: String(at + 1), _source: madeUpDocument(pattern, range.to - at * step * 7, random) }));
  return {
    hits: { total: { value: DOCUMENTS }, hits },
    ...(aggs === undefined ? {} : { aggregations: madeUpAggregations(aggs as Readonly<Record<string, Readonly<Record<string, unknown>>>>, DOCUMENTS, { pattern, range, random }) }),
  };
}
