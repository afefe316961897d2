import { useCallback } from 'react';
import { findDashboard } from '../api/savedObjects.ts';
import { useSavedObjects } from '../api/SavedObjectsContext.ts';
import { useRoute } from '../state/useRoute.ts';

/** A link to the dashboard whose title or id matches, or none where no such dashboard is installed. */
export type DashboardLink = (text: string, words: RegExp, f?: string) => readonly { readonly text: string; readonly href: string }[];

/** Finds dashboards for the parts of the overview. */
export function useDashboardLink(): DashboardLink {
  const { href } = useRoute();
  const { data } = useSavedObjects();
  return useCallback<DashboardLink>(
    (text, words, f) => {
      const found = data && findDashboard(data, words);
      return found ? [{ text, href: href(['dashboards', found.id], { f }) }] : [];
    },
    [data, href],
  );
}
