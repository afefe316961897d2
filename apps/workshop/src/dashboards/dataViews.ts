import { dataView } from '@podscope/saved-objects';
import { apacheFields, filebeatFields, kubernetesFields, metricbeatFields, redisFields } from '@podscope/core/catalogues';

/** Access and error logs of the web pods. */
export const apache = dataView('apache-*', {
  fields: apacheFields,
  formats: { 'http.response.bytes': 'bytes', 'event.duration_us': 'microseconds' },
});

/** Logs of nodes, the supervisor, and containers that are no web pods. */
export const filebeat = dataView('filebeat-*', { fields: filebeatFields });

/** Workload events. */
export const kubernetes = dataView('kubernetes-*', { fields: kubernetesFields });

/** System metrics and workload state. */
export const metricbeat = dataView('metricbeat-*', {
  fields: metricbeatFields,
  formats: {
    'system.cpu.total.norm.pct': 'percent',
    'system.cpu.user.norm.pct': 'percent',
    'system.cpu.system.norm.pct': 'percent',
    'system.cpu.iowait.norm.pct': 'percent',
    'system.memory.total': 'bytes',
    'system.memory.actual.used.bytes': 'bytes',
    'system.memory.actual.used.pct': 'percent',
    'system.filesystem.total': 'bytes',
    'system.filesystem.used.bytes': 'bytes',
    'system.filesystem.used.pct': 'percent',
    'system.network.in.bytes': 'bytes',
    'system.network.out.bytes': 'bytes',
  },
});

/** Samples of `INFO` of every Redis instance. */
export const redis = dataView('redis-*', {
  fields: redisFields,
  formats: {
    'redis.used_memory': 'bytes',
    'redis.used_memory_rss': 'bytes',
    'redis.used_memory_dataset': 'bytes',
    'redis.mem_fragmentation_bytes': 'bytes',
    'redis.allocator_allocated': 'bytes',
    'redis.allocator_active': 'bytes',
    'redis.allocator_frag_bytes': 'bytes',
    'redis.replication_lag_bytes': 'bytes',
    'redis.uptime_in_seconds': 'seconds',
  },
});
