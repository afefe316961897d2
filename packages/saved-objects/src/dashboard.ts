import { PodscopeError } from '@podscope/core';
import { type Definition, queryOf, savedObject } from './savedObject.ts';
import type { Search } from './search.ts';
import type { Visualization } from './kinds/visualization.ts';

/** What stands on a dashboard. */
export type Placeable = Visualization | Search;

/** A placeable with a size of its own. */
export interface Panel {
  readonly content: Placeable;
  /** Columns of 48. */
  readonly width?: number;
  /** Grid rows of 20 px. */
  readonly height?: number;
  /** @default the content's title */
  readonly title?: string;
}

/** Panels beside each other. */
export interface Row {
  readonly panels: readonly Panel[];
}

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
  /** Seconds between refreshes; 0 is none. @default 0 */
  readonly refresh?: number;
  readonly description?: string;
}

const COLUMNS = 48;
const LOW: readonly string[] = ['metric', 'gauge', 'markdown'];

/** Gives a panel a width (columns of 48), a height (grid rows) or a title of its own. */
export function panel(content: Placeable, options: Omit<Panel, 'content'> = {}): Panel {
  return { ...options, content };
}

/** Panels beside each other; those without a width share what is left evenly. */
export function row(...panels: readonly (Placeable | Panel)[]): Row {
  return { panels: panels.map((each) => ('content' in each ? each : { content: each })) };
}

/**
 * Defines a dashboard on the product's 48-column grid. A row is as high as its highest panel.
 *
 * @throws PodscopeError `SAVED_OBJECT_LAYOUT_INVALID` for a row that is empty or wider than the grid.
 */
export function dashboard(id: string, title: string, rows: readonly Row[], options: DashboardOptions = {}): Dashboard {
  let y = 0;
  const placed: { readonly panel: Panel; readonly x: number; readonly y: number; readonly w: number; readonly h: number }[] = [];
  for (const [index, { panels }] of rows.entries()) {
    const widths = widthsOf(panels, `Row ${index + 1} of dashboard "${id}"`);
    const height = Math.max(...panels.map((each) => each.height ?? (LOW.includes(each.content.kind) ? 8 : 13)));
    let x = 0;
    for (const [column, each] of panels.entries()) {
      const w = widths[column] as number;
      placed.push({ panel: each, x, y, w, h: height });
      x += w;
    }
    y += height;
  }
  const seconds = options.refresh ?? 0;
  const attributes = {
    title,
    hits: 0,
    description: options.description ?? '',
    panelsJSON: JSON.stringify(
      placed.map(({ panel: each, x, y: top, w, h }, index) => ({
        // Below 7.3 the product would convert the panel from an older grid.
        version: '7.10.2',
        gridData: { x, y: top, w, h, i: String(index + 1) },
        panelIndex: String(index + 1),
        embeddableConfig: {},
        ...(each.title === undefined ? {} : { title: each.title }),
        panelRefName: `panel_${index}`,
      })),
    ),
    optionsJSON: JSON.stringify({ hidePanelTitles: false, useMargins: true }),
    version: 1,
    timeRestore: true,
    timeTo: options.timeTo ?? 'now',
    timeFrom: options.timeFrom ?? 'now-15m',
    refreshInterval: { pause: seconds === 0, value: seconds * 1000 },
    kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ query: queryOf(undefined), filter: [] }) },
  };
  const references = placed.map(({ panel: { content } }, index) => ({
    name: `panel_${index}`,
    type: content.object.type,
    id: content.id,
  }));
  return Object.freeze({
    id,
    title,
    kind: 'dashboard',
    object: savedObject('dashboard', id, attributes, references),
    uses: placed.map(({ panel: each }) => each.content),
  });
}

function widthsOf(panels: readonly Panel[], where: string): readonly number[] {
  const given = panels.reduce((total, each) => total + (each.width ?? 0), 0);
  const open = panels.filter((each) => each.width === undefined).length;
  const left = COLUMNS - given;
  const whole = panels.every((each) => [each.width ?? 1, each.height ?? 1].every((size) => Number.isInteger(size) && size > 0));
  if (panels.length === 0 || left < open || !whole) {
    throw new PodscopeError('SAVED_OBJECT_LAYOUT_INVALID', `${where} does not fit: ${panels.length} panels, ${given} columns given of ${COLUMNS}.`, {
      hint: 'Pass at least one panel; widths are whole columns that leave at least one for every panel without a width.',
    });
  }
  let openSoFar = 0;
  return panels.map((each) => {
    if (each.width !== undefined) return each.width;
    const start = Math.round((left * openSoFar) / open);
    openSoFar += 1;
    return Math.round((left * openSoFar) / open) - start;
  });
}
