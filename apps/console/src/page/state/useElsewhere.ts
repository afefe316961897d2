import { dataViewsOf } from '../api/savedObjects.ts';
import { useSavedObjects } from '../api/SavedObjectsContext.ts';
import { LOG_PATTERNS } from '../logs/patterns.ts';
import { applicableFilters, type Filter, formatFilters } from './filters.ts';
import { useRoute } from './useRoute.ts';

/** From the logs to the dashboards with the same filters and time, and back; undefined where both stand side by side. */
export function useElsewhere(filters: readonly Filter[]): { readonly text: string; readonly href: string } | undefined {
  const { path, href } = useRoute();
  const { data: objects } = useSavedObjects();
  const f = formatFilters(filters);
  if (path[0] === 'logs') return { text: 'Same on dashboards', href: href(['dashboards'], { f }) };
  if (path[0] !== 'dashboards') return undefined;
  const views = dataViewsOf(objects ?? []);
  // The pattern that has the most of the filters' fields is the one whose documents are meant.
  const [best] = LOG_PATTERNS.map(({ pattern }) => ({ pattern, fits: applicableFilters(filters, views.find((view) => view.pattern === pattern)?.fields).length })).sort(
    (one, other) => other.fits - one.fits,
  );
  return { text: 'Same in logs', href: href(['logs'], { p: best?.pattern, f }) };
}
