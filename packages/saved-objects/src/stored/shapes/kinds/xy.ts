import type { Numeric } from '../aggregations/jsonInput.ts';
import type { Labels, LegendParams, Palette, Position } from './chart.ts';
import type { ChartDimensions } from './dimensions.ts';
import type { LegacyXyParams } from './legacyXy.ts';

/**
 * Parameters of line, area and bar charts (src/plugins/vis_type_vislib/public/types.ts of OpenSearch Dashboards,
 * src/plugins/vis_types/xy/public/types/param.ts of Kibana 7.17).
 */
export interface XyParams extends LegacyXyParams, LegendParams {
  readonly type?: ChartType | 'horizontal_bar';
  readonly addTooltip?: boolean;
  /** A line where now is. */
  readonly addTimeMarker?: boolean;
  readonly times?: readonly TimeMarker[];
  readonly grid?: Grid;
  readonly categoryAxes?: readonly CategoryAxis[];
  readonly valueAxes?: readonly ValueAxis[];
  readonly seriesParams?: readonly SeriesParams[];
  readonly labels?: Labels;
  readonly thresholdLine?: ThresholdLine;
  /** Of dots, by the metric in the slot `radius`. */
  readonly radiusRatio?: Numeric;
  readonly orderBucketsBySum?: boolean;
  /** Charts of a split stand below each other. */
  readonly row?: boolean;
  readonly dimensions?: ChartDimensions;
  /** Kibana 7.11 on: made before, so colours stay as they were. */
  readonly isVislibVis?: boolean;
  /** Kibana 7.11 on. */
  readonly detailedTooltip?: boolean;
  /** Kibana 7.11 on: what stands where a value is missing. */
  readonly fittingFunction?: 'none' | 'carry' | 'lookahead' | 'nearest' | 'average' | 'linear' | 'zero';
  /** Kibana 7.11 on. */
  readonly palette?: Palette;
  /** Kibana 7.12 on. */
  readonly fillOpacity?: Numeric;
}

/** How a series is drawn. */
export type ChartType = 'line' | 'area' | 'histogram';

/** How an axis counts. */
export type AxisScaleType = 'linear' | 'log' | 'square root';

/** How points are connected. */
export type Interpolation = 'linear' | 'cardinal' | 'step-after';

/** Lines behind a chart. */
export interface Grid {
  readonly categoryLines?: boolean;
  /** The axis whose lines show. */
  readonly valueAxis?: string | null;
  readonly style?: GridStyle;
}

/** How lines behind a chart look: before 7.8. */
export interface GridStyle {
  readonly color?: string;
}

/** An axis. */
export interface CategoryAxis {
  readonly id?: string;
  readonly type?: 'category' | 'value';
  readonly position?: Position;
  readonly show?: boolean;
  readonly style?: AxisStyle;
  readonly scale?: AxisScale;
  readonly labels?: AxisLabels;
  readonly title?: AxisTitle;
  readonly $$hashKey?: string;
}

/** An axis of values. */
export interface ValueAxis extends CategoryAxis {
  readonly name?: string;
}

/** What an axis says of its labels beyond what editors offer: by hand. */
export interface AxisLabels extends Labels {
  readonly rotateAnchor?: 'start' | 'center' | 'middle' | 'end';
  readonly font?: string;
  readonly fontSize?: Numeric;
}

/** How an axis looks: editors keep an empty one (src/plugins/vis_type_vislib/public/vislib/lib/axis/axis_config.js). */
export interface AxisStyle {
  readonly color?: string;
  readonly lineWidth?: Numeric;
  readonly opacity?: number;
  readonly rangePadding?: number;
  readonly rangeOuterPadding?: number;
  readonly tickColor?: string;
  readonly tickWidth?: Numeric;
  readonly tickLength?: Numeric;
}

/** How an axis counts, and from where to where. */
export interface AxisScale {
  readonly type?: AxisScaleType;
  /** `grouped` before 7. */
  readonly mode?: 'normal' | 'percentage' | 'wiggle' | 'silhouette' | 'grouped' | 'stacked' | 'overlap';
  readonly setYExtents?: boolean | null;
  readonly defaultYExtents?: boolean | null;
  readonly boundsMargin?: Numeric | null;
  readonly min?: Numeric | null;
  readonly max?: Numeric | null;
  readonly inverted?: boolean;
  readonly expandLastBucket?: boolean;
}

/** What an axis says. */
export interface AxisTitle {
  readonly text?: string | null;
}

/** How the series of one metric are drawn. */
export interface SeriesParams {
  readonly data?: SeriesData;
  readonly type?: ChartType;
  /** `grouped`, `overlap` and `percentage` before 5.5. */
  readonly mode?: 'normal' | 'stacked' | 'grouped' | 'overlap' | 'percentage';
  /** Text before 7. */
  readonly show?: boolean | 'true' | 'false';
  readonly valueAxis?: string;
  readonly drawLinesBetweenPoints?: boolean;
  readonly showCircles?: boolean;
  /** Kibana 7.13 on. */
  readonly circlesRadius?: Numeric;
  readonly lineWidth?: Numeric | null;
  readonly interpolate?: Interpolation;
  readonly smoothLines?: boolean;
  readonly radiusRatio?: Numeric;
  readonly $$hashKey?: string;
}

/** Of which metric. */
export interface SeriesData {
  readonly id?: string;
  readonly label?: string | null;
  readonly $$hashKey?: string;
}

/** A line at a value. */
export interface ThresholdLine {
  readonly show?: boolean;
  readonly value?: Numeric | null;
  readonly width?: Numeric | null;
  readonly style?: 'full' | 'dashed' | 'dot-dashed';
  readonly color?: string;
}

/** A line at a time (src/plugins/vis_type_vislib/public/vislib/visualizations/time_marker.js). */
export interface TimeMarker {
  readonly time?: string;
  readonly class?: string;
  readonly color?: string;
  readonly opacity?: Numeric;
  readonly width?: Numeric;
}
