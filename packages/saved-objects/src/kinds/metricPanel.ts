import type { Fields } from '@podscope/core';
import type { Bucket, BucketOf } from '../aggregations/buckets.ts';
import type { Metric, NumberMetricOf } from '../aggregations/metrics.ts';
import { storedAggregations } from '../aggregations/storedAggregations.ts';
import type { DataView } from '../dataView.ts';
import { type ColorOptions, rangesOf } from './colors.ts';
import { listOf, placed } from './lists.ts';
import type { LooseOptions } from './loose.ts';
import { type CommonOptions, type Visualization, visualization } from './visualization.ts';

/** How big numbers look. */
export interface MetricLook extends ColorOptions {
  /** Points. @default 40 */
  readonly fontSize?: number;
  /** Write the metric's label below. @default true */
  readonly labels?: boolean;
  /** Where colours change, ascending; with it numbers are coloured. */
  readonly bounds?: readonly number[];
  /** What is coloured. @default 'labels' with `bounds`, else nothing */
  readonly colored?: 'labels' | 'background' | 'none';
  /** Show the share of the last bound. @default false */
  readonly percentage?: boolean;
}

/** Options of {@link metric}. */
export interface MetricPanelOptions<F extends Fields> extends CommonOptions, MetricLook {
  /** One big number for each. */
  readonly y: NumberMetricOf<F> | readonly NumberMetricOf<F>[];
  /** The numbers once for each of its buckets. */
  readonly split?: BucketOf<F>;
}

const COLORED = { labels: 'Labels', background: 'Background', none: 'None' } as const;

/** Big numbers, without the catalogue's types; defaults from src/plugins/vis_type_metric/public/metric_vis_type.ts. */
export function looseMetric(id: string, title: string, view: DataView, options: LooseOptions & MetricLook): Visualization {
  const aggs = storedAggregations(view, { type: 'metric', id, metrics: listOf(options.y), buckets: placed(options.buckets, 'group') });
  const { bounds } = options;
  const colored = options.colored ?? (bounds === undefined ? 'none' : 'labels');
  const params = {
    addTooltip: true,
    addLegend: false,
    type: 'metric',
    metric: {
      percentageMode: options.percentage ?? false,
      useRanges: bounds !== undefined,
      colorSchema: options.colorSchema ?? 'Green to Red',
      metricColorMode: COLORED[colored],
      colorsRange: bounds === undefined ? [{ from: 0, to: 10_000 }] : rangesOf(`metric "${id}"`, bounds),
      labels: { show: options.labels ?? true },
      invertColors: options.invertColors ?? false,
      style: { bgFill: '#000', bgColor: colored === 'background', labelColor: colored === 'labels', subText: '', fontSize: options.fontSize ?? 40 },
    },
  };
  return visualization({ id, title, kind: 'metric', view, aggs, options, params });
}

/** Big numbers. */
export function metric<F extends Fields>(id: string, title: string, view: DataView<F>, options: MetricPanelOptions<F>): Visualization {
  return looseMetric(id, title, view, { ...options, y: options.y as Metric | readonly Metric[], buckets: listOf(options.split as Bucket | undefined) });
}
