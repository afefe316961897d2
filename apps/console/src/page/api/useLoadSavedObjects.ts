import { useEffect, useMemo, useState } from 'react';
import { request } from './request.ts';
import type { SavedObject } from './savedObjects.ts';
import type { SavedObjectsHandle } from './SavedObjectsContext.ts';
import { useLoad } from './useLoad.ts';

const RETRY_MS = 5_000;

/** Loads the saved objects once, again when asked, and every 5 s while that fails. */
export function useLoadSavedObjects(): SavedObjectsHandle {
  const [tick, setTick] = useState(0);
  const [reloads, setReloads] = useState(0);
  const load = useLoad(`saved-objects ${reloads}`, tick, async (signal) => {
    const { objects } = await request<{ readonly objects: readonly SavedObject[] }>('api/saved-objects', undefined, signal);
    return objects;
  });
  useEffect(() => {
    if (!load.error) return undefined;
    const timer = window.setTimeout(() => setTick((present) => present + 1), RETRY_MS);
    return () => window.clearTimeout(timer);
  }, [load.error]);
  const { data, error, loading, at, outdated } = load;
  return useMemo(
    () => ({ data, error, loading, at, outdated, reload: () => setReloads((present) => present + 1) }),
    [data, error, loading, at, outdated],
  );
}
