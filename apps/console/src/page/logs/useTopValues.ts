import { search, searchError, type Hit } from '../api/search.ts';
import { type Load, useLoad } from '../api/useLoad.ts';
import { useRefresh } from '../state/RefreshContext.ts';
import { topValues } from './documents.ts';
import { type LogQuery, topValuesSearch } from './query.ts';

/** A field's most frequent values, and what they were counted in. */
export interface TopValueData {
  readonly values: readonly { readonly value: string | number | boolean; readonly count: number }[];
  readonly total: number;
  /** True when only the loaded rows were counted, because the field is no field to aggregate by. */
  readonly sampled: boolean;
}

/** Asks the server for a field's most frequent values; counts the loaded rows where it cannot say. */
export function useTopValues(field: string, aggregatable: boolean, query: LogQuery, hits: readonly Hit[]): Load<TopValueData> {
  const { tick } = useRefresh();
  return useLoad(JSON.stringify([field, query]), tick, async (signal) => {
    if (aggregatable) {
      const [response] = await search([topValuesSearch(query, field)], signal);
      const answer = response?.aggregations?.['values'];
      if (response && !searchError(response) && answer?.buckets) {
        const values = answer.buckets.map((bucket) => ({
          value: bucket.key_as_string === 'true' || bucket.key_as_string === 'false' ? bucket.key_as_string === 'true' : bucket.key,
          count: bucket.doc_count,
        }));
        const total = values.reduce((sum, entry) => sum + entry.count, 0) + (answer.sum_other_doc_count ?? 0);
        return { values, total, sampled: false };
      }
    }
    return { values: topValues(hits.map((hit) => hit._source), field, 10), total: hits.length, sampled: true };
  });
}
