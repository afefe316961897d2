import {
  colorScale,
  type ColorScale,
  type DashboardPanel,
  layoutOf,
  type PanelFilter,
  type PanelResult,
  type Query,
  renderPanel,
  requestFor,
  type SavedObject,
  type SearchResponse,
  type TableCell,
  type TableColumn,
  type Theme,
  type TimeRange,
} from '@podscope/dashboard-renderer';
import type { SearchRequest } from '../../api/http.ts';

/** One search for a panel, or why there is none. */
export interface PanelSearch {
  readonly panelId: string;
  /** Undefined for a panel that reads nothing, such as a text. */
  readonly request: SearchRequest | undefined;
  readonly error: Error | undefined;
}

/** What panels are drawn with. */
export interface DrawSetting {
  readonly objects: readonly SavedObject[];
  readonly timeRange: TimeRange;
  readonly theme: Theme;
  /** Pixels that the 48 columns share; one column of panels below 720. */
  readonly width: number;
  readonly now: number;
}

/** A panel's result, or why it has none. */
export type Drawn = { readonly result: PanelResult } | { readonly error: Error };

/** The zone whose hours and days the reader lives by. */
export const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** One scale for the whole page, so that a value has one colour in all dashboards. */
const COLORS: Readonly<Record<Theme, ColorScale>> = { light: colorScale('light'), dark: colorScale('dark') };

/** What a page of logs holds at once. */
const MOST_DOCUMENTS = 100;

const COLUMNS = 48;
/** Pixels under which a legend at the side leaves too little for the chart. */
const NARROW_PX = 720;

/** The searches of panels. A broken panel has an error and leaves the others alone. */
export function searchesFor(
  panels: readonly DashboardPanel[],
  setting: { readonly objects: readonly SavedObject[]; readonly timeRange: TimeRange; readonly filters: readonly PanelFilter[]; readonly now: number; readonly query?: Query },
): readonly PanelSearch[] {
  return panels.map(({ panelId, object }) => {
    try {
      const request = requestFor(object, setting.objects, {
        timeRange: setting.timeRange,
        filters: setting.filters,
        timeZone: TIME_ZONE,
        now: setting.now,
        documents: MOST_DOCUMENTS,
        ...(setting.query ? { dashboardQuery: setting.query } : {}),
      });
      return { panelId, request, error: undefined };
    } catch (cause) {
      return { panelId, request: undefined, error: asError(cause) };
    }
  });
}

/** Draws one panel. */
export function drawPanel(panel: DashboardPanel, response: SearchResponse | undefined, setting: DrawSetting): Drawn {
  try {
    return {
      result: renderPanel(panel.object, response, {
        theme: setting.theme,
        timeRange: setting.timeRange,
        objects: setting.objects,
        colors: COLORS[setting.theme],
        compact: (setting.width * panel.grid.w) / COLUMNS < NARROW_PX,
        timeZone: TIME_ZONE,
        now: setting.now,
      }),
    };
  } catch (cause) {
    return { error: asError(cause) };
  }
}

/** The rows behind a panel: what a table of the same aggregations shows. */
export function rowsBehind(
  panel: DashboardPanel,
  response: SearchResponse | undefined,
  setting: DrawSetting,
): { readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly TableCell[])[] } {
  const drawn = drawPanel({ ...panel, object: asTable(panel.object) }, response, setting);
  if ('error' in drawn) return { columns: [], rows: [] };
  const { result } = drawn;
  return result.kind === 'table' || result.kind === 'documents' ? { columns: result.columns, rows: result.rows } : { columns: [], rows: [] };
}

function asTable(object: SavedObject): SavedObject {
  if (object.type !== 'visualization' || typeof object.attributes['visState'] !== 'string') return object;
  const state = JSON.parse(object.attributes['visState']) as { readonly type?: string; readonly params?: Readonly<Record<string, unknown>> };
  if (state.type === 'markdown' || state.type === 'table') return object;
  return { ...object, attributes: { ...object.attributes, visState: JSON.stringify({ ...state, type: 'table', params: {} }) } };
}

/** The panels of a dashboard, and its own query. @throws PodscopeError as the renderer's `layoutOf` */
export function panelsOf(objects: readonly SavedObject[], dashboardId: string): { readonly panels: readonly DashboardPanel[]; readonly query: Query } {
  const { panels, query } = layoutOf(objects, dashboardId);
  return { panels, query };
}

/** Visualizations that stand on no dashboard, two beside each other. */
export function loosePanels(objects: readonly SavedObject[]): readonly DashboardPanel[] {
  const placed = new Set(objects.filter((object) => object.type === 'dashboard').flatMap((object) => object.references.map((reference) => reference.id)));
  return objects
    .filter((object) => object.type === 'visualization' && !placed.has(object.id))
    .map((object, index) => ({
      panelId: object.id,
      title: String(object.attributes['title'] ?? object.id),
      object,
      grid: { x: (index % 2) * 24, y: Math.floor(index / 2) * 15, w: 24, h: 15 },
    }));
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
