import type { Filter } from '../filters/filter.ts';
import { type Definition, type Query, savedObject } from '../savedObject.ts';
import { searchSourceOf } from '../searchSource.ts';
import { specInvalid } from '../specInvalid.ts';
import { placedOf } from './layout.ts';
import type { Panel, Row } from './panel.ts';
import { storedPanel } from './storedPanel.ts';

/** A dashboard. */
export interface Dashboard extends Definition {
  readonly id: string;
  readonly title: string;
  readonly kind: 'dashboard';
}

/** Options of {@link dashboard}. */
export interface DashboardOptions {
  /** Date math. @default 'now-15m' */
  readonly timeFrom?: string;
  /** Date math. @default 'now' */
  readonly timeTo?: string;
  /** Open with this time range and refresh; otherwise with those that the viewer has. @default true */
  readonly restoreTime?: boolean;
  /** Seconds between refreshes; 0 is none. @default 0 */
  readonly refresh?: number;
  /** Know the refresh, but begin without it. @default false */
  readonly refreshPaused?: boolean;
  /** What all panels show only; a text is DQL. */
  readonly query?: string | Query;
  /** Filters of the filter bar. */
  readonly filters?: readonly Filter[];
  /** Space between panels. @default true */
  readonly margins?: boolean;
  /** @default false */
  readonly hidePanelTitles?: boolean;
  readonly description?: string;
}

/**
 * Defines a dashboard on the product's 48-column grid. Rows stand below each other, each as high as its highest panel;
 * panels outside of rows are where they say.
 *
 * @throws PodscopeError `SAVED_OBJECT_LAYOUT_INVALID` for a row that is empty or wider than the grid, and for panels that
 * overlap or are outside of it.
 */
export function dashboard(id: string, title: string, rows: readonly (Row | Panel)[], options: DashboardOptions = {}): Dashboard {
  const panels = placedOf(id, rows).map(storedPanel);
  const source = searchSourceOf({ query: options.query, filters: options.filters });
  const attributes = {
    title,
    hits: 0,
    description: options.description ?? '',
    panelsJSON: JSON.stringify(panels.map(({ panel }) => panel)),
    optionsJSON: JSON.stringify({ hidePanelTitles: options.hidePanelTitles ?? false, useMargins: options.margins ?? true }),
    version: 1,
    ...timeOf(id, options),
    kibanaSavedObjectMeta: source.kibanaSavedObjectMeta,
  };
  return Object.freeze({
    id,
    title,
    kind: 'dashboard',
    object: savedObject('dashboard', id, attributes, [...panels.flatMap(({ references }) => references), ...source.references], rows.some(holds) ? HOLDING : undefined),
    uses: [...panels.flatMap(({ uses }) => uses), ...source.uses],
  });
}

/** The shape of dashboards whose panels may hold visualizations (src/plugins/dashboard/server/saved_objects of Kibana 7.11). */
const HOLDING = '7.11.0';

function holds(part: Row | Panel): boolean {
  return 'panels' in part ? part.panels.some(({ byValue }) => byValue === true) : part.byValue === true;
}

function timeOf(id: string, { timeFrom, timeTo, refresh = 0, refreshPaused = false, restoreTime = true }: DashboardOptions): Record<string, unknown> {
  if (!(refresh >= 0 && Number.isFinite(refresh))) throw specInvalid(`The dashboard "${id}" refreshes every ${refresh} seconds.`, 'Use 0 for never, or a number of seconds.');
  if (restoreTime) return { timeRestore: true, timeTo: timeTo ?? 'now', timeFrom: timeFrom ?? 'now-15m', refreshInterval: { pause: refreshPaused || refresh === 0, value: refresh * 1000 } };
  if (timeFrom !== undefined || timeTo !== undefined || refresh !== 0) throw specInvalid(`The dashboard "${id}" has a time range or a refresh, and does not restore it.`, 'Leave `restoreTime` out, or the others.');
  return { timeRestore: false };
}
