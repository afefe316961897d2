import { Client } from '@opensearch-project/opensearch';
import { isEmptyPlan } from '@podscope/core';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { applyPlan, defineIndexSetup, planFor } from '@podscope/index-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApacheDocument, FilebeatDocument, KubernetesDocument, MetricbeatDocument, RedisDocument } from '@podscope/core/catalogues';
import { indexClient, openSearchHttp } from '../targets/embedded/supervisor/opensearchHttp.ts';
import { carryOutRetention } from '../targets/embedded/supervisor/retention.ts';
import { dataStreams, type Family, workshopIndexSetup } from './setup.ts';

interface Documents {
  readonly filebeat: FilebeatDocument;
  readonly metricbeat: MetricbeatDocument;
  readonly kubernetes: KubernetesDocument;
  readonly redis: RedisDocument;
  readonly apache: ApacheDocument;
}

const at = '2026-03-01T12:00:00.000Z';
const kubernetes = { namespace: 'guestbook', pod: { name: 'frontend-1' }, node: { name: 'node-1' } };
const documents: Documents = {
  filebeat: { '@timestamp': at, message: 'disk is slow', log: { level: 'WARN', offset: 12 }, stream: 'stderr', kubernetes },
  metricbeat: {
    '@timestamp': at,
    metricset: { name: 'cpu' },
    system: { cpu: { total: { norm: { pct: 0.25 } }, cores: 2 }, load: { 1: 0.5, 5: 0.4, 15: 0.3 } },
  },
  kubernetes: {
    '@timestamp': at,
    message: '0/4 nodes are available',
    kubernetes: { ...kubernetes, event: { type: 'Warning', reason: 'FailedScheduling', count: 1 } },
  },
  redis: { '@timestamp': at, redis: { instance: 'redis-primary-0', role: 'master', mem_fragmentation_ratio: 1.1, master_link_up: true } },
  apache: {
    '@timestamp': at,
    message: '127.0.0.1 - - "GET / HTTP/1.1" 200 12',
    event: { dataset: 'access', duration_us: 1200 },
    http: { request: { method: 'GET' }, response: { status_code: 200, bytes: 12 } },
    source: { ip: '127.0.0.1' },
    url: { path: '/' },
    user_agent: { original: 'Mozilla/5.0' },
    kubernetes,
  },
};

describe('workshopIndexSetup on a real server', () => {
  let server: StartedOpenSearch | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.6' });
    client = new Client({ node: server.url });
    await applyPlan(client, await planFor(client, workshopIndexSetup));
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  it('plans nothing after it was applied', async () => {
    const plan = await planFor(client, workshopIndexSetup);
    expect(plan.changes.filter(({ action }) => action !== 'none')).toEqual([]);
    expect(isEmptyPlan(plan)).toBe(true);
  });

  it.each(Object.keys(documents) as Family[])('stores a document of %s under its mapping', async (family) => {
    const index = dataStreams[family];
    const document: object = documents[family];
    await client.create({ index, id: 'one', body: document, refresh: true });
    const found = await client.search({ index: `${family}-*`, body: { query: { match_all: {} } } });
    expect(found.body.hits.hits).toHaveLength(1);
    const expected = family === 'filebeat' ? { ...document, log: { level: 'warn', offset: 12 } } : document;
    expect(found.body.hits.hits[0]?._source).toEqual(expected);
  });

  it.each(Object.keys(documents) as Family[])('refuses a field of %s that is in no catalogue', async (family) => {
    const body = { ...documents[family], surprise: 1 };
    await expect(client.create({ index: dataStreams[family], id: 'two', body })).rejects.toThrow(/strict_dynamic_mapping_exception/u);
  });

  it('takes a new field as it stands after an update, and another type by rollover, in the data streams that it concerns only', async () => {
    const { 'podscope-redis': redis, ...others } = workshopIndexSetup.indexTemplates;
    const mappings = redis?.template?.mappings as { readonly properties: Readonly<Record<string, unknown>> };
    const withLater = (type: string) =>
      defineIndexSetup({
        ...workshopIndexSetup,
        indexTemplates: { ...others, 'podscope-redis': { index_patterns: ['redis-*'], ...redis, template: { mappings: { ...mappings, properties: { ...mappings.properties, later: { type } } } } } },
      });
    const generations = async () => {
      const { body } = await client.indices.getDataStream();
      return Object.fromEntries((body.data_streams ?? []).map(({ name, generation }) => [name, generation]));
    };
    const all = Object.fromEntries(Object.values(dataStreams).map((name) => [name, 1]));
    await applyPlan(client, await planFor(client, withLater('long')));
    await client.create({ index: dataStreams.redis, id: 'later', body: { ...documents.redis, later: 7 } });
    expect(await generations()).toEqual(all);
    await applyPlan(client, await planFor(client, withLater('keyword')));
    expect(await generations()).toEqual({ ...all, [dataStreams.redis]: 2 });
    expect(isEmptyPlan(await planFor(client, withLater('keyword')))).toBe(true);
  });

  it('deletes what was rolled over two weeks ago, and nothing that is written to', async () => {
    const lines: string[] = [];
    const log = { write: (level: string, part: string, message: string) => void lines.push(`${level} ${part}: ${message}`) };
    const ask = indexClient(openSearchHttp(server?.url ?? ''));
    const round = (days: number) => carryOutRetention({ client: ask, setup: workshopIndexSetup, log, now: Date.now() + days * 86_400_000 });
    const indicesOf = async (name: string) => ((await client.indices.getDataStream({ name })).body.data_streams ?? []).flatMap(({ indices }) => indices.map(({ index_name: index }) => index));
    await client.indices.rollover({ alias: dataStreams.apache });
    const [old, current] = await indicesOf(dataStreams.apache);
    await round(13);
    expect(await indicesOf(dataStreams.apache)).toEqual([old, current]);
    await round(15);
    expect(await indicesOf(dataStreams.apache)).toEqual([current]);
    expect(await indicesOf(dataStreams.filebeat)).toHaveLength(1);
    expect(lines.filter((line) => line.includes('apache'))).toEqual([expect.stringMatching(`^info retention: delete ${old}: deleted `)]);
    // The server decides by its own clock whether an index is old enough to be rolled over.
    expect(lines.filter((line) => line.startsWith('info retention: rollover') || line.startsWith('warning'))).toEqual([]);
  });

  it('is green on one node', async () => {
    const health = await client.cluster.health({ wait_for_status: 'green', timeout: '10s' });
    expect(health.body.status).toBe('green');
  });
});
