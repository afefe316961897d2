import { Client } from '@opensearch-project/opensearch';
import { mappingOf } from '@podscope/core';
import { type RequestOptions, type SearchResponse, vegaRequestsFor, vegaViewOf } from '@podscope/dashboard-renderer';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { bundle, type Visualization } from '@podscope/saved-objects';
import type { View } from 'vega';
import { apache, metricbeat, redis } from '../dashboards/dataViews.ts';
import { sampleDocuments } from '../dashboards/sampleDocuments.fixture.ts';
import { correlationStrip } from './correlation-strip/index.ts';
import { vegaView } from './drawVega.fixture.ts';
import { podTimeline } from './pod-timeline/index.ts';
import { serviceMap } from './service-map/index.ts';

/** When the sample documents end. */
export const now = Date.parse('2026-11-23T08:15:07.000Z');
export const timeRange = { from: 'now-15m', to: 'now' };
export const documents = sampleDocuments(now);

/** One of each kind, over the sample documents. */
export const pods = podTimeline('pods', 'Pods', metricbeat, { fields: { time: '@timestamp', pod: 'kubernetes.pod.name', phase: 'kubernetes.pod.status.phase' }, filter: 'metricset.name: "state_pod"' });
export const strip = correlationStrip('strip', 'Strip', apache, {
  fields: { time: '@timestamp' },
  views: { metric: { view: redis, fields: { time: '@timestamp', value: 'redis.mem_fragmentation_ratio' } } },
  options: { trouble: 'http.response.status_code:[400 TO *]', metric: 'max', metricFilter: 'redis.role:slave' },
});
export const map = serviceMap('map', 'Map', apache, {
  fields: { time: '@timestamp', instance: 'kubernetes.pod.name', method: 'http.request.method', status: 'http.response.status_code' },
  views: { store: { view: redis, fields: { time: '@timestamp', instance: 'redis.instance', role: 'redis.role', offset: 'redis.master_repl_offset', operations: 'redis.instantaneous_ops_per_sec' } } },
  options: { write: 'GET' },
});

/** A server with the sample documents in it. */
export interface SampleServer extends AsyncDisposable {
  readonly client: Client;
  /** What Vega makes of the server's own answers to the searches that the page sends, or to others made of them. */
  draw(visualization: Visualization, options?: Partial<RequestOptions>, send?: (body: object) => object): Promise<View>;
}

export async function startSampleServer(version: string): Promise<SampleServer> {
  const server = await startOpenSearch({ version });
  const client = new Client({ node: server.url });
  const end = async (): Promise<void> => {
    await client.close();
    await server.stop();
  };
  try {
    for (const { pattern, fields } of [apache, metricbeat, redis]) {
      const index = pattern.replace('*', 'sample');
      await client.indices.create({ index, body: { mappings: mappingOf(fields) as object, settings: { number_of_replicas: 0 } } });
      const lines = documents[pattern as keyof typeof documents].flatMap((document) => [{ index: { _index: index } }, document]);
      const { body } = await client.bulk({ body: lines as Record<string, unknown>[], refresh: true });
      if (body.errors) throw new Error('A sample document was refused.');
    }
  } catch (error) {
    await end();
    throw error;
  }
  return {
    client,
    async draw(visualization, options = {}, send = (body) => body) {
      const { objects } = bundle(visualization);
      const requests = vegaRequestsFor(visualization.object, objects, { timeRange, now, ...options });
      const { body } = await client.msearch({ body: requests.flatMap(({ index, body: search }) => [{ index }, send(search)]) as Record<string, unknown>[] });
      const answers = new Map(requests.map(({ name }, index) => {
        const response = body.responses[index] as SearchResponse & { readonly error?: unknown };
        if (response.error !== undefined) throw new Error(`${name}: ${JSON.stringify(response.error)}`);
        return [name, response] as const;
      }));
      return vegaView({ ...(vegaViewOf(visualization.object, answers, { theme: 'light' }).spec as Record<string, never>), width: 640, height: 320 });
    },
    [Symbol.asyncDispose]: end,
  };
}
