import type { RequestSetting } from './aggregationTypes.ts';
import { filterEntries, MISSING } from './bucketRequests.ts';
import { bucketEnd } from '../time/calendar.ts';
import { dateInterval, numericInterval } from '../time/interval.ts';
import { type QueryClause, queryOfFilter } from '../query/query.ts';
import type { RawBucket } from '../answer/rows.ts';
import type { StoredAggregation } from '../savedObjects.ts';
import { phraseScript, rangeScript } from './scripts.ts';

/** A bucket's query, and whether it is to be turned round. */
export interface BucketFilter {
  readonly clause: QueryClause;
  readonly negate: boolean;
}

/**
 * The filter of one bucket, as the product makes it: the files of the same names in
 * src/plugins/data/common/search/aggs/buckets/create_filter. Undefined for buckets that the product can't filter by.
 */
export function bucketFilter(aggregation: StoredAggregation, bucket: RawBucket, name: string, setting: RequestSetting): BucketFilter | undefined {
  const { params, type, id } = aggregation;
  const field = String(params['field'] ?? '');
  const listed = setting.pattern.fields.get(field);
  const kept = (clause: QueryClause): BucketFilter => ({ clause, negate: false });
  const ranged = (bounds: Readonly<Record<string, unknown>>): BucketFilter => kept(listed?.scripted === true ? rangeScript(listed, bounds) : { range: { [field]: bounds } });
  switch (type) {
    case 'terms':
    case 'significant_terms': {
      if (bucket.key === MISSING) return { clause: { exists: { field } }, negate: true };
      const value = listed?.type === 'boolean' ? name === 'true' || bucket.key === 1 : (bucket.key ?? name);
      return kept(listed?.scripted === true ? phraseScript(listed, value) : { match_phrase: { [field]: value } });
    }
    case 'date_histogram': {
      const start = Number(bucket.key);
      const end = bucketEnd(start, dateInterval(params, setting.range, setting.pattern.timeField), setting.timeZone);
      return ranged({ gte: new Date(start).toISOString(), lt: new Date(end).toISOString(), format: 'strict_date_optional_time' });
    }
    case 'histogram': {
      const start = Number(bucket.key);
      return ranged({ gte: start, lt: start + numericInterval(params, setting.bounds.get(id), listed?.esTypes ?? []) });
    }
    case 'range':
      return ranged({ ...(bucket.from === undefined ? {} : { gte: bucket.from }), ...(bucket.to === undefined ? {} : { lt: bucket.to }) });
    case 'date_range': {
      const iso = (time: unknown): string => new Date(Number(time)).toISOString();
      return ranged({ ...(bucket.from === undefined ? {} : { gte: iso(bucket.from) }), ...(bucket.to === undefined ? {} : { lt: iso(bucket.to) }), format: 'strict_date_optional_time' });
    }
    case 'ip_range':
      return ranged({ ...(bucket.from === undefined ? {} : { gte: bucket.from }), ...(bucket.to === undefined ? {} : { lte: bucket.to }) });
    case 'filters': {
      const entry = filterEntries(aggregation).find((each) => each.name === name);
      return entry && kept(queryOfFilter(entry.query, setting.pattern, setting.timeZone) as unknown as QueryClause);
    }
    default:
      return undefined;
  }
}
