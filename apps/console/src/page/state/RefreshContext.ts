import { createContext, useContext } from 'react';

/** Counts refreshes: a search runs again whenever `tick` changes. */
export interface Refresh {
  readonly tick: number;
  refresh(): void;
}

/** The page's one refresh clock. */
export const RefreshContext = createContext<Refresh>({ tick: 0, refresh: () => undefined });

/** The refresh clock of the page around. */
export function useRefresh(): Refresh {
  return useContext(RefreshContext);
}
