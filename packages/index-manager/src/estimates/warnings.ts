import { LARGEST_SHARD } from './amazon.ts';
import type { IndexLife } from './life.ts';
import type { EstimateWarning, StreamEstimate } from './model.ts';
import { inBytes, inDays, inNumber } from './units.ts';

const SMALLEST_SHARD = 1024 ** 3;

/** What will not do, or not do well, about one stream. */
export function streamWarnings(stream: StreamEstimate, life: IndexLife, horizon: number): readonly EstimateWarning[] {
  const warn = (kind: EstimateWarning['kind'], message: string): EstimateWarning => ({ kind, about: stream.name, message });
  return [
    ...(life.deletedAfterDays === null ? [warn('no-deletion', `nothing deletes its indices${stream.policy === null ? ', it has no policy' : ` (policy ${stream.policy})`}; the figures are those after ${inDays(horizon)}`)] : []),
    ...(life.writtenDays === null ? [warn('no-rollover', rolloverMessage(stream))] : []),
    ...shardWarnings(stream).map(([kind, message]) => warn(kind, message)),
    ...life.uncounted.map((what) => warn('not-counted', `policy ${stream.policy}, ${what}`)),
  ];
}

function rolloverMessage({ deletedAfterDays }: StreamEstimate): string {
  if (deletedAfterDays === null) return 'no rollover ends its index, so it grows for good';
  return `no rollover ends its index: after ${inDays(deletedAfterDays)} the policy deletes all documents at once, the newest too`;
}

function shardWarnings({ kind, stretches, bytesPerShard, writtenDays, primaryShards }: StreamEstimate): readonly (readonly ['large-shard' | 'small-shard', string])[] {
  const first = stretches[0]?.primaryShards ?? 1;
  const largest = Math.max(...stretches.map((stretch) => (bytesPerShard * first) / stretch.primaryShards));
  if (largest > LARGEST_SHARD) {
    const how = writtenDays === null ? 'roll over by size' : `${kind === 'index-series' ? 'begin an index more often' : 'roll over sooner'}, or take at least ${Math.ceil((bytesPerShard * first) / LARGEST_SHARD)} primary shards`;
    return [['large-shard', `a shard comes to ${inBytes(largest)}; above 50 GiB it takes long to move and recover: ${how}`]];
  }
  // The one shard of a small index can't be had larger.
  if (bytesPerShard >= SMALLEST_SHARD || primaryShards <= 1) return [];
  const how = first > 1 ? 'take fewer primary shards' : kind === 'index-series' ? 'begin an index less often' : 'roll over by size instead of by age';
  return [['small-shard', `${inNumber(primaryShards)} primary shards of ${inBytes(bytesPerShard)}; below 1 GiB each takes heap for next to nothing: ${how}`]];
}

/** A cluster refuses new indices once the limit is reached. */
export function shardLimitWarnings(shards: number, limit: number, nodes: number): readonly EstimateWarning[] {
  if (shards <= limit * nodes) return [];
  const message = `${inNumber(shards)} shards are more than ${nodes} data node${nodes === 1 ? '' : 's'} take at ${inNumber(limit)} a node (cluster.max_shards_per_node): have at least ${Math.ceil(shards / limit)}, larger indices or fewer shards`;
  return [{ kind: 'shard-limit', about: 'cluster', message }];
}
