import type { Numeric } from '../aggregations/jsonInput.ts';
import type { CommonVisParams } from './chart.ts';
import type { TableDimensions } from './dimensions.ts';

/**
 * Parameters of a table (src/plugins/vis_type_table/public/types.ts of OpenSearch Dashboards,
 * src/plugins/vis_types/table/common/types.ts of Kibana 7.17).
 */
export interface TableParams extends CommonVisParams {
  readonly type?: 'table';
  readonly perPage?: Numeric | null;
  readonly showPartialRows?: boolean;
  readonly showMetricsAtAllLevels?: boolean;
  /** The same, misspelt until 7.0. */
  readonly showMeticsAtAllLevels?: boolean;
  readonly showTotal?: boolean;
  readonly totalFunc?: 'sum' | 'avg' | 'min' | 'max' | 'count';
  /** The label of the column that gets one of percentages beside it. */
  readonly percentageCol?: string | null;
  /** Before 7.10; a reader's own order is in `uiStateJSON`. */
  readonly sort?: TableSort;
  /** Tables of a split stand below each other. */
  readonly row?: boolean;
  readonly dimensions?: TableDimensions;
  /** Kibana 7.11 on. */
  readonly showToolbar?: boolean;
  /** Kibana 7.16 on. */
  readonly autoFitRowToContent?: boolean;
}

/** By which column a table is sorted. */
export interface TableSort {
  readonly columnIndex?: Numeric | null;
  readonly direction?: 'asc' | 'desc' | null;
}
