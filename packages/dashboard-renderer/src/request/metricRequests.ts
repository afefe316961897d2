import type { BucketWriter, Aggregations, RequestSetting } from './aggregationTypes.ts';
import { sourceOf } from './aggregationTypes.ts';
import type { StoredAggregation } from '../savedObjects.ts';

/** Numbers that the server reads from documents: each with the name that the request gives it. */
const PLAIN: Readonly<Record<string, string>> = { avg: 'avg', sum: 'sum', min: 'min', max: 'max', cardinality: 'cardinality', geo_bounds: 'geo_bounds', geo_centroid: 'geo_centroid', std_dev: 'extended_stats' };

/** Numbers out of the numbers of neighbouring buckets: src/plugins/data/common/search/aggs/metrics/lib/parent_pipeline_agg_writer.ts. */
const PARENT: Readonly<Record<string, string>> = { derivative: 'derivative', cumulative_sum: 'cumulative_sum', moving_avg: 'moving_fn', serial_diff: 'serial_diff' };

/** Numbers over all buckets of an aggregation beside them: lib/sibling_pipeline_agg_writer.ts. */
const SIBLING: readonly string[] = ['avg_bucket', 'max_bucket', 'min_bucket', 'sum_bucket'];

const OTHERS: readonly string[] = ['count', 'median', 'percentiles', 'percentile_ranks', 'top_hits'];

/** Every aggregation that gives numbers. */
export const METRICS: ReadonlySet<string> = new Set([...Object.keys(PLAIN), ...Object.keys(PARENT), ...SIBLING, ...OTHERS]);

export function isParentPipeline(type: string): boolean {
  return Object.hasOwn(PARENT, type);
}

export function isSiblingPipeline(type: string): boolean {
  return SIBLING.includes(type);
}

/** An aggregation inside another one's parameters, under the id that the product gives it. */
export function nestedOf(aggregation: StoredAggregation, name: 'customMetric' | 'customBucket' | 'orderAgg'): StoredAggregation | undefined {
  const stored = aggregation.params[name] as StoredAggregation | null | undefined;
  if (typeof stored !== 'object' || stored === null || typeof stored.type !== 'string') return undefined;
  const suffix = { customMetric: '-metric', customBucket: '-bucket', orderAgg: '-orderAgg' }[name];
  return { ...stored, id: `${aggregation.id}${suffix}`, params: stored.params ?? {} };
}

/** A metric's clause, and what has to stand beside it for it. */
export interface MetricClause {
  readonly clause: Readonly<Record<string, unknown>>;
  readonly beside: Aggregations;
}

/** What the product asks for a metric; `count` has no clause. */
export function metricClause(aggregation: StoredAggregation, setting: RequestSetting, writeBucket: BucketWriter): MetricClause {
  const { type, params } = aggregation;
  const extra = jsonInput(params['json']);
  if (isParentPipeline(type)) return parentPipeline(aggregation, setting, writeBucket, extra);
  if (isSiblingPipeline(type)) return siblingPipeline(aggregation, setting, writeBucket, extra);
  if (type === 'top_hits') return { clause: { top_hits: topHits(aggregation, setting) }, beside: {} };
  const source = sourceOf(params['field'], setting.pattern);
  switch (type) {
    case 'median':
      return { clause: { percentiles: { ...source, percents: [50], keyed: false, ...extra } }, beside: {} };
    case 'percentiles':
      return { clause: { percentiles: { ...source, percents: params['percents'] ?? [1, 5, 25, 50, 75, 95, 99], keyed: false, ...extra } }, beside: {} };
    case 'percentile_ranks':
      return { clause: { percentile_ranks: { ...source, values: params['values'] ?? [], keyed: false, ...extra } }, beside: {} };
    default:
      return { clause: { [PLAIN[type] ?? type]: { ...source, ...extra } }, beside: {} };
  }
}

/** The advanced "JSON input": what is no object is left out, as the editor refuses it. */
export function jsonInput(text: unknown): Readonly<Record<string, unknown>> {
  if (typeof text !== 'string' || text.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function parentPipeline(aggregation: StoredAggregation, setting: RequestSetting, writeBucket: BucketWriter, extra: object): MetricClause {
  const { type, params } = aggregation;
  const custom = nestedOf(aggregation, 'customMetric');
  const path = custom === undefined ? otherMetric(String(params['metricAgg'] ?? ''), setting) : custom.type === 'count' ? '_count' : custom.id;
  const beside: Aggregations = {};
  if (custom && custom.type !== 'count') {
    const inner = metricClause(custom, setting, writeBucket);
    Object.assign(beside, { [custom.id]: inner.clause }, inner.beside);
  }
  const moving = type === 'moving_avg' ? { window: Number(params['window'] ?? 5), script: String(params['script'] ?? 'MovingFunctions.unweightedAvg(values)') } : {};
  return { clause: { [PARENT[type] as string]: { buckets_path: path, ...moving, ...extra } }, beside };
}

/** Another metric of the visualization, by its id. */
function otherMetric(id: string, { all }: RequestSetting): string {
  return all.find((each) => each.id === id)?.type === 'count' ? '_count' : id;
}

function siblingPipeline(aggregation: StoredAggregation, setting: RequestSetting, writeBucket: BucketWriter, extra: object): MetricClause {
  const metric = nestedOf(aggregation, 'customMetric');
  const bucket = nestedOf(aggregation, 'customBucket');
  if (!metric || !bucket) return { clause: { [aggregation.type]: { ...extra } }, beside: {} };
  const clause = writeBucket(bucket);
  if (metric.type !== 'count') {
    const inner = metricClause(metric, setting, writeBucket);
    clause['aggs'] = { ...(clause['aggs'] as object | undefined), [metric.id]: inner.clause, ...inner.beside };
  }
  const path = `${bucket.id}>${metric.type === 'count' ? '_count' : metric.id}`;
  return { clause: { [aggregation.type]: { buckets_path: path, ...extra } }, beside: { [bucket.id]: clause } };
}

/** src/plugins/data/common/search/aggs/metrics/top_hit.ts. */
function topHits({ params }: StoredAggregation, { pattern }: RequestSetting): Readonly<Record<string, unknown>> {
  const name = String(params['field'] ?? '');
  const field = pattern.fields.get(name);
  const scripted = field?.scripted === true;
  const read = scripted
    ? { script_fields: { [name]: { script: { source: field.script, lang: field.lang } } } }
    : {
        ...(field?.readFromDocValues === true ? { docvalue_fields: [{ field: name, ...(field.type === 'date' ? { format: 'date_time' } : {}) }] } : {}),
        _source: name === '_source' ? true : name,
      };
  const by = String(params['sortField'] ?? pattern.timeField ?? '');
  const sorted = pattern.fields.get(by);
  const order = String(params['sortOrder'] ?? 'desc');
  const sort = sorted?.scripted === true ? { _script: { script: { source: sorted.script, lang: sorted.lang }, type: sorted.type, order } } : { [by]: { order } };
  return { ...read, size: Number(params['size'] ?? 1), sort: [sort] };
}
