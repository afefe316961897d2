import type { Aggregations, RequestSetting } from './aggregationTypes.ts';
import { isMetric, requestAggregations } from './aggregations.ts';
import { type BucketFilter, bucketFilter } from './bucketFilters.ts';
import { MISSING } from './bucketRequests.ts';
import { OTHER } from './otherKey.ts';
import { namedBuckets, type RawBucket, type SearchResponse } from '../answer/rows.ts';
import type { StoredAggregation, VisState } from '../savedObjects.ts';

/** The terms of a visualization that ask for their rest, each with a search of its own. */
export function withOther(state: VisState): readonly StoredAggregation[] {
  return state.aggs.filter(({ type, params }) => type === 'terms' && params['otherBucket'] === true);
}

type Levels = Readonly<Record<string, unknown>>;

/** Every place in a response where the terms stand: its key, the filters on the way, and its buckets. */
interface Place {
  readonly key: string;
  readonly filters: readonly BucketFilter[];
  readonly buckets: readonly (readonly [string, RawBucket])[];
  readonly level: Levels;
}

function* placesOf(state: VisState, terms: StoredAggregation, top: Levels, setting: RequestSetting): Generator<Place> {
  const outer = state.aggs.filter((each) => !isMetric(each));
  const depth = outer.indexOf(terms);
  function* walk(index: number, level: Levels, filters: readonly BucketFilter[], key: string): Generator<Place> {
    const aggregation = outer[index] as StoredAggregation;
    const buckets = namedBuckets(level[aggregation.id]);
    if (index === depth) {
      yield { key, filters, buckets, level };
      return;
    }
    for (const [name, bucket] of buckets) {
      const filter = bucketFilter(aggregation, bucket, name, setting);
      yield* walk(index + 1, bucket, filter ? [...filters, filter] : filters, `${key}-${String(bucket.key ?? name)}`);
    }
  }
  yield* walk(0, top, [], '');
}

/**
 * The `aggs` of the search for the rest of some terms: a filter for each place where they stand, of the buckets around
 * it and none of those in it. Undefined where a place has no bucket: then the product does not ask. After
 * `buildOtherBucketAgg` of src/plugins/data/common/search/aggs/buckets/_terms_other_bucket_helper.ts.
 */
export function otherAggregations(state: VisState, terms: StoredAggregation, response: SearchResponse, setting: RequestSetting): Aggregations | undefined {
  const field = String(terms.params['field'] ?? '');
  const scripted = setting.pattern.fields.get(field)?.scripted === true;
  const filters: Record<string, unknown> = {};
  for (const place of placesOf(state, terms, response.aggregations ?? {}, setting)) {
    if (place.buckets.length === 0) return undefined;
    const missing = place.buckets.some(([, { key }]) => key === MISSING);
    const all: BucketFilter[] = [...place.filters];
    if (!scripted && (terms.params['missingBucket'] !== true || missing)) all.push({ clause: { exists: { field } }, negate: false });
    for (const [name, bucket] of place.buckets) {
      const filter = bucket.key === MISSING || bucket.key === OTHER ? undefined : bucketFilter(terms, bucket, name, setting);
      if (filter) all.push({ ...filter, negate: true });
    }
    const clauses = (negate: boolean): readonly unknown[] => all.filter((each) => each.negate === negate).map(({ clause }) => clause);
    filters[place.key] = { bool: { must: [], filter: clauses(false), should: [], must_not: clauses(true) } };
  }
  const inner = nestedIn(requestAggregations(state, setting), terms.id);
  return { 'other-filter': { ...(inner === undefined ? {} : { aggs: inner }), filters: { filters } } };
}

function nestedIn(aggregations: Aggregations, id: string): unknown {
  const found = aggregations[id];
  if (found) return found['aggs'];
  for (const each of Object.values(aggregations)) {
    const inner = each['aggs'] === undefined ? undefined : nestedIn(each['aggs'] as Aggregations, id);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** A response with the rest of some terms put beside them, where there is any. */
export function withOtherBuckets(state: VisState, terms: StoredAggregation, response: SearchResponse, other: SearchResponse, setting: RequestSetting): SearchResponse {
  const merged = structuredClone(response) as SearchResponse;
  const rests = (other.aggregations?.['other-filter'] as { readonly buckets?: Readonly<Record<string, RawBucket>> } | undefined)?.buckets ?? {};
  for (const { key, level } of placesOf(state, terms, merged.aggregations ?? {}, setting)) {
    const rest = rests[key];
    if (rest && rest.doc_count > 0) (level[terms.id] as { readonly buckets: RawBucket[] }).buckets.push({ ...rest, key: OTHER });
  }
  return merged;
}
