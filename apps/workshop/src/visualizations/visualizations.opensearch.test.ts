import { type SearchResponse, vegaRequestsFor, vegaViewOf } from '@podscope/dashboard-renderer';
import { bundle, type Visualization } from '@podscope/saved-objects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vegaView } from './drawVega.fixture.ts';
import { documents, map, now, pods, type SampleServer, startSampleServer, strip, timeRange } from './sampleServer.fixture.ts';

describe('the workshop’s own visualizations on a real server', () => {
  let server: SampleServer;
  const draw: SampleServer['draw'] = (...asked) => server.draw(...asked);

  beforeAll(async () => {
    server = await startSampleServer('2.19.6');
  });

  afterAll(() => server?.[Symbol.asyncDispose]());

  it('pod-timeline has each pod and phase that there are documents of', async () => {
    const view = await draw(pods);
    const seen = new Map<string, number[]>();
    for (const { '@timestamp': time, kubernetes, metricset } of documents['metricbeat-*']) {
      if (metricset.name !== 'state_pod') continue;
      const key = `${kubernetes?.pod?.name} ${kubernetes?.pod?.status?.phase}`;
      seen.set(key, [...(seen.get(key) ?? []), Number(time)]);
    }
    expect(seen.size).toBe(12);
    const drawn = view.data('segments').map(({ name, state, from, to }) => [`${name} ${state}`, from, to]);
    expect(drawn.sort()).toEqual([...seen].map(([key, times]) => [key, Math.min(...times), Math.max(...times)]).sort());
    const [range] = view.data('range');
    expect([range.bucket.from, range.bucket.to]).toEqual([now - 900_000, now]);
  });

  it('pod-timeline follows the filters of the page', async () => {
    const one = await draw(pods, { filters: [{ field: 'kubernetes.pod.name', value: 'frontend-2' }] });
    expect(one.data('segments').map(({ name }) => name)).toEqual(['frontend-2']);
    const others = await draw(pods, { query: 'not kubernetes.pod.name: "frontend-2"' });
    expect(others.data('segments')).toHaveLength(11);
    // Long ago there was nothing, and that is no error.
    expect((await draw(pods, { timeRange: { from: 'now-5y', to: 'now-4y' } })).data('segments')).toEqual([]);
  });

  it('correlation-strip counts the lines and averages the samples of each interval', async () => {
    const view = await draw(strip);
    const counts = view.data('counts') as readonly { readonly lines: number; readonly trouble: number; readonly t: number }[];
    const lines = documents['apache-*'].filter((line) => Number(line['@timestamp']) <= now);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(view.signal('step')).toBe(30_000);
    expect(sum(counts.map((count) => count.lines))).toBe(lines.length);
    expect(sum(counts.map(({ trouble }) => trouble))).toBe(lines.filter(({ http }) => (http?.response?.status_code ?? 0) >= 400).length);
    const ratios = documents['redis-*'].filter((sample) => sample.redis.role === 'slave');
    const values = view.data('values') as readonly { readonly t: number; readonly value: number }[];
    for (const { t, value } of values) {
      const within = ratios.filter((sample) => Number(sample['@timestamp']) >= t && Number(sample['@timestamp']) < t + 30_000);
      expect(value).toBeCloseTo(Math.max(...within.map((sample) => sample.redis.mem_fragmentation_ratio ?? 0)), 9);
    }
    expect(values.length).toBeGreaterThan(28);
    expect(view.data('fit')).toHaveLength(1);
  });

  it('service-map has every instance, and what goes between them', async () => {
    const view = await draw(map);
    const lines = documents['apache-*'].filter((line) => Number(line['@timestamp']) <= now);
    const by = (pod: string) => lines.filter(({ kubernetes }) => kubernetes?.pod?.name === pod).length;
    expect(view.data('visitors').map(({ rate }) => rate)).toEqual([lines.length / 900]);
    const instances = view.data('instances');
    expect(instances).toHaveLength(3);
    for (const { name, rate, writes } of instances) expect([rate, writes]).toEqual([by(name) / 900, by(name) / 900]);
    expect(view.data('primaries').map(({ name }) => name)).toEqual(['redis-primary-0']);
    expect(view.data('replicas').map(({ name }) => name).sort()).toEqual(['redis-replica-0', 'redis-replica-1']);
  });

  it('draws empty pictures, and no errors, before there is any index', async () => {
    for (const visualization of [pods, strip, map] satisfies readonly Visualization[]) {
      const { objects } = bundle(visualization);
      const requests = vegaRequestsFor(visualization.object, objects, { timeRange, now });
      const { body } = await server.client.msearch({ body: requests.flatMap((request) => [{ index: 'nothing-*' }, request.body]) as Record<string, unknown>[] });
      const answers = new Map(requests.map(({ name }, index) => [name, body.responses[index] as SearchResponse] as const));
      await vegaView({ ...(vegaViewOf(visualization.object, answers, { theme: 'dark' }).spec as Record<string, never>), width: 640, height: 320 });
    }
  });

  it('is asked by OpenSearch Dashboards in words that the server takes', async () => {
    // It writes a bare interval where Kibana writes a fixed or calendar one.
    const bare = (body: object) => JSON.parse(JSON.stringify(body).replaceAll(/"(?:fixed|calendar)_interval"/gu, '"interval"')) as object;
    const valuesOf = async (send: (body: object) => object) => (await draw(strip, {}, send)).data('values').map(({ t, value }) => [t, value]);
    expect(await valuesOf(bare)).toEqual(await valuesOf((body) => body));
  });
});
