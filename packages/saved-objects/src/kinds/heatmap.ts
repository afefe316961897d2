import type { Fields } from '@podscope/core';
import type { Bucket, BucketOf } from '../aggregations/buckets.ts';
import type { CellMetricOf, Metric } from '../aggregations/metrics.ts';
import { storedAggregations } from '../aggregations/storedAggregations.ts';
import type { DataView } from '../dataView.ts';
import { specInvalid } from '../specInvalid.ts';
import { type ColorOptions, rangesOf } from './colors.ts';
import { type Charts, chartsOf, listOf, placed } from './lists.ts';
import { type CommonOptions, type LookOptions, type Visualization, visualization } from './visualization.ts';

/** How a heat map looks. */
export interface HeatmapLook extends ColorOptions {
  /** How many shades. @default 4 */
  readonly colorsNumber?: number;
  /** Where shades change, ascending, in place of a number of shades. */
  readonly bounds?: readonly number[];
  /** @default 'right' */
  readonly legend?: 'right' | 'left' | 'top' | 'bottom' | 'none';
  /** @default 'linear' */
  readonly scale?: 'linear' | 'log' | 'square root';
  /** Let the shades begin at the smallest value, not at 0. @default false */
  readonly fitToData?: boolean;
  /** Show shares of the largest value. @default false */
  readonly percentage?: boolean;
  /** Write the values into the cells. @default false */
  readonly labels?: boolean;
  /** Make the cell below the pointer stand out. @default false */
  readonly highlight?: boolean;
}

/** Options of {@link heatmap}. */
export interface HeatmapOptions<F extends Fields> extends CommonOptions, LookOptions, HeatmapLook {
  /** What shades a cell. */
  readonly value: CellMetricOf<F>;
  /** The columns. */
  readonly x?: BucketOf<F>;
  /** The rows. */
  readonly y?: BucketOf<F>;
  /** One heat map for each of its buckets. */
  readonly charts?: Charts<BucketOf<F>>;
}

/** The same without the catalogue's types. */
export interface LooseHeatmapOptions extends CommonOptions, LookOptions, HeatmapLook {
  readonly value: Metric | readonly Metric[];
  readonly x?: Bucket;
  readonly y?: Bucket;
  readonly charts?: Charts<Bucket>;
}

/** A heat map, without the catalogue's types; defaults from src/plugins/vis_type_vislib/public/heatmap.ts. */
export function looseHeatmap(id: string, title: string, view: DataView, options: LooseHeatmapOptions): Visualization {
  const charts = chartsOf(options.charts);
  const aggs = storedAggregations(view, { type: 'heatmap', id, metrics: listOf(options.value), buckets: [...charts.buckets, ...placed(listOf(options.y), 'group'), ...placed(listOf(options.x), 'segment')] });
  const { bounds, colorsNumber = 4, legend = 'right' } = options;
  if (!Number.isInteger(colorsNumber) || colorsNumber < 2 || colorsNumber > 10) throw specInvalid(`The heat map "${id}" has ${colorsNumber} shades.`, 'Use a whole number from 2 to 10.');
  const params = {
    type: 'heatmap',
    addTooltip: true,
    addLegend: legend !== 'none',
    enableHover: options.highlight ?? false,
    legendPosition: legend === 'none' ? 'right' : legend,
    times: [],
    colorsNumber,
    colorSchema: options.colorSchema ?? 'Greens',
    setColorRange: bounds !== undefined,
    colorsRange: bounds === undefined ? [] : rangesOf(`heat map "${id}"`, bounds),
    invertColors: options.invertColors ?? false,
    percentageMode: options.percentage ?? false,
    valueAxes: [
      {
        show: false,
        id: 'ValueAxis-1',
        type: 'value',
        scale: { type: options.scale ?? 'linear', defaultYExtents: options.fitToData ?? false },
        labels: { show: options.labels ?? false, rotate: 0, overwriteColor: false, color: 'black' },
      },
    ],
    ...charts.params,
  };
  return visualization({ id, title, kind: 'heatmap', view, aggs, options, params });
}

/** Cells that are the darker, the larger their value. */
export function heatmap<F extends Fields>(id: string, title: string, view: DataView<F>, options: HeatmapOptions<F>): Visualization {
  return looseHeatmap(id, title, view, options as LooseHeatmapOptions);
}
