import type { PodState } from '@podscope/console/api';
import type { RedisDocument } from '@podscope/core/catalogues';
import type { RedisInfo } from './redisInfo.ts';

/** One instance's `INFO` at one moment. */
export interface RedisSight {
  readonly pod: PodState;
  readonly info: RedisInfo;
}

const NUMBERS = [
  'uptime_in_seconds', 'connected_clients', 'connected_slaves', 'used_memory', 'used_memory_rss', 'used_memory_dataset',
  'mem_fragmentation_ratio', 'mem_fragmentation_bytes', 'allocator_allocated', 'allocator_active',
  'allocator_frag_ratio', 'allocator_frag_bytes', 'instantaneous_ops_per_sec', 'total_commands_processed',
  'keyspace_hits', 'keyspace_misses', 'evicted_keys',
] as const;

/** The document of one instance. `primaryOffset` is where the primary's replication stream stands. */
export function redisDocument(sight: RedisSight, timestamp: string, primaryOffset: number | undefined): RedisDocument {
  const { pod, info } = sight;
  const numbers: Partial<Record<(typeof NUMBERS)[number], number>> = {};
  for (const name of NUMBERS) {
    const value = numberOf(info[name]);
    if (value !== undefined) numbers[name] = value;
  }
  const offset = replicationOffset(info);
  const isReplica = info['role'] === 'slave';
  const lag = !isReplica ? 0 : offset === undefined || primaryOffset === undefined ? undefined : Math.max(0, primaryOffset - offset);
  return {
    '@timestamp': timestamp,
    kubernetes: {
      namespace: pod.namespace,
      pod: { name: pod.name },
      container: { name: pod.container },
      deployment: { name: pod.deployment },
      ...(pod.node === null ? {} : { node: { name: pod.node } }),
    },
    redis: {
      instance: pod.name,
      ...numbers,
      keys: keysOf(info),
      active_defrag_running: (numberOf(info['active_defrag_running']) ?? 0) > 0,
      ...(info['role'] === undefined ? {} : { role: info['role'] }),
      ...(info['redis_version'] === undefined ? {} : { version: info['redis_version'] }),
      ...(isReplica ? { master_link_up: info['master_link_status'] === 'up' } : {}),
      ...(offset === undefined ? {} : { master_repl_offset: offset }),
      ...(lag === undefined ? {} : { replication_lag_bytes: lag }),
    },
  };
}

/** How far an instance has got in the replication stream, bytes. */
export function replicationOffset(info: RedisInfo): number | undefined {
  return numberOf(info['role'] === 'slave' ? (info['slave_repl_offset'] ?? info['master_repl_offset']) : info['master_repl_offset']);
}

/** Keys of all databases: `db0:keys=5,expires=0,avg_ttl=0`. */
function keysOf(info: RedisInfo): number {
  return Object.entries(info).reduce((sum, [name, value]) => {
    return /^db\d+$/.test(name) ? sum + Number(/^keys=(\d+)/.exec(value)?.[1] ?? 0) : sum;
  }, 0);
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
