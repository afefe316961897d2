import { bucketEnd } from '../time/calendar.ts';
import { dateInterval } from '../time/interval.ts';
import type { RawBucket, ReadSetting } from './rows.ts';
import type { StoredAggregation } from '../savedObjects.ts';

/** Whether a date histogram leaves a bucket out that sticks out of the time range ("drop partial buckets"). */
export function dropsBucket({ type, params }: StoredAggregation, bucket: RawBucket, { range, pattern, timeZone }: ReadSetting): boolean {
  if (type !== 'date_histogram' || params['drop_partials'] !== true || params['field'] !== pattern?.timeField) return false;
  const start = Number(bucket.key);
  return start < range.from || bucketEnd(start, dateInterval(params, range, pattern?.timeField), timeZone) > range.to;
}
