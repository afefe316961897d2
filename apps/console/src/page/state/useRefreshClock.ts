import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Refresh } from './RefreshContext.ts';

/** Ticks every `seconds` (0: never by itself) while the page is visible, and when asked. */
export function useRefreshClock(seconds: number): Refresh {
  const [tick, setTick] = useState(0);
  const refresh = useCallback(() => setTick((present) => present + 1), []);
  useEffect(() => {
    if (seconds === 0) return undefined;
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'visible') refresh();
    }, seconds * 1_000);
    return () => window.clearInterval(timer);
  }, [seconds, refresh]);
  return useMemo(() => ({ tick, refresh }), [tick, refresh]);
}
