import type { ApacheDocument, FilebeatDocument, KubernetesDocument, MetricbeatDocument, RedisDocument } from '@podscope/core/catalogues';

/** Typed documents of all five kinds over the 15 minutes before `end` (epoch milliseconds), one sample every 10 s. */
export interface SampleDocuments {
  readonly 'apache-*': readonly ApacheDocument[];
  readonly 'filebeat-*': readonly FilebeatDocument[];
  readonly 'kubernetes-*': readonly KubernetesDocument[];
  readonly 'metricbeat-*': readonly MetricbeatDocument[];
  readonly 'redis-*': readonly RedisDocument[];
}

const STEP = 10_000;
const SAMPLES = 88;
const WEB_PODS = ['frontend-7d9c-4kxq2', 'frontend-7d9c-8m2zp', 'frontend-7d9c-t5wfh'];
const URLS = ['/', '/guestbook', '/entries', '/static/site.css', '/"><img src=x onerror=alert(1)>'];
const AGENTS = ['Mozilla/5.0 (X11; Linux x86_64)', 'curl/8.5.0', '<script>alert(1)</script>'];
const INSTANCES = ['redis-primary-0', 'redis-replica-0', 'redis-replica-1'];
const EVENTS = ['Scheduled', 'Started', 'ScalingReplicaSet', 'FailedScheduling'];
const GIB = 1024 ** 3;

export function sampleDocuments(end: number): SampleDocuments {
  const times = Array.from({ length: SAMPLES }, (_unused, index) => end - (SAMPLES - index) * STEP);
  return {
    'apache-*': times.flatMap((time, index) => Array.from({ length: 12 }, (_unused, part) => request(time + part * 500, index * 12 + part))),
    'filebeat-*': times.map((time, index) => ({
      '@timestamp': time,
      message: `kubelet: sync loop ${index}`,
      log: { level: index % 9 === 0 ? 'warn' : 'info' },
      host: { name: `node-${(index % 4) + 1}` },
    })),
    'kubernetes-*': times.filter((_time, index) => index % 3 === 0).map((time, index) => ({
      '@timestamp': time,
      message: 'an event',
      kubernetes: {
        namespace: 'guestbook',
        event: {
          type: index % 4 === 3 ? 'Warning' : 'Normal',
          reason: EVENTS[index % 4] as string,
          involved_object: { kind: index % 4 === 2 ? 'Deployment' : 'Pod', name: WEB_PODS[index % 3] as string },
          count: 1,
        },
      },
    })),
    'metricbeat-*': times.flatMap((time, index) => metrics(time, index)),
    'redis-*': times.flatMap((time, index) => INSTANCES.map((instance, place) => sample(time, index, instance, place))),
  };
}

function request(time: number, n: number): ApacheDocument {
  const missing = n % 11 === 0;
  return {
    '@timestamp': time,
    message: 'a line',
    event: { dataset: 'access', duration_us: 800 + ((n * 7919) % 9000) },
    http: { request: { method: 'GET' }, response: { status_code: missing ? 404 : n % 53 === 0 ? 500 : n % 7 === 0 ? 302 : 200, bytes: 512 + (n % 100) } },
    url: { path: missing ? `/promo/${n % 3}` : (URLS[n % URLS.length] as string) },
    source: { ip: `10.0.0.${(n % 20) + 1}` },
    user_agent: { original: AGENTS[n % AGENTS.length] as string },
    kubernetes: { pod: { name: WEB_PODS[n % 3] as string } },
  };
}

function metrics(time: number, index: number): readonly MetricbeatDocument[] {
  const wave = Math.sin(index / 8);
  const many = index > 60;
  const desired = many ? 60 : 3;
  const available = many ? 39 : 3;
  const system = (name: string, values: object): MetricbeatDocument => ({ '@timestamp': time, metricset: { name }, host: { name: 'here' }, system: values });
  const pods = Array.from({ length: many ? 12 : 3 }, (_unused, pod): MetricbeatDocument => ({
    '@timestamp': time,
    metricset: { name: 'state_pod' },
    kubernetes: {
      pod: { name: `frontend-${pod}`, status: { phase: pod > 8 ? 'pending' : 'running' } },
      container: { status: { restarts: 0 } },
      node: { name: `node-${(pod % 4) + 1}` },
    },
  }));
  return [
    system('cpu', { cpu: { total: { norm: { pct: 0.4 + wave / 5 } }, user: { norm: { pct: 0.25 + wave / 8 } }, system: { norm: { pct: 0.1 } }, iowait: { norm: { pct: 0.02 } }, cores: 2 } }),
    system('memory', { memory: { total: 8 * GIB, actual: { used: { bytes: (3 + wave) * GIB, pct: (3 + wave) / 8 } } } }),
    system('load', { load: { 1: 1 + wave, 5: 0.9, 15: 0.7 } }),
    system('filesystem', { filesystem: { mount_point: '/', total: 50 * GIB, used: { bytes: 21 * GIB, pct: 0.42 } } }),
    system('network', { network: { name: 'eth0', in: { bytes: index * 1e6 }, out: { bytes: index * 3e5 } } }),
    deployment(time, 'frontend', desired, available),
    deployment(time, 'redis-primary', 1, 1),
    deployment(time, 'redis-replica', 2, 2),
    deployment(time, 'collector', 1, 1),
    { '@timestamp': time, metricset: { name: 'state_node' }, kubernetes: { node: { name: `node-${(index % 4) + 1}`, pod: { capacity: { total: 11 }, allocated: { total: many ? 11 : 2 } } } } },
    ...pods,
  ];
}

function deployment(time: number, name: string, desired: number, available: number): MetricbeatDocument {
  return { '@timestamp': time, metricset: { name: 'state_deployment' }, kubernetes: { deployment: { name, replicas: { desired, available, unavailable: desired - available } } } };
}

function sample(time: number, index: number, instance: string, place: number): RedisDocument {
  const used = (64 + place) * 1024 ** 2;
  const ratio = 1.1 + (place === 1 ? index / 40 : 0);
  return {
    '@timestamp': time,
    redis: {
      instance,
      role: place === 0 ? 'master' : 'slave',
      uptime_in_seconds: index * 10,
      connected_clients: 4 + place,
      used_memory: used,
      used_memory_rss: Math.round(used * ratio),
      mem_fragmentation_ratio: ratio,
      mem_fragmentation_bytes: Math.round(used * (ratio - 1)),
      allocator_frag_ratio: 1 + (ratio - 1) / 2,
      instantaneous_ops_per_sec: 120 + place * 30 + (index % 7) * 4,
      evicted_keys: 0,
      keys: 100_000 + index,
      replication_lag_bytes: place === 0 ? 0 : (index * 37) % 900,
    },
  };
}
