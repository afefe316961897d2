import { mappingOf } from '@podscope/core';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { createHuntRandom, type HuntFacts, type SearchAnswer, type SearchBody } from '@podscope/mystery-hunts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apacheFields, kubernetesFields, metricbeatFields, redisFields } from '@podscope/core/catalogues';
import { drawFragmented } from './fragmented-redis/truth.ts';
import { drawNotFound } from './not-found-storm/truth.ts';
import { fragmentedRedis } from './fragmented-redis/index.ts';
import { notFoundStorm } from './not-found-storm/index.ts';
import type { PublicState } from './publicState.ts';
import { baselineState } from './publicState.fixture.ts';
import { runawayReplicas } from './runaway-replicas/index.ts';
import { drawRunaway } from './runaway-replicas/truth.ts';

const INDICES = { 'apache-test': apacheFields, 'kubernetes-test': kubernetesFields, 'metricbeat-test': metricbeatFields, 'redis-test': redisFields };
let server: StartedOpenSearch;

async function call(method: string, path: string, body?: string): Promise<unknown> {
  const response = await fetch(new URL(path, server.url), { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return await response.json();
}
const search = async (index: string, body: SearchBody) => (await call('POST', `/${index}/_search`, JSON.stringify(body))) as SearchAnswer;

type Document = Readonly<Record<string, unknown>>;
async function write(index: keyof typeof INDICES, documents: readonly Document[]): Promise<void> {
  const lines = documents.flatMap((document) => [JSON.stringify({ index: { _index: index } }), JSON.stringify(document)]);
  const answer = (await call('POST', '/_bulk?refresh=true', `${lines.join('\n')}\n`)) as { errors: boolean };
  expect(answer.errors).toBe(false);
}

beforeAll(async () => {
  server = await startOpenSearch({ version: '2.19.6' });
  for (const [index, fields] of Object.entries(INDICES)) {
    await call('PUT', `/${index}`, JSON.stringify({ mappings: mappingOf(fields), settings: { number_of_replicas: 0 } }));
  }
});
afterAll(() => server?.stop());
beforeEach(() => call('POST', '/*-test/_delete_by_query?refresh=true&conflicts=proceed', JSON.stringify({ query: { match_all: {} } })));

const at = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1_000).toISOString();
const access = (secondsAgo: number, path: string, status: number, more: Document = {}): Document => ({
  '@timestamp': at(secondsAgo), message: 'x', event: { dataset: 'access' }, url: { path }, http: { request: { method: 'GET' }, response: { status_code: status } }, source: { ip: '192.0.2.200' }, ...more,
});
/** Visitors who are being served now. */
const served = () => write('apache-test', [1, 2, 3].map((seconds) => access(seconds, '/', 200)));

/** An attempt that began a minute ago. */
const factsOf = <Truth>(truth: Truth, baseline: PublicState): HuntFacts<Truth, PublicState> => ({ truth, baseline, startedAt: at(60) });
const evidenceOf = (state: PublicState) => ({ search, state: async () => state });

describe('runaway-replicas', () => {
  const baseline = baselineState();
  const truth = drawRunaway(createHuntRandom('a'), baseline);
  const sample = (secondsAgo: number, desired: number, unavailable: number): Document => ({
    '@timestamp': at(secondsAgo), metricset: { name: 'state_deployment' },
    kubernetes: { deployment: { name: 'frontend', replicas: { desired, available: desired - unavailable, unavailable } } },
  });
  const stateWith = (desired: number): PublicState => ({
    ...baseline,
    deployments: baseline.deployments.map((each) => (each.name === 'frontend' ? { ...each, desired, available: desired } : each)),
  });
  const check = (state: PublicState) => runawayReplicas.check(evidenceOf(state), factsOf(truth, baseline));
  const storm = () => sample(40, truth.replicas, truth.pending);

  it('has 39 web pods of room', () => expect(truth.room).toBe(39));

  it('fails on a healthy system, while the storm lasts, and when scaled to zero', async () => {
    await served();
    await write('metricbeat-test', [sample(7, 3, 0), sample(2, 3, 0)]);
    expect(await check(stateWith(3))).toMatchObject({ passed: false, message: expect.stringContaining('symptom') });
    await write('metricbeat-test', [storm(), sample(1, truth.replicas, truth.pending)]);
    expect(await check(stateWith(truth.replicas))).toMatchObject({ passed: false, message: expect.stringContaining('more is asked for') });
    await write('metricbeat-test', [sample(0.5, 0, 0), sample(0.2, 0, 0)]);
    expect(await check(stateWith(0))).toMatchObject({ passed: false, message: expect.stringContaining('too few') });
  });

  it.each([2, 3, 10, 39])('passes with %i replicas that last', async (replicas) => {
    await served();
    await write('metricbeat-test', [storm(), sample(7, replicas, 0), sample(2, replicas, 0)]);
    expect(await check(stateWith(replicas))).toMatchObject({ passed: true });
  });

  it('needs two fresh samples, visitors who are served, and the symptom since the start', async () => {
    await write('metricbeat-test', [storm(), sample(2, 3, 0)]);
    expect(await check(stateWith(3))).toMatchObject({ passed: false });
    await write('metricbeat-test', [sample(7, 3, 0)]);
    expect(await check(stateWith(3))).toMatchObject({ passed: false, message: expect.stringContaining('Nobody is served') });
    await served();
    expect(await check(stateWith(3))).toMatchObject({ passed: true });
    await call('POST', '/metricbeat-test/_delete_by_query?refresh=true', JSON.stringify({ query: { range: { 'kubernetes.deployment.replicas.unavailable': { gte: 10 } } } }));
    expect(await check(stateWith(3))).toMatchObject({ passed: false, message: expect.stringContaining('symptom') });
    await write('metricbeat-test', [sample(90, truth.replicas, truth.pending)]);
    expect(await check(stateWith(3))).toMatchObject({ passed: false, message: expect.stringContaining('symptom') });
  });
});

describe('not-found-storm', () => {
  const baseline = baselineState();
  const truth = drawNotFound(createHuntRandom('b'), baseline);
  const storm = (secondsAgo: number) => truth.paths.map((path) => access(secondsAgo, path, 404, { source: { ip: truth.address } }));
  const check = (state: PublicState = baseline) => notFoundStorm.check(evidenceOf(state), factsOf(truth, baseline));

  it('fails on a healthy system and while the storm lasts, passes when it is over', async () => {
    await served();
    await write('apache-test', [access(20, '/robots.txt', 404)]);
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('symptom') });
    await write('apache-test', [30, 25, 20].flatMap(storm));
    expect(await check()).toMatchObject({ passed: true });
    await write('apache-test', storm(3));
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('still there') });
  });

  it('fails when the documents of the symptom are removed from the index', async () => {
    await served();
    await write('apache-test', [30, 25, 20].flatMap(storm));
    expect(await check()).toMatchObject({ passed: true });
    await call('POST', '/apache-test/_delete_by_query?refresh=true', JSON.stringify({ query: { term: { 'http.response.status_code': 404 } } }));
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('symptom') });
  });

  it('fails when the web tier is gone, the visitors are stopped, or nobody is served', async () => {
    await write('apache-test', [30, 25, 20].flatMap(storm));
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('Nobody is served') });
    await served();
    expect(await check({ ...baseline, clients: [] })).toMatchObject({ passed: false, message: expect.stringContaining('visitors') });
    const gone = baseline.deployments.map((each) => (each.name === 'frontend' ? { ...each, desired: 0, available: 0 } : each));
    expect(await check({ ...baseline, deployments: gone })).toMatchObject({ passed: false, message: expect.stringContaining('too small') });
  });
});

describe('fragmented-redis', () => {
  const baseline = baselineState();
  const truth = drawFragmented(createHuntRandom('c'), baseline);
  const instances = [...truth.fragmented, ...truth.spared];
  const KEYS = 19_000;
  const sample = (secondsAgo: number, instance: string, more: Document = {}): Document => ({
    '@timestamp': at(secondsAgo),
    redis: {
      instance, role: instance.startsWith('redis-primary') ? 'master' : 'slave', master_link_up: true, keys: KEYS,
      mem_fragmentation_bytes: 9_000_000, allocator_frag_ratio: 1.01, uptime_in_seconds: 5_000, ...more,
    },
  });
  const fragmented = { mem_fragmentation_bytes: 165_000_000, allocator_frag_ratio: 2.49, keys: KEYS + 40_000 };
  const purged = { ...fragmented, mem_fragmentation_bytes: 151_000_000 };
  const both = (more: (instance: string) => Document = () => ({})) => instances.flatMap((instance) => [sample(7, instance, more(instance)), sample(2, instance, more(instance))]);
  const before = () => instances.map((instance) => sample(65, instance));
  const symptom = () => truth.fragmented.map((instance) => sample(40, instance, fragmented));
  const check = (state: PublicState = baseline) => fragmentedRedis.check(evidenceOf(state), factsOf(truth, baseline));

  it('fails on a healthy system, while it lasts, and after MEMORY PURGE alone', async () => {
    await write('redis-test', [...before(), ...both()]);
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('symptom') });
    await write('redis-test', [...symptom(), ...instances.map((instance) => sample(1, instance, purged))]);
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('still show') });
  });

  it('does not take one of the two figures for whole memory', async () => {
    await write('redis-test', [...before(), ...symptom(), ...both(() => ({ mem_fragmentation_bytes: 163_000_000, allocator_frag_ratio: 1.04 }))]);
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('still show') });
  });

  it('passes after the keys are removed and purged', async () => {
    await write('redis-test', [...before(), ...symptom(), ...both(() => ({ mem_fragmentation_bytes: 18_000_000, allocator_frag_ratio: 1.13 }))]);
    expect(await check()).toMatchObject({ passed: true });
  });

  /** Events of a restart: down from then, up again after as long. */
  const restart = (instance: string, secondsAgo: number, seconds: number): Document[] =>
    [['Killing', secondsAgo] as const, ['Started', secondsAgo - seconds] as const].map(([reason, when]) => ({
      '@timestamp': at(when), message: reason, kubernetes: { event: { type: 'Normal', reason, involved_object: { kind: 'Pod', name: instance } } },
    }));

  it('passes after restarts one by one, however quickly they follow, and whatever was before the start', async () => {
    await write('redis-test', [...before(), ...symptom(), ...both()]);
    await write('kubernetes-test', instances.flatMap((instance) => restart(instance, 70, 1)));
    await write('kubernetes-test', instances.flatMap((instance, index) => restart(instance, 30 - index, 0.9)));
    expect(await check()).toMatchObject({ passed: true });
  });

  it('fails when every instance was down at the same moment, also when one of them crashed', async () => {
    await write('redis-test', [...before(), ...symptom(), ...both()]);
    await write('kubernetes-test', instances.slice(1).flatMap((instance, index) => restart(instance, 30 - index * 0.1, 2)));
    expect(await check()).toMatchObject({ passed: true });
    await write('kubernetes-test', restart(instances[0] ?? '', 29.5, 1).slice(1));
    const crash = { '@timestamp': at(29.5), message: 'x', kubernetes: { event: { type: 'Warning', reason: 'BackOff', involved_object: { kind: 'Pod', name: instances[0] } } } };
    await write('kubernetes-test', [crash]);
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('same time') });
  });

  it('fails when the documents of the symptom are removed from the index', async () => {
    await write('redis-test', [...before(), ...symptom(), ...both()]);
    expect(await check()).toMatchObject({ passed: true });
    await call('POST', '/redis-test/_delete_by_query?refresh=true', JSON.stringify({ query: { range: { 'redis.allocator_frag_ratio': { gte: 1.6 } } } }));
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('symptom') });
  });

  it('does not count what an earlier attempt had left before the start', async () => {
    await write('redis-test', [...before(), ...instances.map((instance) => sample(61, instance, { keys: KEYS + 40_000 })), ...symptom(), ...both()]);
    expect(await check()).toMatchObject({ passed: true });
  });

  it('fails when reading failed for a while', async () => {
    await write('redis-test', [...before(), ...symptom(), ...both()]);
    const second = new Date(Math.floor(Date.now() / 1000 - 20) * 1000).toISOString();
    await write('apache-test', Array.from({ length: 6 }, (_, index) => ({ ...access(0, '/', index < 5 ? 503 : 200), '@timestamp': second })));
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('5xx') });
  });

  it('fails when data was lost, replication is broken, or the guestbook does not answer', async () => {
    await write('redis-test', [...before(), ...symptom(), ...both()]);
    expect(await check({ ...baseline, entries: 11 })).toMatchObject({ passed: false, message: expect.stringContaining('Entries') });
    expect(await check({ ...baseline, entries: null })).toMatchObject({ passed: false, message: expect.stringContaining('does not answer') });
    const post = (secondsAgo: number, status: number) => access(secondsAgo, '/entries', status, { http: { request: { method: 'POST' }, response: { status_code: status } } });
    await write('apache-test', [post(70, 303), post(59, 303), post(30, 303), post(20, 303), post(10, 503)]);
    // Two were written since the start; the one before and the one that failed don't count.
    expect(await check({ ...baseline, entries: 13 })).toMatchObject({ passed: false, message: expect.stringContaining('Entries') });
    expect(await check({ ...baseline, entries: 14 })).toMatchObject({ passed: true });
    await write('redis-test', instances.map((instance) => sample(1, instance, { keys: 1 })));
    expect(await check()).toMatchObject({ passed: false, message: expect.stringContaining('fewer keys') });
    await write('redis-test', instances.map((instance) => sample(0.5, instance, { master_link_up: false })));
    expect(await check({ ...baseline, entries: 14 })).toMatchObject({ passed: false, message: expect.stringContaining('Replication') });
  });
});
