import type { ApacheDocument, FilebeatDocument, KubernetesDocument, MetricbeatDocument, RedisDocument } from '@podscope/core/catalogues';

/** A log line that would do harm wherever it is not escaped. */
export const HOSTILE_PATH = '/<img src=x onerror="window.__pwned=1">{{7*7}}</script><script>window.__pwned=1</script>';
/** A message that turns the reading direction and carries control bytes. */
export const HOSTILE_MESSAGE = 'bad\u202Egnp.exe \u001b]8;;http://evil.invalid\u0007click\u001b]8;;\u0007 <svg onload="window.__pwned=1"> =HYPERLINK("x")';

/** One document for one index. */
export interface SeedDocument {
  readonly index: 'apache' | 'filebeat' | 'kubernetes' | 'metricbeat' | 'redis';
  readonly document: ApacheDocument | FilebeatDocument | KubernetesDocument | MetricbeatDocument | RedisDocument;
}

const PATHS = ['/', '/', '/', '/guestbook', '/guestbook', '/api/entries', '/style.css', '/favicon.ico', '/old-page'];
const REDIS = ['redis-primary-0', 'redis-replica-0', 'redis-replica-1'];
const EVENTS = [
  ['Normal', 'Scheduled', 'Pod'],
  ['Normal', 'Started', 'Pod'],
  ['Warning', 'FailedScheduling', 'Pod'],
  ['Normal', 'ScalingReplicaSet', 'Deployment'],
] as const;

/** Twenty minutes of a small guestbook, ending at `end` (epoch milliseconds); the same every time. */
export function* seedDocuments(end: number, webPods: readonly string[]): Generator<SeedDocument> {
  const random = sequence(7);
  const minutes = 20;
  for (let second = 0; second < minutes * 60; second++) {
    const time = end - (minutes * 60 - second) * 1_000;
    for (let each = 0; each < 3; each++) yield access(time + Math.floor(random() * 1_000), webPods, random);
    if (second % 10 === 0) yield* samples(time, second, webPods, random);
    if (second % 15 === 0) yield event(time, webPods, random);
    if (second % 20 === 0) yield nodeLine(time, random);
  }
  yield { index: 'apache', document: { ...accessDocument(end - 5_000, webPods[0] ?? 'frontend', HOSTILE_PATH, 404), message: HOSTILE_MESSAGE } };
}

function access(time: number, pods: readonly string[], random: () => number): SeedDocument {
  const path = pick(PATHS, random);
  const status = path === '/old-page' ? 404 : random() < 0.004 ? 500 : random() < 0.06 ? 302 : 200;
  return { index: 'apache', document: accessDocument(time, pick(pods, random), path, status, Math.round(900 + random() ** 4 * 60_000)) };
}

function accessDocument(time: number, pod: string, path: string, status: number, duration = 1_200): ApacheDocument {
  return {
    '@timestamp': new Date(time).toISOString(),
    message: `10.1.0.7 - - "GET ${path} HTTP/1.1" ${status} 512`,
    event: { dataset: 'access', duration_us: duration },
    http: { request: { method: 'GET' }, response: { status_code: status, bytes: 512 }, version: '1.1' },
    url: { path },
    source: { ip: '10.1.0.7' },
    user_agent: { original: 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0' },
    kubernetes: { namespace: 'guestbook', pod: { name: pod }, deployment: { name: 'frontend' }, container: { name: 'web' } },
  } as ApacheDocument;
}

function* samples(time: number, second: number, pods: readonly string[], random: () => number): Generator<SeedDocument> {
  const at = new Date(time).toISOString();
  for (const [index, instance] of REDIS.entries()) {
    const used = 68_000_000 + Math.round(random() * 400_000);
    yield {
      index: 'redis',
      document: {
        '@timestamp': at,
        redis: {
          instance, role: index === 0 ? 'master' : 'slave', version: '7.0.15', uptime_in_seconds: 4_000 + second, connected_clients: 12 + index,
          used_memory: used, used_memory_rss: used + 9_000_000, used_memory_dataset: used - 3_000_000, mem_fragmentation_ratio: 1.1 + random() / 10,
          mem_fragmentation_bytes: 8_000_000, allocator_frag_ratio: 1.03, allocator_frag_bytes: 2_000_000, keys: 92_000, instantaneous_ops_per_sec: Math.round(40 + random() * 30),
          replication_lag_bytes: index === 0 ? 0 : Math.round(random() * 300), keyspace_hits: second * 20, keyspace_misses: second, evicted_keys: 0,
        },
        kubernetes: { namespace: 'guestbook', pod: { name: instance } },
      } as RedisDocument,
    };
  }
  const host = { name: 'node-1' };
  const metric = (name: string, rest: object): SeedDocument => ({ index: 'metricbeat', document: { '@timestamp': at, metricset: { name }, host, ...rest } as MetricbeatDocument });
  const busy = 0.3 + Math.sin(second / 90) * 0.12 + random() * 0.05;
  yield metric('cpu', { system: { cpu: { total: { norm: { pct: busy } }, user: { norm: { pct: busy * 0.7 } }, system: { norm: { pct: busy * 0.25 } }, iowait: { norm: { pct: busy * 0.05 } }, cores: 2 } } });
  yield metric('memory', { system: { memory: { total: 25_000_000_000, actual: { used: { bytes: 5_200_000_000, pct: 0.208 } } } } });
  yield metric('load', { system: { load: { 1: 1.4 + random(), 5: 1.3, 15: 1.1 } } });
  yield metric('filesystem', { system: { filesystem: { mount_point: '/', total: 60_000_000_000, used: { bytes: 21_000_000_000, pct: 0.35 } } } });
  yield metric('network', { system: { network: { name: 'lo', in: { bytes: second * 50_000 }, out: { bytes: second * 50_000 } } } });
  yield metric('state_deployment', { kubernetes: { deployment: { name: 'frontend', replicas: { desired: pods.length, available: pods.length, unavailable: 0 } } } });
  yield metric('state_node', { kubernetes: { node: { name: 'node-1', pod: { capacity: { total: 11 }, allocated: { total: 3 } } } } });
  for (const pod of pods) {
    yield metric('state_pod', { kubernetes: { namespace: 'guestbook', pod: { name: pod, status: { phase: 'running' } }, container: { status: { restarts: 0 } } } });
  }
}

function event(time: number, pods: readonly string[], random: () => number): SeedDocument {
  const [type, reason, kind] = pick(EVENTS, random);
  const name = pick(pods, random);
  return {
    index: 'kubernetes',
    document: {
      '@timestamp': new Date(time).toISOString(),
      message: `${reason} ${kind} ${name}`,
      kubernetes: { namespace: 'guestbook', pod: { name }, event: { type, reason, involved_object: { kind, name }, count: 1 } },
    } as KubernetesDocument,
  };
}

function nodeLine(time: number, random: () => number): SeedDocument {
  const level = random() < 0.1 ? 'warning' : 'info';
  return {
    index: 'filebeat',
    document: {
      '@timestamp': new Date(time).toISOString(),
      message: level === 'info' ? 'kubelet: synced pods' : 'kubelet: image garbage collection is late',
      log: { level, file: { path: '/var/log/node-1.log' }, offset: Math.floor(time % 1_000_000) },
      host: { name: 'node-1' },
      process: { name: 'kubelet' },
    } as FilebeatDocument,
  };
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

/** Numbers from 0 to 1 out of a seed (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
