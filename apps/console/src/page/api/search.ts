import type { SearchRequest } from '../../api/http.ts';
import { request } from './request.ts';

/** One hit of a search. */
export interface Hit {
  readonly _index: string;
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
  readonly sort?: readonly unknown[];
}

/** One bucket of an aggregation. */
export interface Bucket {
  readonly key: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
}

/** One response of `_msearch`. */
export interface SearchResponse {
  readonly took?: number;
  readonly status?: number;
  readonly error?: { readonly reason?: string; readonly type?: string; readonly root_cause?: readonly { readonly reason?: string }[] };
  readonly hits?: { readonly total?: { readonly value: number; readonly relation: string }; readonly hits: readonly Hit[] };
  readonly aggregations?: Readonly<Record<string, { readonly buckets?: readonly Bucket[]; readonly sum_other_doc_count?: number }>>;
}

/** Sends searches in one request; responses come in the same order. */
export async function search(searches: readonly SearchRequest[], signal?: AbortSignal): Promise<readonly SearchResponse[]> {
  const { responses } = await request<{ readonly responses: readonly SearchResponse[] }>('api/search', { searches }, signal);
  return responses;
}

/** Why one of several searches failed, in a line; undefined when it did not. */
export function searchError(response: SearchResponse | undefined): string | undefined {
  if (!response) return 'The server sent no answer to this search.';
  if (!response.error) return undefined;
  return response.error.root_cause?.[0]?.reason ?? response.error.reason ?? response.error.type ?? 'The search failed.';
}
