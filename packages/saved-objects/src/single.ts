import { type Fields, PodscopeError } from '@podscope/core';
import { type PlacedBucket, storedAggregations } from './aggregations.ts';
import type { Bucket, BucketOf } from './buckets.ts';
import type { DataView } from './dataView.ts';
import type { AdditiveMetricOf, Metric, MetricOf, SingleMetricOf } from './metrics.ts';
import { type CommonOptions, type Visualization, visualization } from './visualization.ts';

/** Options of {@link metric}. */
export interface MetricPanelOptions<F extends Fields> extends CommonOptions {
  /** One big number for each. */
  readonly y: MetricOf<F> | readonly MetricOf<F>[];
  /** The numbers once for each of its buckets. */
  readonly split?: BucketOf<F>;
}

/** Options of {@link gauge}. */
export interface GaugeOptions<F extends Fields> extends CommonOptions {
  /** One dial for each. */
  readonly y: SingleMetricOf<F> | readonly SingleMetricOf<F>[];
  /** The dials once for each of its buckets. */
  readonly split?: BucketOf<F>;
  /** Where the colours change, ascending, in the field's unit: `[0, 50, 100]` is two ranges. */
  readonly bounds: readonly number[];
  /** @default 'arc' */
  readonly shape?: 'arc' | 'circle';
}

/** Options of {@link pie}. */
export interface PieOptions<F extends Fields> extends CommonOptions {
  /** What the slices share out: only what adds up. */
  readonly y: AdditiveMetricOf<F>;
  /** The slices; several make rings from the inside outwards. */
  readonly slices: BucketOf<F> | readonly BucketOf<F>[];
  /** @default true */
  readonly donut?: boolean;
}

/** Options of {@link table}. */
export interface TableOptions<F extends Fields> extends CommonOptions {
  readonly y: MetricOf<F> | readonly MetricOf<F>[];
  /** One column for each, from left to right. */
  readonly rows: BucketOf<F> | readonly BucketOf<F>[];
  /** Rows on a page. @default 10 */
  readonly perPage?: number;
}

export interface LooseOptions extends CommonOptions {
  readonly y: Metric | readonly Metric[];
  readonly buckets: readonly Bucket[];
}

export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function placed(buckets: readonly Bucket[], schema: PlacedBucket['schema']): readonly PlacedBucket[] {
  return buckets.map((bucket) => ({ schema, bucket }));
}

/** The product's editor offers no other metrics for the kind, and draws others wrongly or not at all. */
function checkMetrics(id: string, kind: 'gauge' | 'pie', metrics: readonly Metric[], allowed: readonly Metric['kind'][]): void {
  const other = metrics.find((each) => !allowed.includes(each.kind));
  if (!other) return;
  throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `The ${kind} "${id}" cannot show ${other.kind}.`, {
    hint: `Use ${allowed.join(', ')}, or another kind of visualization.`,
  });
}

export function looseMetric(id: string, title: string, view: DataView, options: LooseOptions): Visualization {
  const aggs = storedAggregations(view, listOf(options.y), placed(options.buckets, 'group'));
  const params = {
    addTooltip: true,
    addLegend: false,
    type: 'metric',
    metric: {
      percentageMode: false,
      useRanges: false,
      colorSchema: 'Green to Red',
      metricColorMode: 'None',
      colorsRange: [{ from: 0, to: 10_000 }],
      labels: { show: true },
      invertColors: false,
      style: { bgFill: '#000', bgColor: false, labelColor: false, subText: '', fontSize: 40 },
    },
  };
  return visualization({ id, title, kind: 'metric', view, aggs, options, params });
}

/** Big numbers. */
export function metric<F extends Fields>(id: string, title: string, view: DataView<F>, options: MetricPanelOptions<F>): Visualization {
  return looseMetric(id, title, view, { ...options, y: options.y as Metric | readonly Metric[], buckets: listOf(options.split as Bucket | undefined) });
}

export function looseGauge(
  id: string,
  title: string,
  view: DataView,
  options: LooseOptions & { readonly bounds: readonly number[]; readonly shape?: 'arc' | 'circle' },
): Visualization {
  const { bounds } = options;
  if (bounds.length < 2 || bounds.some((bound, index) => !Number.isFinite(bound) || (index > 0 && bound <= (bounds[index - 1] as number)))) {
    throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `The bounds of gauge "${id}" are ${JSON.stringify(bounds)}.`, {
      hint: 'Pass at least two ascending numbers.',
    });
  }
  checkMetrics(id, 'gauge', listOf(options.y), ['count', 'avg', 'sum', 'min', 'max', 'uniqueCount']);
  const aggs = storedAggregations(view, listOf(options.y), placed(options.buckets, 'group'));
  const params = {
    type: 'gauge',
    addTooltip: true,
    addLegend: false,
    isDisplayWarning: false,
    gauge: {
      alignment: 'automatic',
      extendRange: true,
      percentageMode: false,
      gaugeType: options.shape === 'circle' ? 'Circle' : 'Arc',
      gaugeStyle: 'Full',
      backStyle: 'Full',
      orientation: 'vertical',
      colorSchema: 'Green to Red',
      gaugeColorMode: 'Labels',
      colorsRange: bounds.slice(1).map((to, index) => ({ from: bounds[index], to })),
      invertColors: false,
      labels: { show: true, color: 'black' },
      scale: { show: true, labels: false, color: 'rgba(105,112,125,0.2)' },
      type: 'meter',
      style: {
        bgWidth: 0.9,
        width: 0.9,
        mask: false,
        bgMask: false,
        maskBars: 50,
        bgFill: 'rgba(105,112,125,0.2)',
        bgColor: false,
        subText: '',
        fontSize: 60,
        labelColor: true,
      },
    },
  };
  return visualization({ id, title, kind: 'gauge', view, aggs, options, params });
}

/** A number on a scale whose colours go from green to red. */
export function gauge<F extends Fields>(id: string, title: string, view: DataView<F>, options: GaugeOptions<F>): Visualization {
  return looseGauge(id, title, view, { ...options, y: options.y as Metric | readonly Metric[], buckets: listOf(options.split as Bucket | undefined) });
}

export function loosePie(id: string, title: string, view: DataView, options: LooseOptions & { readonly donut?: boolean }): Visualization {
  checkMetrics(id, 'pie', listOf(options.y), ['count', 'sum', 'uniqueCount']);
  const aggs = storedAggregations(view, listOf(options.y), placed(options.buckets, 'segment'));
  const params = {
    type: 'pie',
    addTooltip: true,
    addLegend: true,
    legendPosition: 'right',
    isDonut: options.donut ?? true,
    labels: { show: false, values: true, last_level: true, truncate: 100 },
  };
  return visualization({ id, title, kind: 'pie', view, aggs, options, params });
}

/** Slices of a whole. */
export function pie<F extends Fields>(id: string, title: string, view: DataView<F>, options: PieOptions<F>): Visualization {
  return loosePie(id, title, view, { ...options, y: options.y as Metric, buckets: listOf(options.slices as Bucket | readonly Bucket[]) });
}

export function looseTable(id: string, title: string, view: DataView, options: LooseOptions & { readonly perPage?: number }): Visualization {
  const aggs = storedAggregations(view, listOf(options.y), placed(options.buckets, 'bucket'));
  const params = {
    perPage: options.perPage ?? 10,
    showPartialRows: false,
    showMetricsAtAllLevels: false,
    showTotal: false,
    totalFunc: 'sum',
    percentageCol: '',
  };
  return visualization({ id, title, kind: 'table', view, aggs, options, params });
}

/** Buckets and metrics as columns. */
export function table<F extends Fields>(id: string, title: string, view: DataView<F>, options: TableOptions<F>): Visualization {
  return looseTable(id, title, view, {
    ...options,
    y: options.y as Metric | readonly Metric[],
    buckets: listOf(options.rows as Bucket | readonly Bucket[]),
  });
}

/** A text in Markdown; HTML in it stays text. */
export function markdown(id: string, title: string, text: string): Visualization {
  const params = { fontSize: 12, openLinksInNewTab: false, markdown: text };
  return visualization({ id, title, kind: 'markdown', aggs: [], options: {}, params });
}
