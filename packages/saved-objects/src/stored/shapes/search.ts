import type { ControlPanels } from './dashboard/controlGroup.ts';
import type { SavedObjectMeta } from './searchSource.ts';
import type { StoredRefreshInterval, StoredTimeRange } from './time.ts';

/**
 * Attributes of a `search` (src/plugins/discover/server/saved_objects/search.ts in OpenSearch Dashboards and Kibana 7.17;
 * Kibana 8: src/plugins/saved_search/server/saved_objects/schema.ts).
 */
export interface SearchAttributes extends SearchView {
  readonly title?: string;
  readonly description?: string;
  /** Kibana from 9.2, where older versions' readers find the first one's members outside, too. */
  readonly tabs?: readonly SearchTab[];
  /** OpenSearch Dashboards from 2.10. */
  readonly columnWidths?: ColumnWidths;
  /** OpenSearch Dashboards from 2.17: `logs` and `metrics` are of Explore. */
  readonly type?: string;
}

/** What is searched, and how it is shown. */
interface SearchView extends KibanaSearch {
  readonly hits?: number;
  readonly version?: number;
  readonly kibanaSavedObjectMeta?: SavedObjectMeta;
  /** Fields; `_source` stands for the whole document. */
  readonly columns?: readonly string[];
  readonly sort?: StoredSort;
}

/** One of the searches that Discover of Kibana 9 holds side by side (src/platform/plugins/shared/saved_search/server/saved_objects/schema.ts). */
export interface SearchTab {
  readonly id: string;
  readonly label: string;
  readonly attributes: SearchTabAttributes;
}

/** A tab's search. */
export interface SearchTabAttributes extends SearchView {
  readonly hideTable?: boolean;
  readonly chartInterval?: string;
  readonly controlGroupJson?: ControlPanels;
}

/** Fields with directions; before 7.9 one of them without a list around it. */
export type StoredSort = readonly (string | readonly string[])[];

/** By name: how wide a column is, in pixels. */
export interface ColumnWidths {
  readonly [column: string]: number;
}

/** What Kibana added. */
interface KibanaSearch {
  /** From 7.9. */
  readonly hideChart?: boolean;
  /** From 7.10. */
  readonly grid?: SearchGrid;
  /** From 7.16. */
  readonly viewMode?: 'documents' | 'patterns' | 'aggregated';
  readonly hideAggregatedPreview?: boolean;
  /** From 8.0: -1 is as high as needed. */
  readonly rowHeight?: number;
  readonly headerRowHeight?: number;
  readonly rowsPerPage?: number;
  readonly sampleSize?: number;
  readonly breakdownField?: string;
  readonly density?: 'compact' | 'normal' | 'expanded';
  readonly isTextBasedQuery?: boolean;
  readonly usesAdHocDataView?: boolean;
  readonly timeRestore?: boolean;
  readonly timeRange?: StoredTimeRange;
  readonly refreshInterval?: StoredRefreshInterval;
}

/** How the table's columns look. */
export interface SearchGrid {
  readonly columns?: GridColumns;
}

/** By name: what was set for a column. */
export interface GridColumns {
  readonly [column: string]: GridColumn;
}

/** What was set for a column. */
export interface GridColumn {
  readonly width?: number;
}
