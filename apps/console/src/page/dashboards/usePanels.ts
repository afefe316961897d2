import type { DashboardPanel, Query, SavedObject, TimeRange } from '@podscope/dashboard-renderer';
import { useMemo } from 'react';
import { search, type SearchResponse } from '../api/search.ts';
import { type Load, useLoad } from '../api/useLoad.ts';
import { useTheme } from '../parts/useTheme.ts';
import type { Filter } from '../state/filters.ts';
import { useRefresh } from '../state/RefreshContext.ts';
import { type Drawn, drawPanel, type DrawSetting, type PanelSearch, searchesFor } from './panels.ts';

/** A panel with what it shows and what stands behind it. */
export interface LivePanel {
  readonly panel: DashboardPanel;
  readonly search: PanelSearch | undefined;
  readonly response: SearchResponse | undefined;
  readonly drawn: Drawn | undefined;
}

interface Answers {
  readonly searches: readonly PanelSearch[];
  readonly responses: ReadonlyMap<string, SearchResponse>;
  readonly timeRange: TimeRange;
  readonly now: number;
}

/** What {@link usePanels} gives. */
export interface LivePanels {
  readonly panels: readonly LivePanel[];
  readonly load: Load<Answers>;
  readonly setting: DrawSetting | undefined;
}

/** Searches for all panels in one request and draws them; the last drawing stays until the next is there. */
export function usePanels(
  objects: readonly SavedObject[],
  panels: readonly DashboardPanel[],
  narrowing: { readonly timeRange: TimeRange; readonly filters: readonly Filter[]; readonly query?: Query | undefined },
  width: number,
): LivePanels {
  const { tick } = useRefresh();
  const theme = useTheme();
  const { timeRange, filters, query } = narrowing;
  const key = useMemo(() => JSON.stringify([panels.map(({ panelId, object }) => [panelId, object]), timeRange, filters, query]), [panels, timeRange, filters, query]);
  const load = useLoad<Answers>(panels.length === 0 ? null : key, tick, async (signal) => {
    const now = Date.now();
    const searches = searchesFor(panels, { objects, timeRange, filters, now, ...(query ? { query } : {}) });
    const asked = searches.flatMap(({ panelId, request }) => (request ? [{ panelId, request }] : []));
    const answers = asked.length === 0 ? [] : await search(asked.map(({ request }) => request), signal);
    const responses = new Map(asked.flatMap(({ panelId }, index): [string, SearchResponse][] => (answers[index] ? [[panelId, answers[index]]] : [])));
    return { searches, responses, timeRange, now };
  });
  const { data } = load;
  const setting = useMemo<DrawSetting | undefined>(
    () => data && { objects, timeRange: data.timeRange, theme, width, now: data.now },
    [data, objects, theme, width],
  );
  const live = useMemo(
    () =>
      panels.map((panel): LivePanel => {
        const found = data?.searches.find(({ panelId }) => panelId === panel.panelId);
        if (!data || !setting || !found) return { panel, search: undefined, response: undefined, drawn: undefined };
        const response = data.responses.get(panel.panelId);
        return { panel, search: found, response, drawn: found.error ? { error: found.error } : drawPanel(panel, response, setting) };
      }),
    [panels, data, setting],
  );
  return { panels: live, load, setting };
}
