import { visibleLine } from '../escape.ts';
import { dateInterval } from '../time/interval.ts';
import { nestedOf } from '../request/metricRequests.ts';
import type { ReadSetting } from './rows.ts';
import type { StoredAggregation } from '../savedObjects.ts';

/** What an aggregation is called where it has no name of its own: `makeLabel` of the product's aggregation types. */
export function bucketLabel(aggregation: StoredAggregation, setting: ReadSetting): string {
  const { type, params } = aggregation;
  const custom = customLabel(aggregation);
  if (custom !== undefined) return custom;
  const field = visibleLine(String(params['field'] ?? ''));
  switch (type) {
    case 'terms':
      return `${field}: ${params['order'] === 'asc' ? 'Ascending' : 'Descending'}`;
    case 'date_histogram':
      return `${field} per ${intervalName(dateInterval(params, setting.range, setting.pattern?.timeField).text)}`;
    case 'range':
      return `${field} ranges`;
    case 'date_range':
      return `${field} date ranges`;
    case 'ip_range':
      return `${field} IP ranges`;
    case 'significant_terms':
      return `Top ${String(params['size'] ?? '')} unusual terms in ${field}`;
    case 'geohash_grid':
      return 'Geohash';
    case 'geotile_grid':
      return 'Geotile';
    default:
      return type === 'filters' ? 'filters' : field;
  }
}

const UNITS: Readonly<Record<string, string>> = { ms: 'millisecond', s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', M: 'month', y: 'year' };

/** Such as `3 hours`, or `day`. */
export function intervalName(text: string): string {
  const [, count = '1', unit = ''] = /^(\d+)(\D+)$/.exec(text) ?? [];
  const name = UNITS[unit] ?? unit;
  return count === '1' ? name : `${count} ${name}s`;
}

/** The name that the visualization gives an aggregation. */
export function customLabel({ params }: StoredAggregation): string | undefined {
  const { customLabel: custom } = params;
  return typeof custom === 'string' && custom !== '' ? visibleLine(custom) : undefined;
}

const SIMPLE: Readonly<Record<string, string>> = {
  avg: 'Average', sum: 'Sum of', min: 'Min', max: 'Max', cardinality: 'Unique count of', median: 'Median', std_dev: 'Standard Deviation of', geo_bounds: 'Geo Bounds', geo_centroid: 'Geo Centroid',
};

const NESTED: Readonly<Record<string, string>> = {
  avg_bucket: 'overall average', max_bucket: 'overall max', min_bucket: 'overall min', sum_bucket: 'overall sum',
  derivative: 'derivative', cumulative_sum: 'cumulative sum', moving_avg: 'moving avg', serial_diff: 'serial diff',
};

/** What a metric is called; those of several values are named one by one by `metricColumns`. */
export function metricLabel(aggregation: StoredAggregation, all: readonly StoredAggregation[]): string {
  const { type, params } = aggregation;
  const custom = customLabel(aggregation);
  if (custom !== undefined) return custom;
  const field = visibleLine(String(params['field'] ?? ''));
  const nested = NESTED[type];
  if (nested !== undefined) return nestedLabel(nested, aggregation, all);
  if (type === 'count') return 'Count';
  if (type !== 'top_hits') return /^geo_/.test(type) ? (SIMPLE[type] ?? type) : `${SIMPLE[type] ?? type} ${field}`;
  const size = Number(params['size'] ?? 1);
  return `${params['sortOrder'] === 'asc' ? 'First' : 'Last'}${size === 1 ? '' : ` ${size}`} ${field}`;
}

/** src/plugins/data/common/search/aggs/metrics/lib/make_nested_label.ts. */
function nestedLabel(name: string, aggregation: StoredAggregation, all: readonly StoredAggregation[]): string {
  const upper = name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const custom = nestedOf(aggregation, 'customMetric');
  if (!custom) {
    const metric = all.find(({ id }) => id === aggregation.params['metricAgg']);
    return metric ? `${upper} of ${metricLabel(metric, all)}` : '';
  }
  const inner = metricLabel(custom, all);
  if (inner.startsWith(`${upper} of `)) return `2. ${name} of ${inner.slice(`${upper} of `.length)}`;
  const counted = new RegExp(`^(\\d+)\\. ${name} of (.*)$`).exec(inner);
  return counted ? `${Number(counted[1]) + 1}. ${name} of ${counted[2]}` : `${upper} of ${inner}`;
}
