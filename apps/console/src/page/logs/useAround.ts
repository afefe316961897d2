import { search, searchError, type Bucket, type Hit } from '../api/search.ts';
import { type Load, useLoad } from '../api/useLoad.ts';
import { LOG_PATTERNS } from './patterns.ts';
import { aroundSearches } from './query.ts';

/** What the five patterns have around a point in time. */
export interface Around {
  readonly lanes: readonly {
    readonly pattern: string;
    readonly total: number;
    readonly bars: readonly Bucket[];
    readonly hits: readonly Hit[];
    readonly problem: string | undefined;
  }[];
}

/** Half of the window, milliseconds. */
export const AROUND_MS = 120_000;
/** Width of a bar, milliseconds. */
export const AROUND_STEP_MS = 5_000;

/** Loads two minutes before and after `at` from all five patterns. */
export function useAround(at: number): Load<Around> {
  return useLoad(String(at), 0, async (signal) => {
    const patterns = LOG_PATTERNS.map((entry) => entry.pattern);
    const responses = await search(aroundSearches(patterns, at, AROUND_MS, AROUND_STEP_MS), signal);
    return {
      lanes: patterns.map((pattern, index) => {
        const [before, after, whole] = responses.slice(index * 3, index * 3 + 3);
        return {
          pattern,
          total: whole?.hits?.total?.value ?? 0,
          bars: whole?.aggregations?.['time']?.buckets ?? [],
          hits: [...(before?.hits?.hits ?? []).toReversed(), ...(after?.hits?.hits ?? [])],
          problem: searchError(whole),
        };
      }),
    };
  });
}
