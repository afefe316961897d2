import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isWithin } from './bound.ts';
import { conditionProbe } from './conditionProbe.ts';
import { httpProbe } from './httpProbe.ts';
import { not } from './probe.ts';
import { probeOf } from './probeOf.ts';
import { watchProbes } from './watchProbes.ts';

const { signal } = new AbortController();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: (count: number, authorization: string | undefined) => { readonly status?: number; readonly body?: string } | undefined): Promise<string> {
  let count = 0;
  const server = createServer((request, response) => {
    const given = answer((count += 1), request.headers.authorization);
    if (given !== undefined) response.writeHead(given.status ?? 200).end(given.body ?? '');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('httpProbe', () => {
  it('compares status, text and fields, and says what it found', async () => {
    const url = await serve((_count, authorization) => ({ status: authorization === 'Bearer t' ? 200 : 401, body: '{"items":[{"state":"up"}]}' }));
    const auth = { token: 't' };
    expect(await httpProbe({ url, auth }).check(signal)).toMatchObject({ holds: true });
    expect(await httpProbe({ url }).check(signal)).toMatchObject({ holds: false, finding: expect.stringMatching(/answered 401 .*not at least 200, at most 399/) });
    expect(await httpProbe({ url, status: [401, 403] }).check(signal)).toMatchObject({ holds: true });
    expect(await httpProbe({ url, auth, answer: { contains: 'state' } }).check(signal)).toMatchObject({ holds: true });
    expect(await httpProbe({ url, auth, answer: { field: 'items[0].state', equals: 'down' } }).check(signal)).toMatchObject({ holds: false, finding: expect.stringContaining('items[0].state (up) is not "down"') });
  });

  it('takes no answer for an answer, of which the opposite holds', async () => {
    const silent = await serve(() => undefined);
    expect(await httpProbe({ url: silent, timeLimit: '50ms' }).check(signal)).toMatchObject({ holds: false, finding: expect.stringContaining('did not answer within 50 ms') });
    const gone = await serve(() => ({}));
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await not(httpProbe({ url: gone })).check(signal)).toMatchObject({ holds: true, finding: expect.stringContaining('ECONNREFUSED') });
  });

  it('asks again within its time, and wants it to hold as long as told', async () => {
    const rising = await serve((count) => ({ status: count < 4 ? 503 : 200 }));
    expect(await httpProbe({ url: rising, within: '30s', every: '100ms' }).check(signal)).toMatchObject({ holds: true });
    const brief = await serve((count) => ({ status: count === 1 ? 200 : 503 }));
    expect(await httpProbe({ url: brief, for: '150ms', every: '100ms' }).check(signal)).toMatchObject({ holds: false });
  });

  it('logs in with what stands in the address, which fetch would refuse', async () => {
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    const url = await serve((_count, authorization) => ({ status: authorization === basic('jane@web:hu%sh') ? 200 : 401 }));
    for (const login of ['jane%40web:hu%25sh', 'jane%40web:hu%sh']) {
      const found = await httpProbe({ url: url.replace('//', `//${login}@`) }).check(signal);
      expect(found).toMatchObject({ holds: true });
      expect(found.finding).not.toContain('hu%');
    }
    expect(await httpProbe({ url: url.replace('//', '//joe:x@'), auth: { username: 'jane@web', password: 'hu%sh' } }).check(signal)).toMatchObject({ holds: true });
  });

  it('refuses what makes no sense, and shows no password', async () => {
    expect(() => httpProbe({ url: 'ftp://a/' })).toThrow(expect.objectContaining({ code: 'PROBE_INVALID' }));
    expect(() => probeOf({ kind: 'condition', object: { apiVersion: 'v1', kind: 'Pod', name: 'a' }, condition: 'Ready' })).toThrow(expect.objectContaining({ code: 'PROBE_TARGET_UNFIT' }));
    expect(httpProbe({ url: 'http://me:hush@127.0.0.1:1/' }).name).not.toContain('hush');
  });
});

it('knows bounds, and that nothing and what is no number are within none', () => {
  expect(isWithin(5, { atLeast: 5, below: 6 })).toBe(true);
  expect(isWithin('x', { atMost: 9 })).toBe(false);
  expect(isWithin(undefined, { atMost: 9 })).toBe(false);
  expect(isWithin(undefined, { exists: false })).toBe(true);
  expect(isWithin(0, { exists: false })).toBe(false);
  expect(isWithin(10.4, { equals: 10, tolerance: 0.5 })).toBe(true);
  for (const none of ['', ' ', true, false, [], {}]) expect(isWithin(none, { equals: none === true ? 1 : 0 }), JSON.stringify(none)).toBe(false);
  expect(isWithin('0', { equals: 0 })).toBe(true);
  expect(isWithin('warm', { matches: '^w', oneOf: ['warm', 'hot'] })).toBe(true);
});

it('compares two fields of an object, of which the server leaves one out when it is 0', async () => {
  const holds = async (status: object, sameAs = 'spec.replicas', replicas = 0) => {
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'n' }, spec: { replicas }, status };
    const api = { read: async () => object, watch: () => expect.unreachable() };
    return await conditionProbe({ api, object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'n', name: 'a' }, field: 'status.readyReplicas', sameAs }).check(signal);
  };
  expect(await holds({})).toMatchObject({ holds: true });
  expect(await holds({ readyReplicas: 2 }, 'spec.replicas', 2)).toMatchObject({ holds: true });
  expect(await holds({}, 'spec.replicas', 2)).toMatchObject({ holds: false });
  expect(await holds({}, 'spec.replcas', 2)).toMatchObject({ holds: false, finding: 'Deployment n/a has neither status.readyReplicas nor spec.replcas' });
});

describe('watchProbes', () => {
  it('tells of the first that holds, once, and watches no more', async () => {
    let asked = 0;
    const url = await serve((count) => {
      asked = count;
      return { status: count < 3 ? 200 : 500 };
    });
    const told: string[] = [];
    await watchProbes([httpProbe({ url, name: 'down', status: 500, every: '100ms' }), httpProbe({ url: 'http://127.0.0.1:1/', every: '100ms' })], { signal, onHolds: (probe) => void told.push(probe.name) });
    expect(told).toEqual(['down']);
    expect(asked).toBe(3);
  });

  it('ends with its signal, and takes a condition that nobody can ask any more for one that holds', async () => {
    const over = new AbortController();
    const watching = watchProbes([{ name: 'never', check: () => Promise.resolve({ holds: false, finding: '' }) }], { signal: over.signal, onHolds: () => expect.unreachable() });
    over.abort();
    await watching;
    const told: string[] = [];
    const blind = { name: 'blind', everyMs: 1, forMs: 0, once: () => Promise.resolve({ holds: false, finding: 'no cluster', answered: false as const }), check: () => Promise.resolve({ holds: false, finding: '' }) };
    await watchProbes([blind], { signal, unansweredTimes: 3, onHolds: (_probe, finding) => void told.push(finding) });
    expect(told).toEqual(['it could not be asked 3 times in a row: no cluster']);
  });
});
