import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { formatHash, lastingParams, parseHash, type Route } from './route.ts';

/** The present route and the ways to change it. */
export interface RouteHandle extends Route {
  /** Changes parameters of this page; undefined removes one. */
  setParams(changes: Readonly<Record<string, string | undefined>>, options?: { readonly replace?: boolean }): void;
  /** The address of another page; the time range goes along. */
  href(path: readonly string[], params?: Readonly<Record<string, string | undefined>>): string;
  go(path: readonly string[], params?: Readonly<Record<string, string | undefined>>): void;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The route in the URL's hash: the one place of everything that a link to this page must carry. */
export function useRoute(): RouteHandle {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const route = useMemo(() => parseHash(hash), [hash]);

  const setParams = useCallback<RouteHandle['setParams']>((changes, options) => {
    const present = parseHash(window.location.hash);
    const next = formatHash(present.path, { ...present.params, ...changes });
    if (next === window.location.hash) return;
    if (options?.replace) {
      window.history.replaceState(null, '', next);
      window.dispatchEvent(new HashChangeEvent('hashchange'));
    } else {
      window.location.hash = next;
    }
  }, []);
  const href = useCallback<RouteHandle['href']>(
    (path, params) => formatHash(path, { ...lastingParams(parseHash(hash).params), ...params }),
    [hash],
  );
  const go = useCallback<RouteHandle['go']>((path, params) => {
    window.location.hash = formatHash(path, { ...lastingParams(parseHash(window.location.hash).params), ...params });
  }, []);

  return { ...route, setParams, href, go };
}
