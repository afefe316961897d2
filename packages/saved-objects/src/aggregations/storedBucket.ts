import type { BucketAggregation } from '../products/aggregations.ts';
import type { DataView } from '../dataView.ts';
import { specInvalid } from '../specInvalid.ts';
import type { Bucket, DateHistogramBucket, GeohashGridBucket, GeotileGridBucket, HistogramBucket, IpRangeBucket } from './buckets.ts';
import { checkField } from './fieldCheck.ts';
import type { Shown } from './storedMetric.ts';
import { termsParams } from './storedTerms.ts';

const STORED: Readonly<Record<Bucket['kind'], BucketAggregation>> = {
  dateHistogram: 'date_histogram',
  dateRange: 'date_range',
  filters: 'filters',
  geohashGrid: 'geohash_grid',
  geotileGrid: 'geotile_grid',
  histogram: 'histogram',
  ipRange: 'ip_range',
  range: 'range',
  significantTerms: 'significant_terms',
  terms: 'terms',
};

/** What the product calls a bucket. */
export function storedBucketType(kind: Bucket['kind']): BucketAggregation {
  return STORED[kind];
}

/** The parameters of a bucket as the product stores them; its defaults are those of src/plugins/data/common/search/aggs/buckets. */
export function bucketParams(view: DataView, id: string, bucket: Bucket, shown: Shown): Record<string, unknown> {
  const json = bucket.json === undefined ? {} : { json: JSON.stringify(bucket.json) };
  if (bucket.kind === 'filters') {
    if (bucket.filters.length === 0) throw specInvalid('A filters bucket has no filter.', 'Pass at least one named query.');
    return { filters: bucket.filters.map(({ label, query }) => ({ input: { ...query }, label })), ...json };
  }
  checkField(view, bucket.kind, bucket.field);
  return { ...fieldBucketParams(view, id, bucket, shown), ...json, ...(bucket.label === undefined ? {} : { customLabel: bucket.label }) };
}

function fieldBucketParams(view: DataView, id: string, bucket: Exclude<Bucket, { readonly kind: 'filters' }>, shown: Shown): Record<string, unknown> {
  switch (bucket.kind) {
    case 'dateHistogram':
      return dateHistogramParams(bucket);
    case 'histogram':
      return histogramParams(bucket);
    case 'terms':
      return termsParams(view, id, bucket, shown);
    case 'significantTerms':
      return { field: bucket.field, size: sizeOf(bucket.field, bucket.size), ...patterns(bucket) };
    case 'range':
    case 'dateRange':
      if (bucket.ranges.length === 0) throw specInvalid(`"${bucket.field}" has no ranges.`, 'Pass at least one range.');
      return { field: bucket.field, ranges: bucket.ranges.map((each) => ({ ...each })) };
    case 'ipRange':
      return ipRangeParams(bucket);
    case 'geohashGrid':
    case 'geotileGrid':
      return gridParams(bucket);
  }
}

function dateHistogramParams(bucket: DateHistogramBucket): Record<string, unknown> {
  if (bucket.interval !== 'auto' && !/^[1-9]\d*(ms|s|m|h|d)$|^1?[wMy]$|^(ms|s|m|h|d)$/.test(bucket.interval)) {
    throw specInvalid(`"${bucket.interval}" is no interval.`, 'Use auto, or such as 30s, 5m, 1h, 1d, 1w, 1M, 1y.');
  }
  return {
    field: bucket.field,
    useNormalizedOpenSearchInterval: true,
    scaleMetricValues: bucket.scaleMetricValues ?? false,
    interval: bucket.interval,
    drop_partials: bucket.dropPartials ?? false,
    min_doc_count: bucket.minDocCount ?? 1,
    extended_bounds: { ...bucket.extendedBounds },
  };
}

function histogramParams(bucket: HistogramBucket): Record<string, unknown> {
  if (bucket.interval !== 'auto' && !(bucket.interval > 0 && Number.isFinite(bucket.interval))) {
    throw specInvalid(`The histogram of "${bucket.field}" has interval ${bucket.interval}.`, 'Use a number above 0, or auto.');
  }
  return {
    field: bucket.field,
    interval: bucket.interval,
    ...(bucket.maxBars === undefined ? {} : { maxBars: bucket.maxBars }),
    min_doc_count: bucket.showEmpty ?? false,
    has_extended_bounds: bucket.extendedBounds !== undefined,
    extended_bounds: bucket.extendedBounds === undefined ? { min: '', max: '' } : { ...bucket.extendedBounds },
  };
}

function ipRangeParams({ field, ranges }: IpRangeBucket): Record<string, unknown> {
  if (ranges.length === 0) throw specInvalid(`"${field}" has no ranges.`, 'Pass at least one range.');
  const masks = ranges.filter((each): each is { readonly mask: string } => 'mask' in each);
  if (masks.length > 0 && masks.length < ranges.length) throw specInvalid(`The ranges of "${field}" are masks and others.`, 'Use masks only, or none.');
  const list = ranges.map((each) => ({ ...each }));
  // The editor opens both lists.
  return { field, ipRangeType: masks.length > 0 ? 'mask' : 'fromTo', ranges: masks.length > 0 ? { fromTo: [], mask: list } : { fromTo: list, mask: [] } };
}

function gridParams(bucket: GeohashGridBucket | GeotileGridBucket): Record<string, unknown> {
  const [low, high] = bucket.kind === 'geohashGrid' ? [1, 12] : [0, 29];
  if (!Number.isInteger(bucket.precision) || bucket.precision < low || bucket.precision > high) {
    throw specInvalid(`The grid of "${bucket.field}" has precision ${bucket.precision}.`, `Use a whole number from ${low} to ${high}.`);
  }
  if (bucket.kind === 'geotileGrid') return { field: bucket.field, useGeocentroid: bucket.atCentroid, precision: bucket.precision };
  return { field: bucket.field, autoPrecision: bucket.autoPrecision, precision: bucket.precision, useGeocentroid: bucket.atCentroid, isFilteredByCollar: bucket.onlyVisible };
}

/** The number of values, if it is one that a server gives. */
export function sizeOf(field: string, size: number): number {
  if (Number.isInteger(size) && size >= 1 && size <= 10_000) return size;
  throw specInvalid(`Terms of "${field}" have size ${size}.`, 'Use a whole number from 1 to 10,000.');
}

/** Regular expressions of values. */
export function patterns({ include, exclude }: { readonly include?: string; readonly exclude?: string }): Record<string, string> {
  return { ...(exclude === undefined ? {} : { exclude }), ...(include === undefined ? {} : { include }) };
}
