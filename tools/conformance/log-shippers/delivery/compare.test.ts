import { describe, expect, it } from 'vitest';
import { compare, flatten } from './compare.ts';
import { judgeMetrics } from './metrics.ts';
import type { Stored } from './server.ts';
import { type Sent, traffic } from './traffic.ts';

const sent = traffic(2_000, Date.parse('2026-11-24T09:00:00.000Z'));
const all: readonly Sent[] = Object.values(sent).flat();

/** The document of a line, as it should be. */
function documentOf({ family, at, stream, message, container, kind }: Sent): Record<string, unknown> {
  const origin = { '@timestamp': new Date(at).toISOString().replace('Z', '000123Z'), message, kubernetes: { namespace: container.namespace, pod: { name: container.pod }, container: { name: container.container }, node: { name: 'node-1' } } };
  if (family === 'filebeat') return { ...origin, stream, log: { offset: 5, file: { path: `/var/log/containers/${container.pod}_x.log` } } };
  if (kind === 'unparsed') return { ...origin, event: { dataset: 'unparsed' } };
  if (kind === 'error') return { ...origin, event: { dataset: 'error' }, log: { level: 'error' }, source: { ip: /client ([\d.]+):/.exec(message)?.[1] } };
  return {
    ...origin,
    event: { dataset: 'access', duration_us: 1834 },
    http: { version: '1.1', request: { method: 'GET', referrer: 'http://guestbook.test/' }, response: { status_code: message.includes(' 404 ') ? 404 : 200, bytes: 512 } },
    url: { path: /GET ([^?]*)/.exec(message)?.[1], query: 'a=1' },
    source: { ip: '10.2.3.4' },
    user_agent: { original: 'Mozilla/5.0 (X11; Linux x86_64)' },
  };
}

const stored: readonly Stored[] = all.map((each, at) => ({ id: String(at), source: documentOf(each) }));
const good = { lost: 0, doubled: 0, wrong: 0, notes: [] };

describe('what is sent', () => {
  it('has as many documents as were asked for, each told apart but the hundred that are the same', () => {
    expect(all).toHaveLength(2_000);
    const keys = all.map(({ key }) => key);
    expect(keys.filter((key) => key === 'same')).toHaveLength(0);
    expect(traffic(10_000).cri.filter(({ key }) => key === 'same')).toHaveLength(100);
    expect(new Set(traffic(10_000).cri.filter(({ key }) => key === 'same').map(({ bytes }) => bytes.toString('hex'))).size).toBe(1);
    expect(new Set(keys).size).toBe(2_000);
  });

  it('has every kind of line', () => {
    const ten = Object.values(traffic(10_000)).flat();
    const kinds = new Map<string, number>();
    for (const { kind } of ten) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect([...kinds.keys()].sort()).toEqual(['access', 'after truncation', 'before truncation', 'error', 'line', 'long', 'long in parts', 'no UTF-8', 'parts', 'same', 'trace', 'unparsed']);
    expect(Math.min(...kinds.values())).toBeGreaterThan(2);
    expect(Math.max(...ten.map(({ message }) => message.length))).toBeGreaterThan(200 * 1024);
    for (const { kind, bytes } of ten) expect(Buffer.from(bytes.toString('utf8')).equals(bytes), kind).toBe(kind !== 'no UTF-8');
  });
});

describe('the comparison', () => {
  it('finds nothing where all is as it should be', () => {
    expect(compare(all, stored, 'node-1')).toEqual(good);
  });

  it('finds what is lost and what is doubled', () => {
    const { lost, doubled, wrong, notes } = compare(all, [...stored.slice(3), ...stored.slice(-2)], 'node-1');
    expect({ lost, doubled, wrong }).toEqual({ lost: 3, doubled: 2, wrong: 0 });
    expect(notes.join('\n')).toMatch(/3 × lost: line/);
  });

  it('counts the lines that are all the same', () => {
    const ten = Object.values(traffic(10_000)).flat().filter(({ key }) => key === 'same');
    const documents = ten.map((each, at) => ({ id: String(at), source: documentOf(each) }));
    expect(compare(ten, documents, 'node-1')).toEqual(good);
    expect(compare(ten, documents.slice(0, 1), 'node-1')).toMatchObject({ lost: 99 });
    expect(compare(ten, [...documents, ...documents.slice(0, 1)], 'node-1')).toMatchObject({ doubled: 1 });
  });

  const change = (at: number, more: object): readonly Stored[] => stored.map((each, place) => (place === at ? { ...each, source: { ...each.source, ...more } } : each));
  const web = all.findIndex(({ kind }) => kind === 'access');

  it.each([
    ['a field too much', change(0, { agent: { type: 'filebeat' } }), 'agent.type is too much'],
    ['a time that is another', change(0, { '@timestamp': '2026-11-24T09:00:00.001Z' }), '@timestamp is wrong'],
    ['a message that is cut', change(0, { message: 'r000000 an ordinary' }), 'message is wrong'],
    ['another stream', change(0, { stream: 'stderr' }), 'stream is wrong'],
    ['no stream', change(0, { stream: undefined }), 'stream is missing'],
    ['another node', change(0, { kubernetes: { namespace: 'shop', pod: { name: 'cri-7d9c5b6f8-x2x4z' }, container: { name: 'app' }, node: { name: 'node-2' } } }), 'kubernetes.node.name is wrong'],
    ['an offset as text', change(0, { log: { offset: '5' } }), 'log.offset is wrong'],
    ['a status as text', change(web, { http: { ...(stored[web]?.source['http'] as object), response: { status_code: '200', bytes: 512 } } }), 'http.response.status_code is wrong'],
    ['a line that nobody sent', [...stored, { id: 'x', source: { message: 'hello' } }], 'a document of nothing that was sent'],
  ])('finds %s', (_, documents, what) => {
    const compared = compare(all, documents, 'node-1');
    expect(compared).toMatchObject({ lost: 0, doubled: 0, wrong: 1 });
    expect(compared.notes).toEqual([expect.stringContaining(what)]);
  });

  it('names a field by its dots', () => {
    expect(flatten({ a: { b: 1, c: [1] }, d: null })).toEqual([['a.b', 1], ['a.c', [1]], ['d', null]]);
  });
});

describe('the judgement of metrics', () => {
  const names = { cpu: { system: { cpu: { total: { norm: { pct: 0.5 } } } } }, memory: { system: { memory: { actual: { used: { pct: 0.5 } } } } }, load: { system: { load: { 1: 0.5 } } }, filesystem: { system: { filesystem: { used: { bytes: 5 } } } }, network: { system: { network: { in: { bytes: 5 } } } }, state_deployment: { kubernetes: { deployment: { replicas: { desired: 2 } } } }, state_pod: { kubernetes: { pod: { status: { phase: 'running' } } } }, state_node: { kubernetes: { node: { pod: { capacity: { total: 110 } } } } } };
  const sample = (seconds: number): readonly Stored[] => Object.entries(names).map(([name, values]) => ({ id: `${name} ${seconds}`, source: { '@timestamp': new Date(seconds * 1000).toISOString(), metricset: { name }, ...values } }));
  const samples = [0, 2, 4, 6].flatMap(sample);

  it('takes samples without a gap', () => {
    expect(judgeMetrics(samples, false)).toMatchObject({ lost: 0, doubled: 0, wrong: 0, notes: [], arrived: 32 });
  });

  it('finds a gap, a double, a missing metricset and a missing value', () => {
    expect(judgeMetrics([...samples, ...sample(60)], false)).toMatchObject({ lost: 1 });
    expect(judgeMetrics([...samples, ...sample(60)], true)).toMatchObject({ lost: 0 });
    expect(judgeMetrics([...samples, ...sample(6)], false)).toMatchObject({ doubled: 8 });
    expect(judgeMetrics(samples.filter(({ id }) => !id.startsWith('load')), false)).toMatchObject({ lost: 1, notes: ['no document of load'] });
    expect(judgeMetrics(samples.map((each) => (each.id === 'cpu 2' ? { ...each, source: { ...each.source, system: {} } } : each)), false)).toMatchObject({ wrong: 1 });
  });
});
