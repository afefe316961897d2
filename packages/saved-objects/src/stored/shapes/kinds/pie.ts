import type { Numeric } from '../aggregations/jsonInput.ts';
import type { Labels, LegendParams, Palette } from './chart.ts';
import type { PieDimensions } from './dimensions.ts';

/**
 * Parameters of a pie (src/plugins/vis_type_vislib/public/pie.ts of OpenSearch Dashboards,
 * src/plugins/vis_types/pie/public/types/types.ts of Kibana 7.17).
 */
export interface PieParams extends LegendParams {
  readonly type?: 'pie';
  readonly addTooltip?: boolean;
  readonly isDonut?: boolean;
  readonly labels?: PieLabels;
  /** Charts of a split stand below each other. */
  readonly row?: boolean;
  readonly dimensions?: PieDimensions;
  /** Kibana 7.13 on. */
  readonly palette?: Palette;
  readonly distinctColors?: boolean;
  readonly nestedLegend?: boolean;
  readonly emptySizeRatio?: number;
  readonly legendDisplay?: 'show' | 'hide' | 'default';
  /** Kibana 4 and 5. */
  readonly shareYAxis?: boolean;
}

/** What slices are labelled with. */
export interface PieLabels extends Labels {
  readonly values?: boolean;
  readonly last_level?: boolean;
  /** Kibana 7.13 on. */
  readonly position?: 'inside' | 'default';
  readonly valuesFormat?: 'percent' | 'value';
  readonly percentDecimals?: Numeric | null;
}
