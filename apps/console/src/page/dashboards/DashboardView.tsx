import { useMemo } from 'react';
import { useSavedObjects } from '../api/SavedObjectsContext.ts';
import { ErrorNote, Skeleton } from '../parts/notes.tsx';
import { PanelGrid } from './PanelGrid.tsx';
import { panelsOf } from './panels.ts';

/** One installed dashboard. */
export function DashboardView({ id }: { readonly id: string }) {
  const { data: objects, error, reload } = useSavedObjects();
  const read = useMemo(() => {
    if (!objects) return undefined;
    try {
      return panelsOf(objects, id);
    } catch (cause) {
      return { error: cause instanceof Error ? cause : new Error(String(cause)) };
    }
  }, [objects, id]);
  if (!objects || !read) return error ? <ErrorNote error={error} onRetry={reload} /> : <Skeleton height={400} label="Loading the dashboard" />;
  if ('error' in read) return <ErrorNote error={read.error} />;
  return <PanelGrid objects={objects} panels={read.panels} query={read.query} />;
}
