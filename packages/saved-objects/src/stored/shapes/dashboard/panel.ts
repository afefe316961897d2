import type { PanelEnhancements } from './drilldown.ts';
import type { StoredFilter } from '../filter.ts';
import type { AnomalyPanelConfig, ImagePanelConfig } from './kibanaPanels.ts';
import type { MapPoint } from '../kinds/maps.ts';
import type { SavedVis } from './savedVis.ts';
import type { SearchGrid, StoredSort } from '../search.ts';
import type { StoredQuery } from '../searchSource.ts';
import type { StoredRefreshInterval, StoredTimeRange } from '../time.ts';
import type { ColorByLabel, UiMapBounds, UiParams, UiSpy, UiState, UiTimeSeriesTable, UiVisState } from '../uiState.ts';

/**
 * A panel of a dashboard, as of 7.3 (RawSavedDashboardPanel730ToLatest of src/plugins/dashboard/common/types.ts and
 * migrate_to_730_panels.ts). What it shows is in a reference, or in its configuration.
 */
export interface DashboardPanel {
  readonly panelIndex?: string | number;
  readonly gridData?: PanelGridData;
  /** Of the product that last saved it. */
  readonly version?: string;
  /** The name of the reference to what it shows; Kibana from 7.13 writes `<panelIndex>:` before it in the reference. */
  readonly panelRefName?: string;
  /** The type of what it shows; a reference has it, too. */
  readonly type?: string;
  /** The object's id, where no reference stands for it. */
  readonly id?: string;
  readonly title?: string | null;
  readonly embeddableConfig?: PanelConfig;
}

/** Where a panel is among 48 columns. */
export interface PanelGridData {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly i?: string | number;
  /** Kibana from 9.1: the section it stands in. */
  readonly sectionId?: string;
}

/**
 * What a panel changes of what it shows, or holds instead of a reference (EmbeddableInput of src/plugins/embeddable/common/types.ts;
 * VisualizeInput, SearchInput and MapEmbeddableInput). Which of it is used depends on the type.
 */
export interface PanelConfig extends PanelUiState, SearchPanelConfig, MapPanelConfig, AnomalyPanelConfig, ImagePanelConfig {
  readonly id?: string;
  /** The panel's type again (Kibana from 7.13). */
  readonly type?: string;
  readonly title?: string | null;
  readonly description?: string;
  readonly hidePanelTitles?: boolean;
  /** The same in Kibana 9. */
  readonly hide_title?: boolean;
  /** A time range of its own. */
  readonly timeRange?: StoredTimeRange | null;
  readonly enhancements?: PanelEnhancements;
  readonly disabledActions?: readonly string[];
  readonly disableTriggers?: boolean;
  readonly disabledTriggers?: readonly string[];
  readonly syncColors?: boolean;
  readonly syncCursor?: boolean;
  readonly syncTooltips?: boolean;
  readonly savedObjectId?: string;
  /** A visualization without a saved object (Kibana from 7.10, behind a setting; from 7.11 for all). */
  readonly savedVis?: SavedVis;
  readonly query?: StoredQuery;
  readonly filters?: readonly StoredFilter[];
  readonly refreshConfig?: StoredRefreshInterval;
}

/** What a viewer changed in a visualization that the panel holds; for other ones the same stands without `uiState` around it. */
interface PanelUiState {
  readonly uiState?: UiState;
  readonly vis?: UiVisState | null;
  readonly table?: UiTimeSeriesTable | null;
  readonly spy?: UiSpy | null;
  /** Before 6.2, and in some exports since. */
  readonly colors?: ColorByLabel;
  readonly legendOpen?: boolean;
  /** Of a table; since 7.7 it is inside `vis`. */
  readonly params?: UiParams | null;
}

/** Of a panel with a saved search (SearchInput of src/plugins/discover/public/application/embeddable/types.ts). */
interface SearchPanelConfig {
  readonly columns?: readonly string[];
  readonly sort?: StoredSort;
  /** Kibana from 7.10. */
  readonly grid?: SearchGrid;
  /** Kibana from 8.0. */
  readonly rowHeight?: number;
  readonly headerRowHeight?: number;
  readonly rowsPerPage?: number;
  readonly sampleSize?: number;
  readonly density?: 'compact' | 'normal' | 'expanded';
}

/** Of a panel with a map: visualizations of coordinates and regions, and Kibana's Maps. */
interface MapPanelConfig {
  /** Latitude and longitude; Maps keep the zoom beside them. */
  readonly mapCenter?: readonly number[] | PanelMapCenter | null;
  readonly mapZoom?: number | null;
  readonly mapBounds?: UiMapBounds | null;
  readonly mapCollar?: PanelMapCollar | null;
  readonly mapBuffer?: PanelMapBuffer | null;
  /** Layers that the panel doesn't draw. */
  readonly hiddenLayers?: readonly string[];
  readonly isLayerTOCOpen?: boolean;
  readonly openTOCDetails?: readonly string[];
  readonly filterByMapExtent?: boolean;
}

/** Where a map looks at. */
export interface PanelMapCenter extends MapPoint {
  readonly zoom?: number;
}

/** What a map of coordinates asked for: more than was visible. */
export interface PanelMapCollar extends UiMapBounds {
  readonly zoom?: number;
}

/** What Maps asked for. */
export interface PanelMapBuffer {
  readonly minLat: number;
  readonly minLon: number;
  readonly maxLat: number;
  readonly maxLon: number;
}
