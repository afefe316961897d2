import type { Fields } from '@podscope/core';
import type { SignificantTermsBucket, TermsBucketOf } from '../aggregations/buckets.ts';
import type { FieldFor } from '../aggregations/fieldTypes.ts';
import type { Metric, SingleMetricOf } from '../aggregations/metrics.ts';
import { storedAggregations } from '../aggregations/storedAggregations.ts';
import type { DataView } from '../dataView.ts';
import { specInvalid } from '../specInvalid.ts';
import { listOf, placed } from './lists.ts';
import type { LooseOptions } from './loose.ts';
import { type CommonOptions, type Visualization, visualization } from './visualization.ts';

/** How a tag cloud looks. */
export interface TagcloudLook {
  /** @default 'linear' */
  readonly scale?: 'linear' | 'log' | 'square root';
  /** @default 'single' */
  readonly orientation?: 'single' | 'right angled' | 'multiple';
  /** Points of the smallest tag. @default 18 */
  readonly minFontSize?: number;
  /** Points of the largest tag. @default 72 */
  readonly maxFontSize?: number;
  /** Write below what the tags are. @default true */
  readonly label?: boolean;
}

/** Options of {@link tagcloud}. */
export interface TagcloudOptions<F extends Fields> extends CommonOptions, TagcloudLook {
  /** What sizes a tag. */
  readonly size: SingleMetricOf<F>;
  /** The tags. */
  readonly tags: TermsBucketOf<F> | SignificantTermsBucket<FieldFor<F, 'significantTerms'>>;
}

/** A tag cloud, without the catalogue's types; defaults from src/plugins/vis_type_tagcloud/public/tag_cloud_type.ts. */
export function looseTagcloud(id: string, title: string, view: DataView, options: LooseOptions & TagcloudLook): Visualization {
  const { minFontSize = 18, maxFontSize = 72 } = options;
  if (!(minFontSize >= 1 && minFontSize <= maxFontSize && maxFontSize <= 100)) throw specInvalid(`The tags of "${id}" are from ${minFontSize} to ${maxFontSize} points.`, 'Use sizes from 1 to 100, the smaller one first.');
  const aggs = storedAggregations(view, { type: 'tagcloud', id, metrics: listOf(options.y), buckets: placed(options.buckets, 'segment') });
  const params = { scale: options.scale ?? 'linear', orientation: options.orientation ?? 'single', minFontSize, maxFontSize, showLabel: options.label ?? true };
  return visualization({ id, title, kind: 'tagcloud', view, aggs, options, params });
}

/** Words that are the larger, the more there is of them. */
export function tagcloud<F extends Fields>(id: string, title: string, view: DataView<F>, options: TagcloudOptions<F>): Visualization {
  const { size, tags, ...look } = options;
  return looseTagcloud(id, title, view, { ...look, y: size as Metric, buckets: [tags as LooseOptions['buckets'][number]] });
}
