import { isDeepStrictEqual } from 'node:util';
import type { PanelSearch } from '../../packages/dashboard-renderer/src/index.ts';
import { METRICS_PATH, type RecordedRequest, SEARCH_PATH } from './recordings.ts';

/** A difference between our requests and the recorded ones that changes no meaning. The list of them is closed. */
export interface Difference {
  readonly rule: string;
  readonly reason: string;
  /** Where the product does it, in the repository opensearch-project/OpenSearch-Dashboards. */
  readonly source: string;
  /** Our request as the product would have sent it; the same object where the difference isn't in it. */
  sent?(search: PanelSearch, body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** Whether a recorded request for which we have none needs none. `answered` are the recorded ones that ours equal. */
  superfluous?(request: RecordedRequest, answered: readonly RecordedRequest[]): boolean;
}

type Body = Readonly<Record<string, unknown>>;

function bodyOf({ request }: RecordedRequest): Body {
  return ((request['params'] as { readonly body?: Body } | undefined)?.body ?? {}) as Body;
}

function without(body: Body, name: string): Body {
  return Object.fromEntries(Object.entries(body).filter(([each]) => each !== name));
}

/** The clauses of a query's filter list. */
function filterOf(body: Body): readonly unknown[] {
  return (body['query'] as { readonly bool?: { readonly filter?: readonly unknown[] } } | undefined)?.bool?.filter ?? [];
}

/** Every difference that remains. */
export const DIFFERENCES: readonly Difference[] = [
  {
    rule: 'total-by-the-server',
    reason: 'We ask for the exact total in the body; the page leaves it to its server, which asks for it in the address of the search.',
    source: 'src/plugins/data/server/search/opensearch_search/get_default_search_params.ts',
    sent: (_search, body) => without(body, 'track_total_hits'),
  },
  {
    rule: 'empty-query-of-a-saved-search',
    reason: 'On a dashboard the product sends the empty query of the dashboard and the empty one of the saved search, each as a match_all; we send one.',
    source: 'src/plugins/data/common/search/search_source/search_source.ts',
    sent: (_search, body) => {
      if (body['highlight'] === undefined || !isDeepStrictEqual(filterOf(body)[0], { match_all: {} })) return body;
      const query = body['query'] as { readonly bool: Body };
      return { ...body, query: { bool: { ...query.bool, filter: [{ match_all: {} }, ...filterOf(body)] } } };
    },
  },
  {
    rule: 'bounds-without-the-time-range',
    reason: 'Before a numeric histogram the product asks for its bounds twice: the start of a request is also told to the parent of its search source, which has no time range. The second answer counts, and only that is asked by us.',
    source: 'src/plugins/data/common/search/search_source/search_source.ts (callParentStartHandlers), src/plugins/data/common/search/aggs/buckets/histogram.ts',
    superfluous: (request, answered) => {
      const body = bodyOf(request);
      const bounds = answered.map(bodyOf).find(({ aggs }) => isDeepStrictEqual(aggs, body['aggs']));
      const timed = (clause: unknown): boolean => Object.hasOwn(clause as object, 'range');
      return request.path === SEARCH_PATH && (body['aggs'] as Body | undefined)?.['minAgg'] !== undefined && bounds !== undefined && !filterOf(body).some(timed) && filterOf(bounds).some(timed);
    },
  },
  {
    rule: 'metrics-before-the-query-bar',
    reason: 'A TSVB panel opened alone is asked for once more, before the query bar has given it a query.',
    source: 'src/plugins/vis_type_timeseries/public/request_handler.js',
    superfluous: (request, answered) => {
      const unasked = (each: RecordedRequest): Body => without(each.request, 'query');
      return request.path === METRICS_PATH && isDeepStrictEqual(request.request['query'], []) && answered.some((each) => each.path === METRICS_PATH && isDeepStrictEqual(unasked(each), unasked(request)));
    },
  },
];
