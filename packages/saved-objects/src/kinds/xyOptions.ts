import type { Fields } from '@podscope/core';
import type { Bucket, BucketOf, StepsBucketOf } from '../aggregations/buckets.ts';
import type { Metric, MetricOf, PlainMetricOf, PointMetricOf } from '../aggregations/metrics.ts';
import type { Charts } from './lists.ts';
import type { CommonOptions, LookOptions } from './visualization.ts';

/** The kinds with two axes. */
export type XyKind = 'line' | 'area' | 'verticalBar' | 'horizontalBar';

/** How an axis runs. */
export type AxisScale = 'linear' | 'log' | 'square root';

/** How series stand to each other. */
export type SeriesMode = 'normal' | 'stacked' | 'percentage' | 'wiggle' | 'silhouette';

/** Where names along an axis go: lying, slanted, or standing. */
export type LabelRotation = 0 | 75 | 270;

/** How names along an axis are written. */
export interface AxisLabels {
  /** @default true */
  readonly show?: boolean;
  readonly rotate?: LabelRotation;
  /** Leave out names that would overlap. */
  readonly filter?: boolean;
  /** Characters of a name at most. */
  readonly truncate?: number;
}

/** The axis of the buckets. */
export interface CategoryAxisOptions {
  /** @default true */
  readonly show?: boolean;
  /** @default 'bottom', and 'left' for lying bars */
  readonly position?: 'bottom' | 'top' | 'left' | 'right';
  readonly title?: string;
  readonly labels?: AxisLabels;
}

/** An axis of values. */
export interface ValueAxisOptions {
  /** @default true */
  readonly show?: boolean;
  /** @default 'left', and 'bottom' for lying bars */
  readonly position?: 'left' | 'right' | 'bottom' | 'top';
  /** @default the first metric's label */
  readonly title?: string;
  /** @default 'linear' */
  readonly scale?: AxisScale;
  /** @default that of the visualization */
  readonly mode?: Exclude<SeriesMode, 'stacked'>;
  /** Where it begins and ends. */
  readonly bounds?: { readonly min?: number; readonly max?: number };
  /** Let it begin at the smallest value, not at 0; a number is a margin around the values. @default false */
  readonly fitToData?: boolean | number;
  readonly labels?: AxisLabels;
}

/** A metric together with how it is drawn. */
export interface SeriesOf<M> {
  readonly metric: M;
  /** @default that of the visualization */
  readonly type?: 'line' | 'area' | 'bar';
  /** @default that of the visualization */
  readonly mode?: 'normal' | 'stacked';
  /** Which of the `axes`, from 0. @default 0 */
  readonly axis?: number;
  /** @default 2 */
  readonly lineWidth?: number;
  /** @default 'linear' */
  readonly interpolate?: 'linear' | 'cardinal' | 'step-after';
  /** Mark the points. @default true */
  readonly points?: boolean;
  /** Draw the line between the points. @default true */
  readonly connect?: boolean;
}

/** A line across the chart. */
export interface ThresholdLine {
  readonly value: number;
  /** @default 1 */
  readonly width?: number;
  /** @default 'full' */
  readonly style?: 'full' | 'dashed' | 'dot-dashed';
  /** @default '#E7664C' */
  readonly color?: string;
}

/** Options of {@link line}, {@link area}, {@link verticalBar} and {@link horizontalBar}, however their metrics and buckets are typed. */
export interface XyLook extends CommonOptions, LookOptions {
  /** How series stand to each other. @default 'normal' for lines, 'stacked' for the others */
  readonly mode?: SeriesMode;
  /** @default 'right' */
  readonly legend?: 'right' | 'left' | 'top' | 'bottom' | 'none';
  /** The axis of the buckets. */
  readonly categoryAxis?: CategoryAxisOptions;
  /** One axis of values or several; series name theirs by its place in the list. */
  readonly axes?: readonly ValueAxisOptions[];
  /** @default the first metric's label */
  readonly axisTitle?: string;
  readonly threshold?: ThresholdLine;
  /** Lines at the buckets, and at the values of an axis. @default none */
  readonly grid?: { readonly categories?: boolean; readonly axis?: number };
  /** Mark the present. @default false */
  readonly timeMarker?: boolean;
  /** Write the values at bars. @default false */
  readonly valueLabels?: boolean;
  /** Put the largest buckets first. @default false */
  readonly orderBySum?: boolean;
  /** @default true */
  readonly tooltip?: boolean;
  /** How large points are, in percent, where a metric sizes them. @default 50 */
  readonly radiusRatio?: number;
}

type Series<M> = M | SeriesOf<M>;
type Split<B> = B | readonly [B] | readonly [B, B] | readonly [B, B, B];

interface XySplits<F extends Fields> extends XyLook {
  /** One series for each of its buckets, chosen over the whole time range; three at most. */
  readonly split?: Split<BucketOf<F>>;
  /** One chart for each of its buckets. */
  readonly charts?: Charts<BucketOf<F>>;
  /** What sizes the points of lines and areas. */
  readonly radius?: PlainMetricOf<F>;
}

/** Options of charts with axes, along any bucket. */
export interface XyAlongAny<F extends Fields> extends XySplits<F> {
  /** What stands along the category axis. @default all documents as one */
  readonly x?: BucketOf<F>;
  /** One metric or several, each with how it is drawn where that is not the visualization's way. */
  readonly y: Series<PointMetricOf<F>> | readonly Series<PointMetricOf<F>>[];
}

/** Options of charts with axes, along time or steps of a number: there, derivatives and their like have a meaning. */
export interface XyAlongSteps<F extends Fields> extends XySplits<F> {
  readonly x: StepsBucketOf<F>;
  readonly y: Series<MetricOf<F>> | readonly Series<MetricOf<F>>[];
}

/** Options of {@link line}, {@link area}, {@link verticalBar} and {@link horizontalBar}. */
export type XyOptions<F extends Fields> = XyAlongAny<F> | XyAlongSteps<F>;

/** The same without the catalogue's types, for specifications that come as JSON. */
export interface LooseXyOptions extends XyLook {
  readonly x?: Bucket;
  readonly y: Series<Metric> | readonly Series<Metric>[];
  readonly split?: Bucket | readonly Bucket[];
  readonly charts?: Charts<Bucket>;
  readonly radius?: Metric;
}
