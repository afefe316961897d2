import { useMemo } from 'react';
import { PodscopeError } from '@podscope/core';
import { type Bucket, type Hit, search, searchError } from '../api/search.ts';
import { type Load, useLoad } from '../api/useLoad.ts';
import { useRefresh } from '../state/RefreshContext.ts';
import { histogramStep, resolveRange } from '../state/timeRange.ts';
import { type LogQuery, logSearch } from './query.ts';

/** What one search for logs found. */
export interface LogPageData {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly bars: readonly Bucket[];
  readonly stepMs: number;
  /** The range in milliseconds at the time of the search. */
  readonly start: number;
  readonly end: number;
}

const BARS = 90;

/** Searches the logs again whenever the query or the page's clock changes. */
export function useLogs(query: LogQuery): Load<LogPageData> {
  const { tick } = useRefresh();
  const key = useMemo(() => JSON.stringify(query), [query]);
  return useLoad(key, tick, async (signal) => {
    const { start, end } = resolveRange(query.range, Date.now());
    const stepMs = histogramStep(end - start, BARS);
    const [response] = await search([logSearch(query, stepMs)], signal);
    const problem = searchError(response);
    if (problem || !response) {
      throw new PodscopeError('CONSOLE_SEARCH_FAILED', problem ?? 'No answer.', {
        hint: 'Check the search text: field:value, "a phrase", AND, OR, NOT, value*.',
      });
    }
    return {
      hits: response.hits?.hits ?? [],
      total: response.hits?.total?.value ?? 0,
      bars: response.aggregations?.['time']?.buckets ?? [],
      stepMs,
      start,
      end,
    };
  });
}
