import { checkField } from '../../aggregations/fieldCheck.ts';
import type { FieldMetric, TopHitsMetric } from '../../aggregations/metrics.ts';
import type { DataView } from '../../dataView.ts';
import { ranksOf, windowOf } from '../../aggregations/storedMetric.ts';
import { specInvalid } from '../../specInvalid.ts';
import type { TimeSeriesMetric } from './metrics.ts';

/** A metric of a series as the product stores it (`metricsItems` in src/plugins/vis_type_timeseries/common/vis_schema.ts). */
export interface StoredSeriesMetric {
  readonly id: string;
  readonly type: string;
  readonly [parameter: string]: unknown;
}

const TYPES = {
  avg: 'avg',
  sum: 'sum',
  min: 'min',
  max: 'max',
  uniqueCount: 'cardinality',
  variance: 'variance',
  sumOfSquares: 'sum_of_squares',
  valueCount: 'value_count',
  derivative: 'derivative',
  cumulativeSum: 'cumulative_sum',
  movingAverage: 'moving_average',
  serialDifference: 'serial_diff',
  positiveOnly: 'positive_only',
} as const;

/** The others, which are written each in its own way. */
const OTHERS = ['count', 'static', 'positiveRate', 'filterRatio', 'math', 'topHits', 'percentiles', 'percentileRanks', 'stdDev', 'median'];

/**
 * The metrics of a series, the shown one last: what it is made of stands before it, and is named by its id there. Ids are
 * those of the series and a number, so that the same definition gives the same bytes.
 */
export function seriesMetrics(view: DataView, seriesId: string, metric: TimeSeriesMetric): readonly StoredSeriesMetric[] {
  const list: StoredSeriesMetric[] = [];
  add(view, seriesId, metric, list);
  return list;
}

function add(view: DataView, seriesId: string, metric: TimeSeriesMetric, list: StoredSeriesMetric[]): string {
  const parameters = parametersOf(view, metric, (inner) => add(view, seriesId, inner, list));
  const id = `${seriesId}-metric-${list.length + 1}`;
  list.push({ id, ...parameters });
  return id;
}

function parametersOf(view: DataView, metric: TimeSeriesMetric, inner: (metric: TimeSeriesMetric) => string): Omit<StoredSeriesMetric, 'id'> & { readonly type: string } {
  const kind: unknown = (metric as Partial<TimeSeriesMetric> | undefined)?.kind;
  if (typeof kind !== 'string' || !(Object.hasOwn(TYPES, kind) || OTHERS.includes(kind))) throw specInvalid(`A time series of "${view.pattern}" cannot show the metric ${JSON.stringify(kind) ?? 'undefined'}.`, `Use one of ${[...OTHERS, ...Object.keys(TYPES)].join(', ')}.`);
  switch (metric.kind) {
    case 'count':
      return { type: 'count' };
    case 'static':
      return { type: 'static', value: String(metric.value) };
    case 'positiveRate':
      checkField(view, 'stdDev', metric.field);
      return { type: 'positive_rate', field: metric.field, unit: metric.unit };
    case 'filterRatio':
      return { type: 'filter_ratio', numerator: { ...metric.numerator }, denominator: { ...metric.denominator }, ...ratioOf(view, metric.of) };
    case 'math': {
      const names = Object.keys(metric.variables);
      if (names.length === 0) throw specInvalid(`The formula "${metric.expression}" has no variables.`, 'Name at least one metric.');
      const variables = Object.entries(metric.variables).map(([name, each], index) => ({ id: `variable-${index + 1}`, name, field: inner(each) }));
      return { type: 'math', script: metric.expression, variables };
    }
    case 'derivative':
    case 'cumulativeSum':
    case 'serialDifference':
    case 'positiveOnly':
    case 'movingAverage':
      return { type: TYPES[metric.kind], field: inner(metric.of), ...pipelineParameters(metric) };
    case 'topHits':
      return topHit(view, metric);
    case 'variance':
    case 'sumOfSquares':
      checkField(view, 'stdDev', metric.field);
      return { type: TYPES[metric.kind], field: metric.field };
    case 'valueCount':
      checkField(view, 'uniqueCount', metric.field);
      return { type: TYPES[metric.kind], field: metric.field };
    default:
      return fieldParameters(view, metric);
  }
}

function pipelineParameters(metric: Extract<TimeSeriesMetric, { readonly of: unknown }>): Record<string, unknown> {
  if (metric.kind === 'derivative') return { unit: '' };
  if (metric.kind === 'serialDifference') return { lag: 1 };
  if (metric.kind === 'movingAverage') return { model_type: 'simple', window: windowOf(metric) };
  return {};
}

/** `histogram_support` apart, the editor takes numbers only (aggs/std_agg.js, lib/get_supported_fields_by_metric_type.js). */
function fieldParameters(view: DataView, metric: FieldMetric): { readonly type: string } & Record<string, unknown> {
  const { kind, field } = metric;
  switch (kind) {
    case 'percentiles': {
      checkField(view, 'percentileRanks', field);
      const percents = metric.percents ?? [];
      if (percents.length === 0 || percents.some((percent) => !(percent >= 0 && percent <= 100))) throw specInvalid(`Percentiles of "${field}" are ${JSON.stringify(percents)}.`, 'Pass numbers from 0 to 100.');
      return { type: 'percentile', field, percentiles: percents.map((value, index) => ({ id: `percentile-${index + 1}`, mode: 'line', shade: 0.2, value })) };
    }
    case 'percentileRanks':
      checkField(view, 'percentileRanks', field);
      return { type: 'percentile_rank', field, values: ranksOf(metric).map(String) };
    case 'stdDev':
      checkField(view, 'stdDev', field);
      return { type: 'std_deviation', field, mode: 'raw', sigma: '' };
    case 'median':
      throw specInvalid(`A time series cannot show the median of "${field}".`, "Use percentiles(field, { percents: [50] }).");
    case 'min':
    case 'max':
      checkField(view, 'stdDev', field);
      return { type: TYPES[kind], field };
    default:
      checkField(view, kind, field);
      return { type: TYPES[kind], field };
  }
}

function ratioOf(view: DataView, metric: TimeSeriesMetric): Record<string, unknown> {
  if (metric.kind === 'count') return { metric_agg: 'count' };
  if (metric.kind !== 'avg' && metric.kind !== 'sum' && metric.kind !== 'min' && metric.kind !== 'max' && metric.kind !== 'uniqueCount') throw specInvalid(`A share cannot be one of ${metric.kind}.`, 'Use count, avg, sum, min, max or uniqueCount.');
  const { type, field } = fieldParameters(view, metric);
  return { metric_agg: type, field };
}

function topHit(view: DataView, metric: TopHitsMetric): { readonly type: string } & Record<string, unknown> {
  checkField(view, 'topHits', metric.field);
  const orderBy = metric.orderBy ?? view.timeField;
  if (orderBy === undefined) throw specInvalid(`The last "${metric.field}" has no order: "${view.pattern}" has no time field.`, 'Say by which date with `orderBy`.');
  checkField(view, 'dateHistogram', orderBy);
  return { type: 'top_hit', field: metric.field, agg_with: metric.together === 'average' ? 'avg' : metric.together, size: String(metric.size), order: metric.order, order_by: orderBy };
}
