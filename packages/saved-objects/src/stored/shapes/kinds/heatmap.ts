import type { Numeric } from '../aggregations/jsonInput.ts';
import type { ColorRange, ColorSchema, LegendParams, Palette } from './chart.ts';
import type { ChartDimensions } from './dimensions.ts';
import type { CategoryAxis, TimeMarker, ValueAxis } from './xy.ts';

/**
 * Parameters of a heatmap (src/plugins/vis_type_vislib/public/heatmap.ts of OpenSearch Dashboards,
 * src/plugins/vis_types/heatmap/public/types.ts of Kibana 7.17).
 */
export interface HeatmapParams extends LegendParams {
  readonly type?: 'heatmap';
  readonly addTooltip?: boolean;
  readonly enableHover?: boolean;
  readonly times?: readonly TimeMarker[];
  /** How many steps of colour. */
  readonly colorsNumber?: Numeric | null;
  readonly colorSchema?: ColorSchema;
  /** Takes {@link colorsRange} instead of equal steps. */
  readonly setColorRange?: boolean;
  readonly colorsRange?: readonly ColorRange[];
  readonly invertColors?: boolean;
  readonly percentageMode?: boolean;
  /** Kibana 7.13 on. */
  readonly percentageFormatPattern?: string;
  readonly valueAxes?: readonly ValueAxis[];
  readonly categoryAxes?: readonly CategoryAxis[];
  readonly row?: boolean;
  readonly dimensions?: ChartDimensions;
  readonly palette?: Palette;
  readonly addTimeMarker?: boolean;
}
