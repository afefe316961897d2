import type { Numeric } from '../aggregations/jsonInput.ts';
import type { ColorMode, ColorRange, ColorSchema, FigureStyle, Labels, LegendParams } from './chart.ts';
import type { MetricDimensions } from './dimensions.ts';
import type { Gauge } from './gauge.ts';

/** Parameters of figures (src/plugins/vis_type_metric/public/types.ts of OpenSearch Dashboards and Kibana). */
export interface MetricParams extends LegendParams {
  readonly type?: 'metric' | 'gauge';
  readonly addTooltip?: boolean;
  readonly metric?: MetricStyle;
  readonly dimensions?: MetricDimensions;
  /** Kibana 5.5. */
  readonly gauge?: Gauge;
  /** Before 5.5. */
  readonly fontSize?: Numeric;
  readonly handleNoResults?: boolean;
}

/** How figures look. */
export interface MetricStyle {
  readonly percentageMode?: boolean;
  /** Kibana 7.13 on. */
  readonly percentageFormatPattern?: string;
  readonly useRanges?: boolean;
  readonly useRange?: boolean;
  readonly colorSchema?: ColorSchema;
  readonly metricColorMode?: ColorMode;
  readonly colorsRange?: readonly ColorRange[];
  readonly invertColors?: boolean;
  readonly labels?: Labels;
  readonly style?: FigureStyle;
}
