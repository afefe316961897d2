import { expect, it } from 'vitest';
import { metricbeat } from '../../dashboards/dataViews.ts';
import { drawVega, vegaView } from '../drawVega.fixture.ts';
import { podTimeline } from './index.ts';

interface Segment {
  readonly name: string;
  readonly state: string;
  readonly from: number;
  readonly to: number;
}

async function segments(): Promise<readonly Segment[]> {
  const rows: Segment[] = [];
  await podTimeline.preview({ draw: async (spec) => (rows.push(...(await vegaView(spec)).data('segments')), '') });
  return rows;
}

it('has a bar for each phase of each pod, and each phase lasts until the next', async () => {
  const found = await segments();
  const of = (pod: string) => found.filter(({ name }) => name === pod).map(({ state, from, to }) => [state, (to - from) / 60_000]);
  expect(found).toHaveLength(13);
  expect(of('frontend-7d9c-4kxq2')).toEqual([['running', 9]]);
  // Samples of two phases are ten seconds apart; the bar has no hole there.
  expect(of('frontend-5b6f-2nvcd').map(([state, minutes]) => [state, Number(minutes).toFixed(2)])).toEqual([['pending', '0.80'], ['running', '8.20']]);
  expect(of('frontend-5b6f-zz4lm')).toEqual([['pending', 3]]);
});

it('draws the pods that came first at the top, in the colours of their phases', async () => {
  const svg = await podTimeline.preview({ draw: drawVega });
  expect([...svg.matchAll(/>((?:frontend|redis)-[\w-]+)</gu)].map(([, name]) => name).slice(-3)).toEqual(['frontend-5b6f-9x7gk', 'redis-replica-1', 'frontend-5b6f-zz4lm']);
  expect(svg.match(/fill="#E7664C"/gu)).toHaveLength(2);
  expect(await podTimeline.preview({ draw: drawVega, options: { legend: false } })).not.toContain('succeeded');
});

it('draws nothing, and fails at nothing, where no pod was seen', async () => {
  expect(await podTimeline.preview({ draw: drawVega, rows: { answer: { aggregations: { range: { buckets: [{ from: 0, to: 60_000, doc_count: 0 }] }, pods: { buckets: [] } } } } })).toContain('<svg');
  expect(await podTimeline.preview({ draw: drawVega, rows: {} })).toContain('<svg');
});

it('takes only fields that are what they stand for', () => {
  expect(() => podTimeline('a', 'A', metricbeat, { fields: { time: '@timestamp', pod: 'kubernetes.pod.name', phase: 'kubernetes.pod.status.phase' } })).not.toThrow();
  // @ts-expect-error a number is no phase
  expect(() => podTimeline('a', 'A', metricbeat, { fields: { time: '@timestamp', pod: 'kubernetes.pod.name', phase: 'system.load.1' } })).toThrow(expect.objectContaining({ code: 'SAVED_OBJECT_FIELD_TYPE' }));
});
