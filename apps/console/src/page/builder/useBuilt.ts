import type { DashboardPanel } from '@podscope/dashboard-renderer';
import { type DataView, dataViewFrom, type SavedObject, visualizationFrom } from '@podscope/saved-objects';
import { useMemo } from 'react';
import { dataViewsOf, type DataView as ListedView } from '../api/savedObjects.ts';
import { type Draft, specOf } from './draft.ts';

/** What a draft makes: the saved object with its data view, or why it makes none yet. */
export type Built = { readonly object: SavedObject; readonly view: DataView; readonly panel: DashboardPanel } | { readonly error: Error };

/** The data views to choose from, and what the draft makes of them. */
export function useBuilt(objects: readonly SavedObject[], draft: Draft): { readonly views: readonly ListedView[]; readonly built: Built } {
  const views = useMemo(() => dataViewsOf(objects), [objects]);
  const typed = useMemo(() => objects.filter((object) => object.type === 'index-pattern').map((object) => dataViewFrom(object)), [objects]);
  const built = useMemo((): Built => {
    try {
      const object = visualizationFrom(specOf(draft, views.find((view) => view.pattern === draft.pattern)?.fields ?? []), typed);
      // The line above refuses a pattern without a data view.
      const view = typed.find((each) => each.pattern === draft.pattern) as DataView;
      return { object, view, panel: { panelId: 'preview', title: draft.title.trim(), object, grid: { x: 0, y: 0, w: 48, h: 20 } } };
    } catch (cause) {
      return { error: cause instanceof Error ? cause : new Error(String(cause)) };
    }
  }, [draft, views, typed]);
  return { views, built };
}
