import { isPodscopeError } from '@podscope/core';
import type { Overview } from '../api/index.ts';
import type { ConsoleControl } from './control.ts';
import type { OpenSearchReader } from './opensearch.ts';
import type { RebuiltSearch } from './search/search.ts';
import { at, listAt, numberAt, textAt } from './answers.ts';

/** The five kinds of documents. */
const PATTERNS = ['filebeat-*', 'metricbeat-*', 'kubernetes-*', 'redis-*', 'apache-*'] as const;
const WINDOW_SECONDS = 30;
/** A sample older than this is of an instance that is gone. */
const NEWEST_SAMPLE = 'now-2m';
const MOST_PODS = 100;

const lately = { range: { '@timestamp': { gte: `now-${WINDOW_SECONDS}s`, lte: 'now' } } };

const SEARCHES: readonly RebuiltSearch[] = [
  ...PATTERNS.map((index) => ({
    index,
    body: { size: 0, track_total_hits: true, aggs: { lately: { filter: lately } } },
  })),
  {
    index: 'redis-*',
    body: {
      size: 0,
      query: { range: { '@timestamp': { gte: NEWEST_SAMPLE } } },
      aggs: {
        instances: {
          terms: { field: 'redis.instance', size: MOST_PODS, order: { _key: 'asc' } },
          aggs: { newest: { top_hits: { size: 1, sort: [{ '@timestamp': 'desc' }], _source: ['redis'] } } },
        },
      },
    },
  },
  {
    index: 'apache-*',
    body: {
      size: 0,
      query: { bool: { filter: [lately, { term: { 'event.dataset': 'access' } }] } },
      aggs: { pods: { terms: { field: 'kubernetes.pod.name', size: MOST_PODS, order: { _key: 'asc' } } } },
    },
  },
];

/** What runs, whether it is well, and what is being shipped. Without OpenSearch the figures are empty, not old. */
export async function readOverview(control: ConsoleControl, opensearch: OpenSearchReader): Promise<Overview> {
  const [state, health, figures] = await Promise.all([control.state(), opensearch.health(), readFigures(opensearch)]);
  return { state, health: health ?? 'unreachable', ...figures };
}

type Figures = Pick<Overview, 'shipping' | 'redis' | 'web'>;

async function readFigures(opensearch: OpenSearchReader): Promise<Figures> {
  let responses: readonly unknown[];
  try {
    responses = listAt(JSON.parse(await opensearch.msearch(SEARCHES)), 'responses');
  } catch (error) {
    if (!isPodscopeError(error)) throw error;
    // The health says that the server is unreachable; the state of the cluster is worth showing all the same.
    return { shipping: [], redis: [], web: [] };
  }
  const [redis, web] = responses.slice(PATTERNS.length);
  return {
    shipping: PATTERNS.map((pattern, index) => ({
      pattern,
      perSecond: numberAt(responses[index], 'aggregations', 'lately', 'doc_count') / WINDOW_SECONDS,
      total: numberAt(responses[index], 'hits', 'total', 'value'),
    })),
    redis: listAt(redis, 'aggregations', 'instances', 'buckets').map((bucket) => {
      const sample = at(listAt(bucket, 'newest', 'hits', 'hits')[0], '_source', 'redis');
      return {
        pod: textAt(bucket, 'key'),
        role: textAt(sample, 'role'),
        opsPerSecond: numberAt(sample, 'instantaneous_ops_per_sec'),
        usedMemory: numberAt(sample, 'used_memory'),
        lagBytes: numberAt(sample, 'replication_lag_bytes'),
      };
    }),
    web: listAt(web, 'aggregations', 'pods', 'buckets').map((bucket) => ({
      pod: textAt(bucket, 'key'),
      perSecond: numberAt(bucket, 'doc_count') / WINDOW_SECONDS,
    })),
  };
}
