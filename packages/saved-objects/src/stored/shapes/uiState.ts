import type { MapPoint } from './kinds/maps.ts';

/**
 * What a viewer changed by hand and saved: colours, sort orders, map positions
 * (src/plugins/visualizations/public/persisted_state of OpenSearch Dashboards).
 */
export interface UiState extends UiStateByPanel {
  readonly vis?: UiVisState | null;
  /** Of maps. */
  readonly mapZoom?: number | null;
  readonly mapCenter?: readonly number[] | MapPoint | null;
  readonly mapBounds?: UiMapBounds | null;
  /** Of a time series' table (src/plugins/vis_type_timeseries/public/application/components/vis_types/table). */
  readonly table?: UiTimeSeriesTable | null;
  /** Before 6: which of request, response and table was open below. */
  readonly spy?: UiSpy | null;
}

/** By name: before 6, what a viewer changed in the panels of the dashboard that the editor was opened from. */
export interface UiStateByPanel {
  readonly [panel: `P-${number}`]: UiState;
}

/** What a viewer changed within a visualization. */
export interface UiVisState {
  readonly colors?: ColorByLabel | null;
  readonly defaultColors?: ColorByLabel | null;
  readonly legendOpen?: boolean;
  /** Of a table of Kibana. */
  readonly params?: UiParams;
  /** Of a table of OpenSearch Dashboards from 2.2 on. */
  readonly sortColumn?: UiSortColumn | null;
  readonly columnsWidth?: readonly UiColumnWidth[];
}

/** By label: a colour. */
export interface ColorByLabel {
  readonly [label: string]: string;
}

/** What of the parameters is the viewer's. */
export interface UiParams {
  readonly sort?: UiSort | null;
  /** Kibana 7.11 on. */
  readonly colWidth?: readonly UiColumnWidth[];
  readonly config?: UiTableSearch;
}

/** What a viewer typed into a table's own search: of the plugin "enhanced table". */
export interface UiTableSearch {
  readonly searchKeyword?: string;
}

/** By which column a table is sorted. */
export interface UiSort {
  readonly columnIndex?: number | string | null;
  readonly direction?: 'asc' | 'desc' | null;
}

/** The same in OpenSearch Dashboards from 2.2 on (src/plugins/vis_type_table/public/types.ts). */
export interface UiSortColumn {
  readonly colIndex?: number | null;
  readonly direction?: 'asc' | 'desc' | null;
}

/** How wide a column is, in pixels. */
export interface UiColumnWidth {
  readonly colIndex?: number;
  readonly width?: number;
}

/** What of the earth shows. */
export interface UiMapBounds {
  readonly top_left?: MapPoint;
  readonly bottom_right?: MapPoint;
}

/** A time series' table. */
export interface UiTimeSeriesTable {
  readonly sort?: UiTimeSeriesSort;
}

/** By which column a time series' table is sorted. */
export interface UiTimeSeriesSort {
  readonly column?: string;
  readonly order?: 'asc' | 'desc';
}

/** What was open below a chart. */
export interface UiSpy {
  readonly mode?: UiSpyMode | null;
}

/** Which of the views, and whether it fills the panel. */
export interface UiSpyMode {
  readonly name?: string | null;
  readonly fill?: boolean;
}
