import { boolean, date, defineFields, type DocumentOf, double, integer, keyword, long } from '../index.ts';
import { kubernetesOrigin } from './kubernetesOrigin.ts';

/** One sample of `INFO` of one Redis instance. Names follow `INFO`'s own; sizes in bytes. */
export const redisFields = defineFields({
  ...kubernetesOrigin,
  '@timestamp': date({ required: true }),
  /** The instance: its pod's name. */
  'redis.instance': keyword({ required: true }),
  /** `master` or `slave`, as INFO says. */
  'redis.role': keyword(),
  'redis.version': keyword(),
  'redis.uptime_in_seconds': long(),
  'redis.connected_clients': integer(),
  'redis.connected_slaves': integer(),
  'redis.used_memory': long(),
  'redis.used_memory_rss': long(),
  'redis.used_memory_dataset': long(),
  'redis.mem_fragmentation_ratio': double(),
  'redis.mem_fragmentation_bytes': long(),
  'redis.allocator_allocated': long(),
  'redis.allocator_active': long(),
  'redis.allocator_frag_ratio': double(),
  'redis.allocator_frag_bytes': long(),
  'redis.active_defrag_running': boolean(),
  'redis.instantaneous_ops_per_sec': integer(),
  'redis.total_commands_processed': long(),
  'redis.keyspace_hits': long(),
  'redis.keyspace_misses': long(),
  'redis.evicted_keys': long(),
  'redis.keys': long(),
  'redis.master_link_up': boolean(),
  'redis.master_repl_offset': long(),
  /** How far a replica is behind its primary's offset, bytes. 0 on the primary. */
  'redis.replication_lag_bytes': long(),
});
/** A sample of a Redis instance, as a document. */
export type RedisDocument = DocumentOf<typeof redisFields>;
