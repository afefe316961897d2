import type { Bucket, IpRanges } from '../aggregations/buckets.ts';
import { geohashGrid, geotileGrid } from '../aggregations/grids.ts';
import { dateHistogram, dateRange, histogram, ipRange, range } from '../aggregations/histograms.ts';
import type { Metric } from '../aggregations/metrics.ts';
import { filters, significantTerms } from '../aggregations/termBuckets.ts';
import { specInvalid } from '../specInvalid.ts';
import type { BucketSpec, MetricSpec } from './spec.ts';
import { fieldFrom, labelFrom, numberFrom, numbersFrom, oneOf, queriesFrom, rangesFrom } from './values.ts';

/** Deeper pipelines are a mistake, or made to break something. */
const DEEPEST = 4;

/** A metric, from JSON. */
export function metricFrom(spec: MetricSpec, depth = 0): Metric {
  const base = { label: undefined, ...labelFrom(spec?.label) };
  switch (spec?.kind) {
    case 'count':
      return { kind: 'count', ...base };
    case 'percentiles':
      return { kind: 'percentiles', field: fieldFrom(spec), ...base, percents: numbersFrom(spec.percents ?? [50, 95, 99]) };
    case 'percentileRanks':
      return { kind: 'percentileRanks', field: fieldFrom(spec), ...base, values: numbersFrom(spec.values) };
    case 'avg':
    case 'sum':
    case 'min':
    case 'max':
    case 'median':
    case 'stdDev':
    case 'uniqueCount':
      return { kind: spec.kind, field: fieldFrom(spec), ...base };
    case 'topHits': {
      const orderBy = spec.orderBy === undefined ? undefined : fieldFrom({ kind: 'the order', field: spec.orderBy });
      const together = oneOf('way to put hits together', spec.together, ['min', 'max', 'sum', 'average', 'concat']) ?? 'concat';
      return { kind: 'topHits', field: fieldFrom(spec), ...base, together, size: 1, ...numberFrom('size', spec.size), orderBy, order: oneOf('order', spec.order, ['asc', 'desc']) ?? 'desc' };
    }
    case 'derivative':
    case 'cumulativeSum':
    case 'serialDifference':
      return { kind: spec.kind, of: innerFrom(spec, depth), ...base };
    case 'movingAverage':
      return { kind: spec.kind, of: innerFrom(spec, depth), ...base, ...numberFrom('window', spec.window) };
    case 'averageBucket':
    case 'sumBucket':
    case 'minBucket':
    case 'maxBucket':
      if (spec.over === undefined) throw specInvalid(`${spec.kind} is over no buckets.`, 'Choose a bucket.');
      return { kind: spec.kind, of: innerFrom(spec, depth), over: bucketFrom(spec.over, depth + 1), ...base };
    default:
      throw specInvalid(`There is no metric ${JSON.stringify((spec as MetricSpec | undefined)?.kind)}.`, 'Use count, avg, sum, min, max, median, stdDev, uniqueCount, percentiles, percentileRanks, topHits or a pipeline of one.');
  }
}

function innerFrom(spec: MetricSpec, depth: number): Metric {
  if (spec.of === undefined) throw specInvalid(`${spec.kind} is made of no metric.`, 'Choose a metric.');
  if (depth >= DEEPEST) throw specInvalid('Metrics are made of metrics too deeply.', 'Take some away.');
  return metricFrom(spec.of, depth + 1);
}

/** A bucket, from JSON. */
export function bucketFrom(spec: BucketSpec, depth = 0): Bucket {
  const label = labelFrom(spec?.label);
  switch (spec?.kind) {
    case 'dateHistogram':
      return dateHistogram(fieldFrom(spec), { ...label, interval: intervalFrom(spec.interval ?? 'auto') });
    case 'terms':
      return {
        kind: 'terms',
        field: fieldFrom(spec),
        size: 5,
        ...numberFrom('size', spec.size),
        order: oneOf('order', spec.order, ['asc', 'desc']) ?? 'desc',
        orderBy: typeof spec.orderBy === 'object' && spec.orderBy !== null ? metricFrom(spec.orderBy, depth + 1) : (oneOf('order', spec.orderBy, ['metric', 'key']) ?? 'metric'),
        ...(spec.other === undefined ? {} : { other: spec.other === true }),
        ...(spec.missing === undefined ? {} : { missing: spec.missing === true }),
        label: undefined,
        ...label,
      };
    case 'significantTerms':
      return significantTerms(fieldFrom(spec), { ...label, ...numberFrom('size', spec.size) });
    case 'filters':
      return filters(queriesFrom(spec.filters ?? {}));
    case 'histogram':
      return histogram(fieldFrom(spec), { ...label, interval: spec.interval === 'auto' ? 'auto' : Number(intervalFrom(spec.interval ?? '')) });
    case 'range':
      return range(fieldFrom(spec), rangesFrom(spec.ranges ?? [], 'number'), label);
    case 'dateRange':
      return dateRange(fieldFrom(spec), rangesFrom(spec.ranges ?? [], 'string'), label);
    case 'ipRange':
      return ipRange(fieldFrom(spec), addressesFrom(spec.ranges ?? []), label);
    case 'geohashGrid':
      return geohashGrid(fieldFrom(spec), { ...label, ...numberFrom('precision', spec.precision) });
    case 'geotileGrid':
      return geotileGrid(fieldFrom(spec), { ...label, ...numberFrom('precision', spec.precision) });
    default:
      throw specInvalid(`There is no bucket ${JSON.stringify((spec as BucketSpec | undefined)?.kind)}.`, 'Use dateHistogram, terms, significantTerms, filters, histogram, range, dateRange, ipRange, geohashGrid or geotileGrid.');
  }
}

function intervalFrom(interval: unknown): string {
  if (typeof interval === 'string' || typeof interval === 'number') return String(interval);
  throw specInvalid(`${JSON.stringify(interval)} is no interval.`, 'Pass a text such as 30s, or a number.');
}

function addressesFrom(ranges: NonNullable<BucketSpec['ranges']>): IpRanges {
  const masks = Array.isArray(ranges) ? ranges.map((each: { readonly mask?: unknown } | null) => each?.mask).filter((mask) => mask !== undefined) : [];
  if (masks.length === 0) return rangesFrom(ranges, 'string');
  const texts = masks.filter((mask) => typeof mask === 'string');
  if (texts.length === ranges.length) return texts.map((mask) => ({ mask }));
  throw specInvalid('The ranges of addresses are masks and others.', 'Use masks only, each a text, or none.');
}
