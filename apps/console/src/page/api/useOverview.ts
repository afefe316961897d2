import { useEffect, useState } from 'react';
import type { Overview } from '../../api/http.ts';
import { request } from './request.ts';
import { type Load, useLoad } from './useLoad.ts';

const INTERVAL_MS = 5_000;

/** The overview, every 5 s while the page is visible. */
export function useOverview(tick: number): Load<Overview> {
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'visible') setBeat((present) => present + 1);
    }, INTERVAL_MS);
    return () => window.clearInterval(timer);
  }, []);
  return useLoad('overview', beat + tick, (signal) => request<Overview>('api/overview', undefined, signal));
}
