import type { VegaAnswers } from '@podscope/saved-objects';

const END = Date.parse('2026-11-23T08:15:00Z');
const STEP = 30_000;
const BARS = 30;

/** Trouble in the middle of the range, and a metric that rises with it and stays up a little longer. */
export function sampleStrip(): VegaAnswers {
  const bars = Array.from({ length: BARS }, (_unused, index) => {
    const storm = Math.max(0, 1 - Math.abs(index - 17) / 5);
    const late = Math.max(0, 1 - Math.abs(index - 18.5) / 6);
    return { key: END - (BARS - index) * STEP, doc_count: 60 + ((index * 7) % 11), trouble: { doc_count: Math.round(48 * storm) + (index % 3) }, value: { value: 0.22 + 0.5 * late + ((index * 5) % 7) / 100 } };
  });
  return {
    logs: {
      aggregations: {
        range: { buckets: [{ from: END - BARS * STEP, to: END, doc_count: 1 }] },
        times: { buckets: bars.map(({ key, doc_count, trouble }) => ({ key, doc_count, trouble })) },
      },
    },
    samples: { aggregations: { times: { buckets: bars.map(({ key, value }) => ({ key, doc_count: 3, value })) } } },
  };
}
