import type { Fields } from '@podscope/core';
import type { Bucket, BucketOf } from '../aggregations/buckets.ts';
import type { Metric, SingleMetricOf } from '../aggregations/metrics.ts';
import { storedAggregations } from '../aggregations/storedAggregations.ts';
import type { DataView } from '../dataView.ts';
import { type ColorOptions, rangesOf } from './colors.ts';
import { listOf, placed } from './lists.ts';
import type { LooseOptions } from './loose.ts';
import { type CommonOptions, type Visualization, visualization } from './visualization.ts';

/** How dials look. */
export interface DialLook extends ColorOptions {
  /** @default 'arc' */
  readonly shape?: 'arc' | 'circle';
  /** @default 'automatic' */
  readonly alignment?: 'automatic' | 'horizontal' | 'vertical';
  /** Show the share of the last bound. @default false for gauges, true for goals */
  readonly percentage?: boolean;
  /** Let the scale grow with a value beyond it. @default true for gauges, the product's for goals */
  readonly extend?: boolean;
  /** Write the metric's label. @default true */
  readonly labels?: boolean;
  /** Draw the scale. @default true for gauges, false for goals */
  readonly scale?: boolean;
  /** A text below the number. */
  readonly subText?: string;
  /** Points. @default 60 */
  readonly fontSize?: number;
  /** @default false */
  readonly legend?: boolean;
}

/** Options of {@link gauge}. */
export interface GaugeOptions<F extends Fields> extends CommonOptions, DialLook {
  /** One dial for each. */
  readonly y: SingleMetricOf<F> | readonly SingleMetricOf<F>[];
  /** The dials once for each of its buckets. */
  readonly split?: BucketOf<F>;
  /** Where the colours change, ascending, in the field's unit: `[0, 50, 100]` is two ranges. */
  readonly bounds: readonly number[];
}

/** Options of {@link goal}. */
export interface GoalOptions<F extends Fields> extends Omit<GaugeOptions<F>, 'bounds'> {
  /** What is to be reached, in the field's unit. */
  readonly goal: number;
  /** Where colours change below the goal, ascending. @default one colour */
  readonly steps?: readonly number[];
}

type LooseDial = LooseOptions & DialLook;

/** Dials, without the catalogue's types; defaults from src/plugins/vis_type_vislib/public/gauge.ts. */
export function looseGauge(id: string, title: string, view: DataView, options: LooseDial & { readonly bounds: readonly number[] }): Visualization {
  const colorsRange = rangesOf(`gauge "${id}"`, options.bounds);
  const aggs = storedAggregations(view, { type: 'gauge', id, metrics: listOf(options.y), buckets: placed(options.buckets, 'group') });
  const params = {
    type: 'gauge',
    addTooltip: true,
    addLegend: options.legend ?? false,
    isDisplayWarning: false,
    gauge: {
      alignment: options.alignment ?? 'automatic',
      extendRange: options.extend ?? true,
      percentageMode: options.percentage ?? false,
      gaugeType: options.shape === 'circle' ? 'Circle' : 'Arc',
      gaugeStyle: 'Full',
      backStyle: 'Full',
      orientation: 'vertical',
      colorSchema: options.colorSchema ?? 'Green to Red',
      gaugeColorMode: 'Labels',
      colorsRange,
      invertColors: options.invertColors ?? false,
      labels: { show: options.labels ?? true, color: 'black' },
      scale: { show: options.scale ?? true, labels: false, color: 'rgba(105,112,125,0.2)' },
      type: 'meter',
      style: {
        bgWidth: 0.9,
        width: 0.9,
        mask: false,
        bgMask: false,
        maskBars: 50,
        bgFill: 'rgba(105,112,125,0.2)',
        bgColor: false,
        subText: options.subText ?? '',
        fontSize: options.fontSize ?? 60,
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

/** Goals, without the catalogue's types; defaults from src/plugins/vis_type_vislib/public/goal.ts. */
export function looseGoal(id: string, title: string, view: DataView, options: LooseDial & { readonly goal: number; readonly steps?: readonly number[] }): Visualization {
  const colorsRange = rangesOf(`goal "${id}"`, [0, ...(options.steps ?? []), options.goal]);
  const aggs = storedAggregations(view, { type: 'goal', id, metrics: listOf(options.y), buckets: placed(options.buckets, 'group') });
  const params = {
    addTooltip: true,
    addLegend: options.legend ?? false,
    isDisplayWarning: false,
    type: 'gauge',
    gauge: {
      verticalSplit: false,
      ...(options.alignment === undefined ? {} : { alignment: options.alignment }),
      autoExtend: false,
      ...(options.extend === undefined ? {} : { extendRange: options.extend }),
      percentageMode: options.percentage ?? true,
      gaugeType: options.shape === 'circle' ? 'Circle' : 'Arc',
      gaugeStyle: 'Full',
      backStyle: 'Full',
      orientation: 'vertical',
      useRanges: false,
      colorSchema: options.colorSchema ?? 'Green to Red',
      gaugeColorMode: options.steps === undefined ? 'None' : 'Labels',
      colorsRange,
      invertColors: options.invertColors ?? false,
      labels: { show: options.labels ?? true, color: 'black' },
      scale: { show: options.scale ?? false, labels: false, color: 'rgba(105,112,125,0.2)', width: 2 },
      type: 'meter',
      style: { bgFill: 'rgba(105,112,125,0.2)', bgColor: false, labelColor: options.steps !== undefined, subText: options.subText ?? '', fontSize: options.fontSize ?? 60 },
    },
  };
  return visualization({ id, title, kind: 'goal', view, aggs, options, params });
}

/** How much of a goal is reached. */
export function goal<F extends Fields>(id: string, title: string, view: DataView<F>, options: GoalOptions<F>): Visualization {
  return looseGoal(id, title, view, { ...options, y: options.y as Metric | readonly Metric[], buckets: listOf(options.split as Bucket | undefined) });
}
