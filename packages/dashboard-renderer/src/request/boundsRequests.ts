import { sourceOf, type ValueBounds } from './aggregationTypes.ts';
import type { SearchResponse } from '../answer/rows.ts';
import type { IndexPattern, StoredAggregation } from '../savedObjects.ts';

/** The name of the search for the bounds of a histogram. */
function nameOf(aggregation: StoredAggregation): string {
  return `bounds:${aggregation.id}`;
}

/** What the product asks before a numeric histogram: `modifyAggConfigOnSearchRequestStart` of buckets/histogram.ts. */
export function boundsAggregations(field: unknown, pattern: IndexPattern): Readonly<Record<string, unknown>> {
  const source = sourceOf(field, pattern);
  return { maxAgg: { max: source }, minAgg: { min: source } };
}

/** The searches for bounds that a visualization needs first. */
export function boundsSearches(all: readonly StoredAggregation[], pattern: IndexPattern): readonly { readonly name: string; readonly aggs: Readonly<Record<string, unknown>> }[] {
  return all.filter(({ type }) => type === 'histogram').map((each) => ({ name: nameOf(each), aggs: boundsAggregations(each.params['field'], pattern) }));
}

/** The bounds in the answers, by the id of their histogram. */
export function boundsFrom(all: readonly StoredAggregation[], answers: ReadonlyMap<string, SearchResponse> | undefined): ReadonlyMap<string, ValueBounds> {
  return new Map(
    all.flatMap((each): (readonly [string, ValueBounds])[] => {
      const answer = answers?.get(nameOf(each));
      return answer ? [[each.id, valueBounds(answer)]] : [];
    }),
  );
}

/** The smallest and the largest value in an answer; zeros where nothing was. */
export function valueBounds({ aggregations }: SearchResponse): ValueBounds {
  const valueOf = (name: string): number => (aggregations?.[name] as { readonly value?: number | null } | undefined)?.value ?? 0;
  return { min: valueOf('minAgg'), max: valueOf('maxAgg') };
}
