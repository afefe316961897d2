import type { LookOptions, Visualization } from '../kinds/visualization.ts';
import type { Search } from '../search.ts';

/** What stands on a dashboard. */
export type Placeable = Visualization | Search;

/** How a placeable stands on a dashboard. */
export interface PanelOptions extends LookOptions {
  /** Columns of 48. */
  readonly width?: number;
  /** Grid rows of 20 px. */
  readonly height?: number;
  /** @default the content's title */
  readonly title?: string;
  /** @default false */
  readonly hideTitle?: boolean;
  /** Where its left upper corner is, in columns and grid rows; only outside of rows, and with a width and a height. */
  readonly at?: { readonly x: number; readonly y: number };
  /**
   * Keep the visualization in the dashboard, not as a saved object of its own. Only Kibana from 7.11 reads that; for other
   * targets `convertSavedObjects` gives it a saved object of its own, and without that an import refuses the dashboard.
   * @default false
   */
  readonly byValue?: boolean;
  /** For searches: the columns here. @default those of the search */
  readonly columns?: readonly string[];
  /** For searches: the order here. @default that of the search */
  readonly sort?: readonly (readonly [field: string, direction: 'asc' | 'desc'])[];
}

/** A placeable with a size and a look of its own. */
export interface Panel extends PanelOptions {
  readonly content: Placeable;
}

/** Panels beside each other. */
export interface Row {
  readonly panels: readonly Panel[];
}

/** Gives a panel a width (columns of 48), a height (grid rows), a place or a title of its own. */
export function panel(content: Placeable, options: PanelOptions = {}): Panel {
  return { ...options, content };
}

/** Panels beside each other; those without a width share what is left evenly. */
export function row(...panels: readonly (Placeable | Panel)[]): Row {
  return { panels: panels.map((each) => ('content' in each ? each : { content: each })) };
}
