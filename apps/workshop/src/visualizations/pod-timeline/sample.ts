import type { VegaAnswers } from '@podscope/saved-objects';

const END = Date.parse('2026-11-23T08:15:00Z');
const MINUTE = 60_000;

/** Each pod's phases: name of the phase, first and last minute before the end. */
const PODS: Readonly<Record<string, readonly (readonly [string, number, number])[]>> = {
  'frontend-7d9c-4kxq2': [['running', 15, 6]],
  'frontend-7d9c-8m2zp': [['running', 15, 7]],
  'frontend-7d9c-t5wfh': [['running', 15, 0]],
  'redis-primary-0': [['running', 15, 0]],
  'redis-replica-0': [['running', 15, 5], ['failed', 5, 4]],
  'frontend-5b6f-2nvcd': [['pending', 9, 8.4], ['running', 8.2, 0]],
  'frontend-5b6f-9x7gk': [['pending', 9, 7.5], ['running', 7.3, 0]],
  'redis-replica-1': [['pending', 4.5, 4], ['running', 3.8, 0]],
  'frontend-5b6f-zz4lm': [['pending', 3, 0]],
};

/** A rollout in which a pod finds no place, and a replica that fails. */
export function samplePods(): VegaAnswers {
  const at = (minutes: number) => ({ value: END - minutes * MINUTE });
  return {
    answer: {
      aggregations: {
        range: { buckets: [{ from: END - 15 * MINUTE, to: END, doc_count: 700 }] },
        pods: {
          buckets: Object.entries(PODS).map(([key, phases]) => ({
            key,
            doc_count: 90,
            first: at(phases[0]?.[1] ?? 0),
            phases: { buckets: phases.map(([phase, from, to]) => ({ key: phase, doc_count: 10, from: at(from), to: at(to) })) },
          })),
        },
      },
    },
  };
}
