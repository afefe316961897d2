import { count } from './aggregations/metricBuilders.ts';
import type { StoredAggregation } from './aggregations/storedAggregations.ts';
import type { DataView } from './dataView.ts';
import { looseGauge } from './kinds/gauge.ts';
import { looseMetric } from './kinds/metricPanel.ts';
import { loosePie } from './kinds/pie.ts';
import { looseTable } from './kinds/table.ts';
import type { Visualization } from './kinds/visualization.ts';
import { xy } from './kinds/xy.ts';
import type { XyLook } from './kinds/xyOptions.ts';

/** The kinds that {@link toTypeScript} writes; the others have options that it knows nothing of. */
export const WRITTEN = ['line', 'area', 'verticalBar', 'horizontalBar', 'pie', 'metric', 'gauge', 'table', 'markdown'] as const;

/** A kind that is written. */
export type WrittenKind = (typeof WRITTEN)[number];

/** What {@link toTypeScript} writes of a visualization's look. */
export interface WrittenLook extends Pick<XyLook, 'mode' | 'legend' | 'axisTitle'> {
  readonly labels: readonly string[];
  readonly donut?: boolean;
  readonly perPage?: number;
  readonly bounds?: readonly number[];
  readonly shape?: 'arc' | 'circle';
}

/** Parameters that are always stored so, and therefore not written. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  date_histogram: { useNormalizedOpenSearchInterval: true, scaleMetricValues: false, drop_partials: false, min_doc_count: 1, extended_bounds: {} },
  terms: { otherBucket: false, otherBucketLabel: 'Other', missingBucket: false, missingBucketLabel: 'Missing' },
  histogram: { min_doc_count: false, has_extended_bounds: false, extended_bounds: { min: '', max: '' } },
};
const WRITTEN_PARAMETERS: readonly string[] = ['field', 'customLabel', 'percents', 'interval', 'size', 'order', 'orderBy', 'filters', 'ranges'];

/** A parameter of an aggregation that its code would not say, or undefined. */
export function unwrittenParameter({ type, params }: StoredAggregation): string | undefined {
  const defaults = Object.hasOwn(DEFAULTS, type) ? (DEFAULTS[type] ?? {}) : {};
  return Object.keys(params).find((name) => !WRITTEN_PARAMETERS.includes(name) && JSON.stringify(params[name]) !== JSON.stringify(defaults[name]));
}

/** Whether terms are in an order that its code would not say. */
export function hasOtherOrder({ type, params }: StoredAggregation): boolean {
  return type === 'terms' && params['orderBy'] !== '_key' && !/^1(?:\.|$)/u.test(String(params['orderBy']));
}

/** A parameter of a visualization that its code would not say, or undefined. */
export function unwrittenLook(kind: Exclude<WrittenKind, 'markdown'>, view: DataView, params: Readonly<Record<string, unknown>>, look: WrittenLook): string | undefined {
  const state = JSON.parse(String(plain(kind, view, look).object.attributes['visState'])) as { readonly params: Readonly<Record<string, unknown>> };
  return [...Object.keys(params), ...Object.keys(state.params)].find((name) => JSON.stringify(params[name]) !== JSON.stringify(state.params[name]));
}

/** The same kind with the same look, of nothing but counts. */
function plain(kind: Exclude<WrittenKind, 'markdown'>, view: DataView, { labels, mode, legend, axisTitle, donut, perPage, bounds = [0, 1], shape }: WrittenLook): Visualization {
  const common = { y: labels.map((label) => count({ label })), buckets: [] };
  switch (kind) {
    case 'pie':
      return loosePie('plain', 'Plain', view, { ...common, ...(donut === undefined ? {} : { donut }) });
    case 'metric':
      return looseMetric('plain', 'Plain', view, common);
    case 'gauge':
      return looseGauge('plain', 'Plain', view, { ...common, bounds, ...(shape === undefined ? {} : { shape }) });
    case 'table':
      return looseTable('plain', 'Plain', view, { ...common, ...(perPage === undefined ? {} : { perPage }) });
    default:
      return xy(kind, 'plain', 'Plain', view, { y: common.y, ...(mode === undefined ? {} : { mode }), ...(legend === undefined ? {} : { legend }), ...(axisTitle === undefined ? {} : { axisTitle }) });
  }
}
