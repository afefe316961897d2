import type { VegaAnswers } from '@podscope/saved-objects';

const END = Date.parse('2026-11-23T08:15:00Z');
const WEB: readonly (readonly [string, number, number, number])[] = [
  ['frontend-7d9c-4kxq2', 3100, 180, 0],
  ['frontend-7d9c-8m2zp', 2950, 140, 540],
  ['frontend-7d9c-t5wfh', 1200, 40, 10],
];
const STORES: readonly (readonly [string, string, number, number])[] = [
  ['redis-primary-0', 'master', 5_400_000, 210],
  ['redis-replica-0', 'slave', 5_400_000, 160],
  ['redis-replica-1', 'slave', 1_900_000, 90],
];

/** Three web instances, one of which fails often, and a replica that falls behind. */
export function sampleMap(): VegaAnswers {
  return {
    web: {
      aggregations: {
        range: { buckets: [{ from: END - 900_000, to: END, doc_count: 7250 }] },
        instances: { buckets: WEB.map(([key, doc_count, writes, errors]) => ({ key, doc_count, writes: { doc_count: writes }, errors: { doc_count: errors } })) },
      },
    },
    stores: {
      aggregations: {
        instances: {
          buckets: STORES.map(([key, role, bytes, operations]) => ({ key, doc_count: 90, roles: { buckets: [{ key: role, doc_count: 90, last: { value: END } }] }, first: { value: 0 }, last: { value: bytes }, operations: { value: operations } })),
        },
      },
    },
  };
}
