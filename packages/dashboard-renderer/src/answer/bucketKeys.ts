import { filterEntries, MISSING } from '../request/bucketRequests.ts';
import { bucketEnd } from '../time/calendar.ts';
import { visibleLine } from '../escape.ts';
import type { PanelFilter } from '../query/filter.ts';
import { fieldFormatter, formatBucketTime, formatMoment } from '../draw/formats.ts';
import { dateInterval, numericInterval } from '../time/interval.ts';
import { OTHER } from '../request/otherKey.ts';
import type { RawBucket, ReadSetting } from './rows.ts';
import type { StoredAggregation } from '../savedObjects.ts';

/** What a bucket stands for. */
export interface KeyOfBucket {
  readonly value: string | number | boolean;
  readonly label: string;
  readonly filters: readonly PanelFilter[];
}

/** The key of a bucket as a reader sees it, and what narrows to it. `beside` are the buckets that stand with it. */
export function keyOf(aggregation: StoredAggregation, name: string, bucket: RawBucket, beside: readonly RawBucket[], setting: ReadSetting): KeyOfBucket {
  const { params, type } = aggregation;
  const field = String(params['field'] ?? '');
  const key = bucket.key ?? name;
  const format = fieldFormatter(setting.pattern, field, setting.timeZone);
  const numeric = Number(key);
  switch (type) {
    case 'date_histogram': {
      const interval = dateInterval(params, setting.range, setting.pattern?.timeField);
      return { value: numeric, label: formatBucketTime(numeric, interval, setting.timeZone), filters: [{ field, gte: numeric, lt: bucketEnd(numeric, interval, setting.timeZone) }] };
    }
    case 'histogram': {
      const end = numeric + numericInterval(params, setting.bounds?.get(aggregation.id), setting.pattern?.fields.get(field)?.esTypes ?? []);
      return { value: numeric, label: format(numeric), filters: [{ field, gte: numeric, lt: end }] };
    }
    case 'range':
      return ranged(bucket, field, format);
    case 'date_range':
      return dateRange(bucket, field, setting);
    case 'ip_range':
      return ipRange(bucket, name, field, params['ipRangeType'] === 'mask');
    case 'filters': {
      const entry = filterEntries(aggregation).find((each) => each.name === name);
      return { value: name, label: visibleLine(name), filters: entry ? [{ ...entry.query, label: name }] : [] };
    }
    case 'geohash_grid':
    case 'geotile_grid':
      return { value: String(key), label: visibleLine(String(key)), filters: [] };
    default:
      return termKey(aggregation, name, key, beside, setting);
  }
}

function ranged({ from, to }: RawBucket, field: string, format: (value: number | string) => string): KeyOfBucket {
  const label = `≥ ${from === undefined ? '-∞' : format(from)} and < ${to === undefined ? '+∞' : format(to)}`;
  const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
  return { value: typeof from === 'number' ? from : Number.NEGATIVE_INFINITY, label, filters: [{ field, ...bounds }] };
}

/** src/plugins/data/common/search/aggs/buckets/lib/date_range.ts. */
function dateRange({ from, to }: RawBucket, field: string, setting: ReadSetting): KeyOfBucket {
  const text = (time: number | string): string => formatMoment(time, setting.timeZone);
  const label = from === undefined ? (to === undefined ? '' : `Before ${text(to)}`) : to === undefined ? `After ${text(from)}` : `${text(from)} to ${text(to)}`;
  const bounds = { ...(from === undefined ? {} : { gte: Number(from) }), ...(to === undefined ? {} : { lt: Number(to) }) };
  return { value: `${from ?? ''}-${to ?? ''}`, label, filters: [{ field, ...bounds }] };
}

/** src/plugins/data/common/search/aggs/buckets/lib/ip_range.ts. */
function ipRange({ from, to }: RawBucket, name: string, field: string, masked: boolean): KeyOfBucket {
  const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
  return { value: name, label: visibleLine(masked ? name : `${from ?? '-Infinity'} to ${to ?? 'Infinity'}`), filters: [{ field, ...bounds }] };
}

function termKey({ params }: StoredAggregation, name: string, key: string | number, beside: readonly RawBucket[], setting: ReadSetting): KeyOfBucket {
  const field = String(params['field'] ?? '');
  if (key === MISSING) {
    const label = visibleLine(String(params['missingBucketLabel'] ?? 'Missing'));
    return { value: MISSING, label, filters: [{ query: `not ${field}: *`, language: 'kuery', label: `${field}: ${label}` }] };
  }
  if (key === OTHER) {
    const label = visibleLine(String(params['otherBucketLabel'] ?? 'Other'));
    const filters = beside.flatMap((each): PanelFilter[] => (each.key === undefined || each.key === OTHER || each.key === MISSING ? [] : [{ field, value: each.key, negate: true }]));
    return { value: OTHER, label, filters };
  }
  if (setting.pattern?.fields.get(field)?.type === 'boolean') return { value: name === 'true', label: name, filters: [{ field, value: name === 'true' }] };
  const format = fieldFormatter(setting.pattern, field, setting.timeZone);
  return { value: key, label: key === '' ? '' : visibleLine(format(key)), filters: [{ field, value: key }] };
}
