import { avg, dashboard, dateHistogram, line, max, min, row, table, terms } from '@podscope/saved-objects';
import { redis } from './dataViews.ts';

const x = dateHistogram('@timestamp');
const split = terms('redis.instance', { size: 10, orderBy: 'key', order: 'asc' });

const usedMemory = line('redis-used-memory', 'Used memory', redis, { x, split, y: avg('redis.used_memory', { label: 'Used memory' }) });

const residentMemory = line('redis-resident-memory', 'Resident memory', redis, {
  x,
  split,
  y: avg('redis.used_memory_rss', { label: 'Resident memory' }),
});

const fragmentationRatio = line('redis-fragmentation-ratio', 'Fragmentation ratio', redis, {
  x,
  split,
  y: avg('redis.mem_fragmentation_ratio', { label: 'mem_fragmentation_ratio' }),
  axisTitle: 'Resident / used',
});

const fragmentationBytes = line('redis-fragmentation-bytes', 'Fragmentation bytes', redis, {
  x,
  split,
  y: avg('redis.mem_fragmentation_bytes', { label: 'mem_fragmentation_bytes' }),
  axisTitle: 'Fragmentation',
});

const allocatorRatio = line('redis-allocator-ratio', 'Allocator fragmentation ratio', redis, {
  x,
  split,
  y: avg('redis.allocator_frag_ratio', { label: 'allocator_frag_ratio' }),
  axisTitle: 'Active / allocated',
});

const clients = line('redis-clients', 'Connected clients', redis, { x, split, y: max('redis.connected_clients', { label: 'Connected clients' }) });

/** Operations in a second; also on the overview. */
export const operations = line('redis-operations', 'Operations in a second', redis, {
  x,
  split,
  y: avg('redis.instantaneous_ops_per_sec', { label: 'Operations in a second' }),
  axisTitle: 'Operations/s',
});

const lag = line('redis-replication-lag', 'Replication lag', redis, {
  x,
  split,
  filter: 'redis.role: "slave"',
  y: max('redis.replication_lag_bytes', { label: 'Replication lag' }),
});

const keys = line('redis-keys', 'Keys', redis, { x, split, y: max('redis.keys', { label: 'Keys' }) });

const instances = table('redis-instances', 'Instances', redis, {
  rows: [terms('redis.instance', { size: 10, orderBy: 'key', order: 'asc', label: 'Instance' }), terms('redis.role', { size: 2, label: 'Role' })],
  y: [
    max('redis.used_memory', { label: 'Used, highest' }),
    max('redis.used_memory_rss', { label: 'Resident, highest' }),
    max('redis.mem_fragmentation_ratio', { label: 'Fragmentation ratio, highest' }),
    max('redis.mem_fragmentation_bytes', { label: 'Fragmentation, highest' }),
    max('redis.evicted_keys', { label: 'Evicted keys' }),
    min('redis.uptime_in_seconds', { label: 'Uptime, lowest' }),
  ],
});

/** Memory, clients and replication of every Redis instance. */
export const redisDashboard = dashboard(
  'redis',
  'Redis',
  [row(usedMemory, residentMemory), row(fragmentationRatio, fragmentationBytes, allocatorRatio), row(operations, clients), row(lag, keys), row(instances)],
  { timeFrom: 'now-15m', refresh: 10, description: 'Memory, clients and replication of every Redis instance.' },
);
