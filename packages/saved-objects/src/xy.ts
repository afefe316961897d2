import type { Fields } from '@podscope/core';
import { type PlacedBucket, storedAggregations } from './aggregations.ts';
import type { Bucket, BucketOf } from './buckets.ts';
import type { DataView } from './dataView.ts';
import { labelOf, type Metric, type MetricOf } from './metrics.ts';
import { type CommonOptions, type Visualization, visualization } from './visualization.ts';

/** The kinds with two axes. */
export type XyKind = 'line' | 'area' | 'verticalBar' | 'horizontalBar';

/** Options of {@link line}, {@link area}, {@link verticalBar} and {@link horizontalBar}. */
export interface XyOptions<F extends Fields> extends CommonOptions {
  /** What stands along the category axis. */
  readonly x: BucketOf<F>;
  /** One metric or several. */
  readonly y: MetricOf<F> | readonly MetricOf<F>[];
  /** One series for each of its buckets, chosen over the whole time range. */
  readonly split?: BucketOf<F>;
  /** How series stand to each other. @default 'normal' for lines, 'stacked' for the others */
  readonly mode?: 'normal' | 'stacked' | 'percentage';
  /** @default 'right' */
  readonly legend?: 'right' | 'left' | 'top' | 'bottom' | 'none';
  /** @default the first metric's label */
  readonly axisTitle?: string;
}

interface LooseXyOptions extends CommonOptions {
  readonly x?: Bucket;
  readonly y: Metric | readonly Metric[];
  readonly split?: Bucket;
  readonly mode?: 'normal' | 'stacked' | 'percentage';
  readonly legend?: 'right' | 'left' | 'top' | 'bottom' | 'none';
  readonly axisTitle?: string;
}

/** The same without the catalogue's types, for specifications that come as JSON. */
export function xy(kind: XyKind, id: string, title: string, view: DataView, options: LooseXyOptions): Visualization {
  const metrics: readonly Metric[] = Array.isArray(options.y) ? options.y : [options.y as Metric];
  // The split stands outside: its largest buckets are then chosen once, not anew for every point of the axis.
  const buckets: PlacedBucket[] = [
    ...(options.split ? [{ schema: 'group' as const, bucket: options.split }] : []),
    ...(options.x ? [{ schema: 'segment' as const, bucket: options.x }] : []),
  ];
  const aggs = storedAggregations(view, metrics, buckets);
  return visualization({ id, title, kind, view, aggs, options, params: xyParams(kind, metrics, options) });
}

function xyParams(kind: XyKind, metrics: readonly Metric[], options: LooseXyOptions): Record<string, unknown> {
  const upright = kind !== 'horizontalBar';
  const mode = options.mode ?? (kind === 'line' ? 'normal' : 'stacked');
  const seriesType = kind === 'line' || kind === 'area' ? kind : 'histogram';
  const first = metrics[0];
  const legend = options.legend ?? 'right';
  return {
    type: upright ? (seriesType === 'histogram' ? 'histogram' : kind) : 'horizontal_bar',
    grid: { categoryLines: false },
    categoryAxes: [
      {
        id: 'CategoryAxis-1',
        type: 'category',
        position: upright ? 'bottom' : 'left',
        show: true,
        style: {},
        scale: { type: 'linear' },
        // Every lying bar keeps its name, as in the product; upright names that overlap are left out.
        labels: upright ? { show: true, filter: true, truncate: 100 } : { show: true, rotate: 0, filter: false, truncate: 200 },
        title: {},
      },
    ],
    valueAxes: [
      {
        id: 'ValueAxis-1',
        name: upright ? 'LeftAxis-1' : 'BottomAxis-1',
        type: 'value',
        position: upright ? 'left' : 'bottom',
        show: true,
        style: {},
        scale: { type: 'linear', mode: mode === 'percentage' ? 'percentage' : 'normal' },
        labels: { show: true, rotate: 0, filter: !upright, truncate: 100 },
        title: { text: options.axisTitle ?? (first ? labelOf(first) : '') },
      },
    ],
    seriesParams: metrics.map((metric, index) => ({
      show: true,
      type: seriesType,
      mode: mode === 'percentage' ? 'stacked' : mode,
      data: { label: labelOf(metric), id: String(index + 1) },
      valueAxis: 'ValueAxis-1',
      drawLinesBetweenPoints: true,
      lineWidth: 2,
      interpolate: 'linear',
      showCircles: true,
    })),
    addTooltip: true,
    addLegend: legend !== 'none',
    legendPosition: legend === 'none' ? 'right' : legend,
    times: [],
    addTimeMarker: false,
    labels: { show: false },
    thresholdLine: { show: false, value: 10, width: 1, style: 'full', color: '#E7664C' },
  };
}

/** A line chart. */
export function line<F extends Fields>(id: string, title: string, view: DataView<F>, options: XyOptions<F>): Visualization {
  return xy('line', id, title, view, options as LooseXyOptions);
}

/** An area chart. */
export function area<F extends Fields>(id: string, title: string, view: DataView<F>, options: XyOptions<F>): Visualization {
  return xy('area', id, title, view, options as LooseXyOptions);
}

/** Upright bars. */
export function verticalBar<F extends Fields>(id: string, title: string, view: DataView<F>, options: XyOptions<F>): Visualization {
  return xy('verticalBar', id, title, view, options as LooseXyOptions);
}

/** Lying bars: good for long names. */
export function horizontalBar<F extends Fields>(id: string, title: string, view: DataView<F>, options: XyOptions<F>): Visualization {
  return xy('horizontalBar', id, title, view, options as LooseXyOptions);
}
