import { expect, it } from 'vitest';
import { drawVega, vegaView } from '../drawVega.fixture.ts';
import { serviceMap } from './index.ts';
import { sampleMap } from './sample.ts';

type Row = Readonly<Record<string, number & string>>;

/** Rows of the data sets that Vega makes of the sample, or of other answers. */
async function dataOf(names: readonly string[], rows = sampleMap()): Promise<readonly (readonly Row[])[]> {
  const found: (readonly Row[])[] = [];
  await serviceMap.preview({
    rows,
    draw: async (spec) => {
      const view = await vegaView(spec);
      found.push(...names.map((name) => view.data(name) as readonly Row[]));
      return '';
    },
  });
  return found;
}

it('weighs each way by what goes along it', async () => {
  const [asked, written, followed] = await dataOf(['asked', 'written', 'followed']);
  expect(asked?.map(({ source, name, rate }) => `${source} > ${name} ${Number(rate).toFixed(2)}`)).toEqual(['visitors > frontend-7d9c-4kxq2 3.44', 'visitors > frontend-7d9c-8m2zp 3.28', 'visitors > frontend-7d9c-t5wfh 1.33']);
  expect(written?.map(({ store, name, writes }) => `${name} > ${store} ${Number(writes).toFixed(2)}`)).toEqual(['frontend-7d9c-4kxq2 > redis-primary-0 0.20', 'frontend-7d9c-8m2zp > redis-primary-0 0.16', 'frontend-7d9c-t5wfh > redis-primary-0 0.04']);
  expect(followed?.map(({ source, name, bytes }) => `${source} > ${name} ${bytes}`)).toEqual(['redis-primary-0 > redis-replica-0 6000', 'redis-primary-0 > redis-replica-1 2111.1111111111113']);
});

it('colours an instance by its share of failing requests', async () => {
  const [instances] = await dataOf(['instances']);
  expect(instances?.map(({ failing }) => Number(failing).toFixed(3))).toEqual(['0.000', '0.183', '0.008']);
});

it('draws what is left when there is no primary, or nothing at all', async () => {
  const { web } = sampleMap();
  const [asked, written] = await dataOf(['asked', 'written'], { web: web ?? {}, stores: { aggregations: { instances: { buckets: [] } } } });
  expect([asked?.length, written?.length]).toEqual([3, 0]);
  expect(await serviceMap.preview({ draw: drawVega, rows: {} })).toContain('Replicas');
});

it('keeps a hundred instances apart, and leaves out the names that have no room', async () => {
  const bucket = (index: number) => ({ key: `frontend-${String(index).padStart(3, '0')}`, doc_count: 10 + index, writes: { doc_count: 1 }, errors: { doc_count: 0 } });
  const rows = { web: { aggregations: { range: { buckets: [{ from: 0, to: 60_000, doc_count: 1 }] }, instances: { buckets: Array.from({ length: 100 }, (_unused, index) => bucket(index)) } } }, stores: {} };
  const [instances] = await dataOf(['instances'], rows);
  expect(new Set(instances?.map(({ y }) => y)).size).toBe(100);
  const svg = await serviceMap.preview({ draw: drawVega, rows });
  expect([...svg.matchAll(/<text[^>]*opacity="0"[^>]*>frontend-/gu)]).toHaveLength(100);
});
