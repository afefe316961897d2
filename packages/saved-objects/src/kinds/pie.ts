import type { Fields } from '@podscope/core';
import type { Bucket, BucketOf } from '../aggregations/buckets.ts';
import type { AdditiveMetricOf, Metric } from '../aggregations/metrics.ts';
import { storedAggregations } from '../aggregations/storedAggregations.ts';
import type { DataView } from '../dataView.ts';
import { type Charts, chartsOf, listOf, placed } from './lists.ts';
import type { LooseOptions } from './loose.ts';
import { type CommonOptions, type LookOptions, type Visualization, visualization } from './visualization.ts';

/** How slices are named. */
export interface PieLabels {
  /** @default true where labels are given */
  readonly show?: boolean;
  /** Write the shares, too. @default true */
  readonly values?: boolean;
  /** Only at the outermost ring. @default true */
  readonly lastLevel?: boolean;
  /** Characters of a name at most. @default 100 */
  readonly truncate?: number;
}

/** How a pie looks. */
export interface PieLook {
  /** @default true */
  readonly donut?: boolean;
  /** @default 'right' */
  readonly legend?: 'right' | 'left' | 'top' | 'bottom' | 'none';
  /** Names at the slices. @default none */
  readonly labels?: PieLabels;
  /** @default true */
  readonly tooltip?: boolean;
}

/** Options of {@link pie}. */
export interface PieOptions<F extends Fields> extends CommonOptions, LookOptions, PieLook {
  /** What the slices share out: only what adds up. */
  readonly y: AdditiveMetricOf<F>;
  /** The slices; several make rings from the inside outwards. @default the whole */
  readonly slices?: BucketOf<F> | readonly BucketOf<F>[];
  /** One pie for each of its buckets. */
  readonly charts?: Charts<BucketOf<F>>;
}

/** A pie, without the catalogue's types; defaults from src/plugins/vis_type_vislib/public/pie.ts. */
export function loosePie(id: string, title: string, view: DataView, options: LooseOptions & PieLook): Visualization {
  const charts = chartsOf(options.charts);
  const aggs = storedAggregations(view, { type: 'pie', id, metrics: listOf(options.y), buckets: [...charts.buckets, ...placed(options.buckets, 'segment')] });
  const { labels, legend = 'right' } = options;
  const params = {
    type: 'pie',
    addTooltip: options.tooltip ?? true,
    addLegend: legend !== 'none',
    legendPosition: legend === 'none' ? 'right' : legend,
    isDonut: options.donut ?? true,
    labels: { show: labels !== undefined && (labels.show ?? true), values: labels?.values ?? true, last_level: labels?.lastLevel ?? true, truncate: labels?.truncate ?? 100 },
    ...charts.params,
  };
  return visualization({ id, title, kind: 'pie', view, aggs, options, params });
}

/** Slices of a whole. */
export function pie<F extends Fields>(id: string, title: string, view: DataView<F>, options: PieOptions<F>): Visualization {
  const { slices, ...others } = options;
  return loosePie(id, title, view, { ...(others as PieLook & Pick<LooseOptions, 'charts'>), y: options.y as Metric, buckets: listOf(slices as Bucket | readonly Bucket[] | undefined) });
}
