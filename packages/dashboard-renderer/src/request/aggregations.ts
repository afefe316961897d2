import type { Aggregations, RequestSetting } from './aggregationTypes.ts';
import { bucketClause } from './bucketRequests.ts';
import { METRICS, metricClause } from './metricRequests.ts';
import type { StoredAggregation, VisState } from '../savedObjects.ts';

/** True for aggregations that give numbers, false for those that make buckets. */
export function isMetric(aggregation: StoredAggregation): boolean {
  return METRICS.has(aggregation.type);
}

/** Pies, and tables that show their numbers on every level, ask for them on every level. */
export function isHierarchical(state: VisState): boolean {
  if (state.type === 'pie') return true;
  return state.type === 'table' && (state.params['showMetricsAtAllLevels'] === true || state.params['showPartialRows'] === true);
}

/**
 * The `aggs` that the product sends for a visualization: buckets nested in their order, metrics in the innermost one;
 * `count` needs none. After `toDsl` of src/plugins/data/common/search/aggs/agg_configs.ts.
 *
 * @throws PodscopeError `RENDERER_UNSUPPORTED` for an aggregation that no product has.
 */
export function requestAggregations(state: VisState, setting: RequestSetting): Aggregations {
  const requested = state.aggs.flatMap((each) => requestedFor(each, nextId(state)));
  const buckets = requested.filter((each) => !isMetric(each));
  const metrics = requested.filter((each) => isMetric(each) && each.type !== 'count');
  const write = (each: StoredAggregation): ReturnType<typeof metricClause> => metricClause(each, setting, (bucket) => bucketClause(bucket, setting));
  const everywhere = isHierarchical(state) ? metrics : [];
  const top: Aggregations = {};
  let level = top;
  for (const [index, each] of buckets.entries()) {
    const clause = bucketClause(each, setting);
    level[each.id] = clause;
    if (index === buckets.length - 1 && metrics.length === 0) break;
    const inner = (clause['aggs'] ??= {}) as Aggregations;
    for (const metric of everywhere) put(inner, metric.id, write(metric));
    level = inner;
  }
  for (const metric of metrics) put(level, metric.id, write(metric));
  return top;
}

function put(level: Aggregations, id: string, { clause, beside }: ReturnType<typeof metricClause>): void {
  level[id] = { ...clause };
  for (const [name, each] of Object.entries(beside)) level[name] = each;
}

const NOWHERE = { top_left: { lat: 1, lon: 1 }, bottom_right: { lat: 0, lon: 0 } };

/** Map grids ask for their part of the map and for the middle of each cell as well: buckets/geo_hash.ts and geo_tile.ts. */
function requestedFor(aggregation: StoredAggregation, next: string): readonly StoredAggregation[] {
  const { type, params, schema } = aggregation;
  if (type !== 'geohash_grid' && type !== 'geotile_grid') return [aggregation];
  const field = String(params['field']);
  const box = { ignore_unmapped: true, [field]: params['boundingBox'] ?? NOWHERE };
  return [
    ...(type === 'geohash_grid' && params['isFilteredByCollar'] !== false ? [{ schema, id: FILTERED, type: 'filter', params: { geo_bounding_box: box } }] : []),
    aggregation,
    ...(params['useGeocentroid'] === false ? [] : [{ schema, id: next, type: 'geo_centroid', params: { field } }]),
  ];
}

/** The id of the part of the map around a geohash grid. */
export const FILTERED = 'filter_agg';

/** The product numbers what it adds after the largest id. */
export function nextId({ aggs }: VisState): string {
  return String(Math.max(0, ...aggs.map(({ id }) => Number.parseInt(id, 10) || 0)) + 1);
}
