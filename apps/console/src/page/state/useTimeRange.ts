import { useMemo } from 'react';
import { DEFAULT_RANGE, liveFromParams, rangeFromParams, type TimeRange } from './timeRange.ts';
import { useRoute } from './useRoute.ts';

/** The page's time range and live mode, kept in the address. */
export interface TimeRangeHandle {
  readonly range: TimeRange;
  /** Seconds between refreshes; 0 when live mode is off. */
  readonly live: 0 | 5 | 10;
  setRange(range: TimeRange): void;
  setLive(seconds: 0 | 5 | 10): void;
}

/** Reads and changes the time range in the address. */
export function useTimeRange(): TimeRangeHandle {
  const { params, setParams } = useRoute();
  const { from, to } = rangeFromParams(params, Date.now());
  const live = liveFromParams(params);
  return useMemo(
    () => ({
      range: { from, to },
      live,
      setRange: (range) =>
        setParams({
          from: range.from === DEFAULT_RANGE.from && range.to === 'now' ? undefined : range.from,
          to: range.to === 'now' ? undefined : range.to,
        }),
      setLive: (seconds) => setParams({ live: seconds === 10 ? undefined : seconds === 0 ? 'off' : String(seconds) }),
    }),
    [from, to, live, setParams],
  );
}
