import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterState } from '@podscope/console/api';
import { type Fields, findField } from '@podscope/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogues } from '../../../indices/setup.ts';
import { parseRedisInfo } from './redisInfo.ts';
import { redisDocument, replicationOffset } from './redisSamples.ts';
import { sampleState } from './stateSamples.ts';
import { readCpuTimes, readNetwork, sampleSystem } from './systemSamples.ts';
import { ReadingRig, type Stored } from './testing/readingRig.ts';

/** Every field of a document must be in its catalogue: the mappings are strict. */
function unknownFields(fields: Fields, value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = `${prefix}${name}`;
    if (typeof inner === 'object' && inner !== null) return unknownFields(fields, inner as object, `${path}.`);
    return findField(fields, path) === undefined ? [path] : [];
  });
}

describe('documents of log lines', () => {
  let root: string;
  let rig: ReadingRig;
  const read = async (): Promise<Stored['document'][]> => {
    rig.start();
    await rig.drain();
    return rig.indices.all.map(({ document }) => document);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'podscope-documents-'));
    rig = new ReadingRig(root);
  });
  afterEach(async () => {
    await rig.crash();
    rmSync(root, { recursive: true });
  });

  it('tell access, error and other lines of a web pod apart', async () => {
    const path = join(rig.logs, 'containers', 'frontend-x_guestbook_frontend-0a1b.log');
    const lines = [
      'stdout F 10.0.0.7 - - [24/Nov/2026:09:22:23 +0000] "GET /a?b=%C3%A9 HTTP/1.1" 200 12 "-" "M\\"ü" 99',
      'stderr F [Tue Nov 24 09:22:27.123456 2026] [guestbook:error] [pid 7:tid 7] [client 10.0.0.8:77] File does not exist',
      'stdout F grüße',
    ];
    writeFileSync(path, lines.map((line) => `2026-11-24T09:22:23.123456789Z ${line}\n`).join(''));
    const documents = await read();
    const kubernetes = { namespace: 'guestbook', pod: { name: 'frontend-x' }, container: { name: 'frontend' } };
    expect(documents).toMatchObject([
      {
        '@timestamp': '2026-11-24T09:22:23.123Z', kubernetes, message: lines[0]?.slice(9),
        event: { dataset: 'access', duration_us: 99 }, url: { path: '/a', query: 'b=%C3%A9' }, source: { ip: '10.0.0.7' },
        http: { version: '1.1', request: { method: 'GET' }, response: { status_code: 200, bytes: 12 } },
        user_agent: { original: 'M"ü' }, log: { file: { path }, offset: 0 },
      },
      { event: { dataset: 'error' }, log: { level: 'error' }, source: { ip: '10.0.0.8' }, kubernetes },
      { event: { dataset: 'unparsed' }, message: 'grüße' },
    ]);
    expect(documents.flatMap((each) => unknownFields(catalogues.apache, each))).toEqual([]);
  });

  it('take hostile web lines for what they say, and keep each as it was', async () => {
    const path = join(rig.logs, 'containers', 'frontend-x_guestbook_frontend-0a1b.log');
    const at = '[24/Nov/2026:09:22:23 +0000]';
    const lines = [
      `10.0.0.7 - a"},"stream":{"x":"b ${at} "GET / HTTP/1.1" 200 1 "-" "-" 1`,
      String.raw`2001:db8::1 - - ${at} "GET /a\"b c HTTP/1.1" 404 - "ht\"tp\\" "a\\\"b\x0a" 5`,
      `10.0.0.7 - - ${at} "GET /cut HTTP/1.1" 20`,
      `fe80::1%eth0 - - ${at} "-" 408 - "-" "-" 7`,
      'nul \u0000 and \u001b[31m',
    ];
    writeFileSync(path, lines.map((line) => `2026-11-24T09:22:23.123456789Z stdout F ${line}\n`).join(''));
    const documents = await read();
    expect(documents.map(({ message }) => message)).toEqual(lines);
    expect(documents).toMatchObject([
      { event: { dataset: 'access' }, user: { name: 'a"},"stream":{"x":"b' } },
      {
        source: { ip: '2001:db8::1' }, url: { path: '/a"b c' }, user_agent: { original: String.raw`a\"b\x0a` },
        http: { request: { referrer: 'ht"tp\\' } },
      },
      { event: { dataset: 'unparsed' } },
      { event: { dataset: 'access' }, http: { response: { status_code: 408 } } },
      { event: { dataset: 'unparsed' } },
    ]);
    expect(documents[1]?.['http']).not.toHaveProperty('response.bytes');
    expect(documents[3]).not.toHaveProperty('source');
    expect(documents.flatMap((each) => unknownFields(catalogues.apache, each))).toEqual([]);
  });

  it('name host, node and process of a node’s log and take any other line whole', async () => {
    writeFileSync(join(rig.logs, 'nodes', 'node-2.log'), '2026-11-24T09:22:23.5Z WARN kubelet: low: disk\nanything\n');
    writeFileSync(join(rig.logs, 'supervisor.log'), '2026-11-24T09:22:23.5Z info supervisor: up\n');
    const documents = await read();
    expect(documents).toEqual(expect.arrayContaining([
      expect.objectContaining({ message: 'low: disk', host: { name: 'node-2' }, process: { name: 'kubelet' }, kubernetes: { node: { name: 'node-2' } } }),
      expect.objectContaining({ message: 'anything' }),
      expect.objectContaining({ message: 'up', host: { name: 'host' }, log: expect.objectContaining({ level: 'info' }) }),
    ]));
    expect(documents.flatMap((each) => unknownFields(catalogues.filebeat, each))).toEqual([]);
  });

  it('carry events, and keep a line that is none', async () => {
    const event = { at: '2026-11-24T09:22:23.000Z', type: 'Warning', reason: 'FailedScheduling', namespace: 'guestbook', kind: 'Pod', name: 'frontend-y', message: 'full' };
    const path = join(rig.logs, 'events.ndjson');
    writeFileSync(path, `${JSON.stringify(event)}\n`);
    appendFileSync(path, '{"half":\n');
    const documents = await read();
    expect(documents).toMatchObject([
      {
        '@timestamp': event.at, message: 'full',
        kubernetes: { namespace: 'guestbook', pod: { name: 'frontend-y' }, event: { type: 'Warning', reason: 'FailedScheduling', count: 1, involved_object: { kind: 'Pod', name: 'frontend-y' } } },
      },
      { message: '{"half":', kubernetes: { event: { reason: 'Unparsed' } } },
    ]);
    expect(documents.flatMap((each) => unknownFields(catalogues.kubernetes, each))).toEqual([]);
  });
});

describe('samples', () => {
  it('of the machine are shares and sizes of this machine', async () => {
    const samples = await sampleSystem({ user: 0, system: 0, iowait: 0, idle: 0 }, { user: 20, system: 10, iowait: 10, idle: 60 });
    expect(samples.find(([name]) => name === 'cpu')?.[1].system?.cpu).toMatchObject({ total: { norm: { pct: 0.3 } }, user: { norm: { pct: 0.2 } }, iowait: { norm: { pct: 0.1 } } });
    const cores = samples.find(([name]) => name === 'cpu')?.[1].system?.cpu?.cores ?? 0;
    expect(cores).toBe(cpus().length);
    expect(samples.find(([name]) => name === 'cpu')?.[1].system?.cpu?.total?.pct).toBeCloseTo(0.3 * cores, 3);
    const memory = samples.find(([name]) => name === 'memory')?.[1].system?.memory;
    expect(memory?.actual?.used?.pct).toBeGreaterThan(0);
    expect(memory?.actual?.used?.pct).toBeLessThan(1);
    expect(samples.flatMap(([, document]) => unknownFields(catalogues.metricbeat, document))).toEqual([]);
    expect(readCpuTimes().idle).toBeGreaterThan(0);
  });

  it('of the network come from the counters of each interface', () => {
    const text = 'Inter-|   Receive\n face |bytes\n  eth0: 1500 2 0 0 0 0 0 0 900 3 0 0 0 0 0 0\n    lo:7 1 0 0 0 0 0 0 8 1 0 0 0 0 0 0\n';
    expect(readNetwork(text)).toEqual([{ name: 'eth0', received: 1500, sent: 900 }, { name: 'lo', received: 7, sent: 8 }]);
  });

  it('of the workloads are one document for each deployment, pod and node', () => {
    const pod = { namespace: 'guestbook', name: 'frontend-1', deployment: 'frontend', container: 'frontend', containerId: 'a', restarts: 2, createdAt: '', port: null };
    const state: ClusterState = {
      target: 'embedded',
      nodes: [{ name: 'node-1', capacity: 11, allocated: 4 }],
      deployments: [{ namespace: 'guestbook', name: 'frontend', desired: 3, available: 2, unavailable: 1 }],
      pods: [{ ...pod, node: 'node-1', phase: 'Running', reason: null }, { ...pod, name: 'frontend-2', node: null, phase: 'Pending', reason: 'Unschedulable' }],
      clients: [], pages: [], events: [], urls: { console: '', opensearch: '', guestbook: '' },
    };
    const samples = sampleState(state, '2026-11-24T09:00:00.000Z');
    expect(samples.map(([source]) => source)).toEqual(['deployment/guestbook/frontend', 'pod/guestbook/frontend-1', 'pod/guestbook/frontend-2', 'node/node-1']);
    expect(samples[0]?.[1].kubernetes?.deployment?.replicas).toEqual({ desired: 3, available: 2, unavailable: 1 });
    expect(samples[2]?.[1].kubernetes?.pod).toMatchObject({ status: { phase: 'pending', reason: 'Unschedulable' } });
    expect(samples[3]?.[1].kubernetes?.node?.pod).toEqual({ capacity: { total: 11 }, allocatable: { total: 11 }, allocated: { total: 4 } });
    expect(samples.map(([, { event, metricset }]) => [metricset.name, event?.dataset, event?.module])).toEqual([
      ['state_deployment', 'kubernetes.deployment', 'kubernetes'],
      ['state_pod', 'kubernetes.pod', 'kubernetes'],
      ['state_pod', 'kubernetes.pod', 'kubernetes'],
      ['state_node', 'kubernetes.node', 'kubernetes'],
    ]);
    expect(samples.flatMap(([, document]) => unknownFields(catalogues.metricbeat, document))).toEqual([]);
  });

  it('of Redis tell how far a replica is behind', () => {
    const pod = { namespace: 'guestbook', name: 'redis-replica-0', deployment: 'redis-replica', container: 'redis', containerId: 'b', node: 'node-2', phase: 'Running', reason: null, restarts: 0, createdAt: '', port: 1, role: 'replica' } as const;
    const info = parseRedisInfo('# Replication\r\nrole:slave\r\nmaster_link_status:up\r\nslave_repl_offset:900\r\nmaster_repl_offset:900\r\n# Memory\r\nused_memory:1000\r\nmem_fragmentation_ratio:1.25\r\nactive_defrag_running:0\r\n# Keyspace\r\ndb0:keys=5,expires=0\r\ndb3:keys=2,expires=0\r\n');
    const document = redisDocument({ pod, info }, '2026-11-24T09:00:00.000Z', 1000);
    expect(document.redis).toMatchObject({ role: 'slave', master_link_up: true, replication_lag_bytes: 100, used_memory: 1000, mem_fragmentation_ratio: 1.25, keys: 7, active_defrag_running: false });
    expect(replicationOffset(parseRedisInfo('role:master\r\nmaster_repl_offset:7\r\n'))).toBe(7);
    expect(unknownFields(catalogues.redis, document)).toEqual([]);
  });
});
