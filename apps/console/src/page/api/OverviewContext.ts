import { createContext, useContext } from 'react';
import type { Overview } from '../../api/http.ts';
import type { Load } from './useLoad.ts';

const NOTHING: Load<Overview> = { data: undefined, error: undefined, loading: true, at: undefined, outdated: false };

/** The overview that the top bar, the Overview page and the verb box share. */
export const OverviewContext = createContext<Load<Overview>>(NOTHING);

/** The newest overview. */
export function useSharedOverview(): Load<Overview> {
  return useContext(OverviewContext);
}
