import { expect, it } from 'vitest';
import { apache, metricbeat } from '../../dashboards/dataViews.ts';
import { drawVega, vegaView } from '../drawVega.fixture.ts';
import { correlationStrip } from './index.ts';

const START = Date.parse('2026-11-23T08:00:00Z');

/** What Vega makes of pairs of trouble and metric, a minute apart. */
async function fitOf(pairs: readonly (readonly [trouble: number, value: number | null])[]): Promise<{ readonly fit: readonly { readonly r: number }[]; readonly step: number }> {
  const bars = pairs.map(([trouble, value], index) => ({ key: START + index * 60_000, doc_count: 50, trouble: { doc_count: trouble }, value: { value } }));
  const found: { fit: readonly { r: number }[]; step: number }[] = [];
  await correlationStrip.preview({
    rows: {
      logs: { aggregations: { range: { buckets: [{ from: START, to: START + 600_000, doc_count: 1 }] }, times: { buckets: bars } } },
      samples: { aggregations: { times: { buckets: bars } } },
    },
    draw: async (spec) => {
      const view = await vegaView(spec);
      found.push({ fit: view.data('fit'), step: view.signal('step') });
      return '';
    },
  });
  return found[0] ?? { fit: [], step: 0 };
}

it('tells how much both go together', async () => {
  const up = await fitOf([[1, 10], [2, 20], [3, 30], [9, 90]]);
  expect(up.fit[0]?.r).toBeCloseTo(1, 9);
  expect(up.step).toBe(60_000);
  expect((await fitOf([[1, 90], [2, 80], [3, 70]])).fit[0]?.r).toBeCloseTo(-1, 9);
  // By hand: covariance 6, variances 5 and 20.
  expect((await fitOf([[1, 2], [2, 7], [3, 4], [4, 7]])).fit[0]?.r).toBeCloseTo(6 / Math.sqrt(5 * 18), 9);
  // An interval without a sample says nothing.
  expect((await fitOf([[1, 10], [2, 20], [7, null], [3, 30]])).fit[0]?.r).toBeCloseTo(1, 9);
});

it('says nothing where there is nothing to compare', async () => {
  const rows = { logs: { aggregations: { range: { buckets: [{ from: 0, to: 60_000, doc_count: 0 }] }, times: { buckets: [] } } }, samples: { aggregations: { times: { buckets: [] } } } };
  const empty = await correlationStrip.preview({ draw: drawVega, rows });
  expect(empty).toContain('<svg');
  expect(empty).not.toContain('r = ');
  expect(await correlationStrip.preview({ draw: drawVega })).toContain('r = 0.84');
  expect((await fitOf([[1, 10]])).step).toBe(30_000);
});

it('reads two data views, each with its own fields', () => {
  const strip = correlationStrip('a', 'A', apache, {
    fields: { time: '@timestamp' },
    views: { metric: { view: metricbeat, fields: { time: '@timestamp', value: 'system.load.1' } } },
    options: { trouble: 'log.level:error' },
  });
  expect(strip.uses).toEqual([apache, metricbeat]);
  // @ts-expect-error the metric is of the other data view
  expect(() => correlationStrip('a', 'A', apache, { fields: { time: '@timestamp' }, views: { metric: { view: metricbeat, fields: { time: '@timestamp', value: 'event.duration_us' } } }, options: { trouble: '*' } })).toThrow(expect.objectContaining({ code: 'SAVED_OBJECT_FIELD_UNKNOWN' }));
});

it.each(['it’s "quoted" \\', "'+datum.x+'", '${x}', 'a\u2028b\nc', '<img src=x>', ''])('draws under the title %j', async (title) => {
  const svg = await correlationStrip.preview({ draw: drawVega, options: { troubleTitle: title, metricTitle: `m ${title}`, metricFormat: '.2f' } });
  expect(svg.match(/fill="#E7664C"/gu)).toHaveLength(31);
});

it.each([
  ['.0%', 0.996, /^\d+%$/],
  ['.1f', 7.02, /^\d+\.\d$/],
  ['~s', 5_000_000, /^[\d.]+M$/],
])('says no label of the metric twice, in the format %s', async (metricFormat, from, label) => {
  const bars = Array.from({ length: 10 }, (_unused, index) => ({ key: START + index * 60_000, doc_count: 50, trouble: { doc_count: 0 }, value: { value: from * (1 + index * 0.0004) } }));
  const svg = await correlationStrip.preview({
    options: { metricFormat },
    draw: drawVega,
    rows: { logs: { aggregations: { range: { buckets: [{ from: START, to: START + 600_000, doc_count: 1 }] }, times: { buckets: bars } } }, samples: { aggregations: { times: { buckets: bars } } } },
  });
  const labels = [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/gu)].map(([, text = '']) => text).filter((text) => label.test(text));
  expect(labels.length).toBeGreaterThan(0);
  expect(new Set(labels).size).toBe(labels.length);
});
