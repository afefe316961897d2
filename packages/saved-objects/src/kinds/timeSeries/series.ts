import type { Fields } from '@podscope/core';
import type { FiltersBucket, TermsBucket } from '../../aggregations/buckets.ts';
import { checkField } from '../../aggregations/fieldCheck.ts';
import type { FieldFor } from '../../aggregations/fieldTypes.ts';
import type { PlainMetricOf } from '../../aggregations/metrics.ts';
import type { DataView } from '../../dataView.ts';
import { type Query, queryOf } from '../../savedObject.ts';
import { specInvalid } from '../../specInvalid.ts';
import type { TimeSeriesMetric, TimeSeriesMetricOf } from './metrics.ts';
import { seriesMetrics, type StoredSeriesMetric } from './storedMetrics.ts';

/** How values are written: by name, by a pattern such as `0.0a`, or as a duration. */
export type ValueFormat = 'number' | 'bytes' | 'percent' | { readonly pattern: string } | { readonly from: DurationUnit; readonly to: DurationUnit | 'humanize'; readonly decimals?: number };

/** A unit of a duration. */
export type DurationUnit = 'ps' | 'ns' | 'us' | 'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'M' | 'Y';

/** When something is coloured. */
export interface ColorRule {
  readonly when: '>' | '>=' | '<' | '<=';
  readonly value: number;
}

/** What every series has, however its metric is typed. */
export interface SeriesLook {
  /** @default what the product calls the metric */
  readonly label?: string;
  /** As `#rrggbb`. @default one of a few, by its place */
  readonly color?: string;
  /** @default 'line' */
  readonly chart?: 'line' | 'bar';
  /** From 0 to 1. @default 0.5 */
  readonly fill?: number;
  /** @default 1 */
  readonly lineWidth?: number;
  /** @default 1 */
  readonly pointSize?: number;
  /** Draw steps. @default false */
  readonly steps?: boolean;
  /** @default 'none' */
  readonly stacked?: 'none' | 'stacked' | 'stacked_within_series' | 'percent';
  /** An axis of its own, on that side. @default that of the panel */
  readonly axis?: 'left' | 'right';
  /** Where its own axis begins and ends. */
  readonly axisBounds?: { readonly min?: number; readonly max?: number };
  /** @default 'number' */
  readonly format?: ValueFormat;
  /** What is written around a value, such as `{{value}}/s`. */
  readonly template?: string;
  /** Only documents that match; a text is DQL. */
  readonly filter?: string | Query;
  /** Show what was that long ago, such as `1h`. */
  readonly offset?: string;
  /** @default false */
  readonly hidden?: boolean;
  /** @default false */
  readonly hideInLegend?: boolean;
  /** Draw one series of all that it is split into. */
  readonly together?: 'sum' | 'max' | 'min' | 'mean' | 'overall_sum' | 'overall_max' | 'overall_min' | 'overall_avg' | 'cumulative_sum';
  /** For tables: text colours by value. */
  readonly colors?: readonly (ColorRule & { readonly text: string })[];
  /** For Markdown: the name under which the text finds the series. */
  readonly variable?: string;
}

/** A series of a time series. */
export interface TimeSeriesOf<F extends Fields> extends SeriesLook {
  readonly metric: TimeSeriesMetricOf<F>;
  /** One series for each of its buckets. */
  readonly split?: TermsBucket<FieldFor<F, 'terms'>, 'metric' | 'key' | PlainMetricOf<F>> | FiltersBucket;
}

/** A series of another data view than the panel's. */
export interface ForeignSeries extends SeriesLook {
  readonly view: DataView;
  readonly metric: TimeSeriesMetric;
  readonly split?: TermsBucket | FiltersBucket;
}

/** The same without the catalogue's types. */
export interface LooseSeries extends SeriesLook {
  readonly view?: DataView;
  readonly metric: TimeSeriesMetric;
  readonly split?: TermsBucket | FiltersBucket;
}

/** A series of another data view: `series: [{ metric: count() }, seriesOf(redis, { metric: avg('redis.used_memory') })]`. */
export function seriesOf<F extends Fields>(view: DataView<F>, series: TimeSeriesOf<F>): ForeignSeries {
  return { ...(series as LooseSeries), view };
}

/** The first is the product's own; the others can be told apart from it and from each other. */
const COLORS: readonly string[] = ['#68BC00', '#0062B1', '#FB9E00', '#E27300', '#AB149E', '#009CE0', '#D33115', '#16A5A5'];
const OPERATORS = { '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' } as const;

/** A rule of colours as the product stores it. */
export function storedRule(rule: ColorRule, index: number, colors: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  return { id: `rule-${index + 1}`, operator: OPERATORS[rule.when], value: rule.value, ...Object.fromEntries(Object.entries(colors).filter(([, color]) => color !== undefined)) };
}

/** A format as the product stores it (`createTickFormatter` in src/plugins/vis_type_timeseries/public/…/lib/tick_formatter.js). */
export function formatterOf(format: ValueFormat): string {
  if (typeof format === 'string') return format;
  return 'pattern' in format ? format.pattern : `${format.from},${format.to},${format.decimals ?? 2}`;
}

/** A query as the product stores it here. */
export function filterOf(filter: string | Query | undefined): { readonly filter?: Query } {
  return filter === undefined ? {} : { filter: queryOf(filter) };
}

/** A series as the product stores it; defaults from src/plugins/vis_type_timeseries/public/application/components/lib/new_series_fn.js. */
export function storedSeries(panelView: DataView, series: LooseSeries, index: number): Record<string, unknown> {
  const view = series.view ?? panelView;
  const id = `series-${index + 1}`;
  const shown = seriesMetrics(view, id, series.metric);
  const metrics = series.together === undefined ? shown : [...shown, { id: `${id}-together`, type: 'series_agg', function: series.together }];
  const { axisBounds: bounds } = series;
  return {
    id,
    color: series.color ?? (COLORS[index % COLORS.length] as string),
    ...splitOf(view, id, series, shown),
    metrics,
    separate_axis: series.axis === undefined ? 0 : 1,
    axis_position: series.axis ?? 'right',
    ...(bounds?.min === undefined ? {} : { axis_min: bounds.min }),
    ...(bounds?.max === undefined ? {} : { axis_max: bounds.max }),
    formatter: formatterOf(series.format ?? 'number'),
    chart_type: series.chart ?? 'line',
    line_width: series.lineWidth ?? 1,
    point_size: series.pointSize ?? 1,
    fill: series.fill ?? 0.5,
    stacked: series.stacked ?? 'none',
    ...(series.view === undefined ? {} : { override_index_pattern: 1, series_index_pattern: view.pattern, series_time_field: view.timeField ?? '' }),
    ...(series.label === undefined ? {} : { label: series.label }),
    ...(series.template === undefined ? {} : { value_template: series.template }),
    ...filterOf(series.filter),
    ...(series.offset === undefined ? {} : { offset_time: series.offset }),
    ...(series.steps === undefined ? {} : { steps: series.steps ? 1 : 0 }),
    ...(series.hidden === undefined ? {} : { hidden: series.hidden }),
    ...(series.hideInLegend === undefined ? {} : { hide_in_legend: series.hideInLegend ? 1 : 0 }),
    ...(series.variable === undefined ? {} : { var_name: series.variable }),
    ...(series.colors === undefined ? {} : { color_rules: series.colors.map((rule, at) => storedRule(rule, at, { text: rule.text })) }),
  };
}

function splitOf(view: DataView, id: string, { split, color }: LooseSeries, metrics: readonly StoredSeriesMetric[]): Record<string, unknown> {
  if (split === undefined) return { split_mode: 'everything' };
  if (split.kind === 'filters') {
    const split_filters = split.filters.map((each, index) => ({ id: `${id}-filter-${index + 1}`, color: color ?? (COLORS[index % COLORS.length] as string), filter: { ...each.query }, label: each.label }));
    return { split_mode: 'filters', split_filters };
  }
  checkField(view, 'terms', split.field);
  return {
    split_mode: 'terms',
    split_color_mode: 'opensearchDashboards',
    terms_field: split.field,
    terms_size: String(split.size),
    terms_order_by: orderOf(split, metrics),
    terms_direction: split.order,
    ...(split.include === undefined ? {} : { terms_include: split.include }),
    ...(split.exclude === undefined ? {} : { terms_exclude: split.exclude }),
  };
}

/** The editor offers the count, the value, and metrics of the series that read a field (splits/terms.js). */
function orderOf({ field, orderBy }: TermsBucket, metrics: readonly StoredSeriesMetric[]): string {
  if (orderBy === 'key') return '_key';
  const wanted = orderBy === 'metric' ? undefined : orderBy;
  if (wanted?.kind === 'count') return '_count';
  const type = wanted === undefined ? undefined : wanted.kind === 'uniqueCount' ? 'cardinality' : wanted.kind;
  const wantedField = wanted !== undefined && 'field' in wanted ? wanted.field : undefined;
  const plain = metrics.find((each) => ['avg', 'sum', 'min', 'max', 'cardinality'].includes(each.type) && (wanted === undefined || (each.type === type && each['field'] === wantedField)));
  if (plain !== undefined) return plain.id;
  if (wanted === undefined) return '_count';
  throw specInvalid(`Series by "${field}" are in the order of a metric that they don't show.`, 'Order by count(), by the value ("key"), or by the metric of the series.');
}
