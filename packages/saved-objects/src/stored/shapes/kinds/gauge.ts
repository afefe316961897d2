import type { Numeric } from '../aggregations/jsonInput.ts';
import type { ColorMode, ColorRange, ColorSchema, FigureStyle, Labels, LegendParams } from './chart.ts';
import type { ChartDimensions } from './dimensions.ts';

/** Parameters of gauges and goals (src/plugins/vis_type_vislib/public/{gauge,goal}.ts of OpenSearch Dashboards and Kibana). */
export interface GaugeParams extends LegendParams {
  readonly type?: 'gauge' | 'goal';
  readonly addTooltip?: boolean;
  readonly isDisplayWarning?: boolean;
  readonly gauge?: Gauge;
  readonly dimensions?: ChartDimensions;
}

/** The gauge itself; metrics of 5.5 had one too (src/core_plugins/metric_vis of Kibana 5.5). */
export interface Gauge {
  readonly type?: 'meter' | 'simple' | 'metric';
  readonly gaugeType?: 'Arc' | 'Circle' | 'Metric';
  readonly gaugeStyle?: 'Full' | 'Bars' | 'Lines';
  readonly backStyle?: 'Full' | 'Bars' | 'Lines';
  readonly orientation?: 'vertical' | 'horizontal';
  /** How several gauges stand. */
  readonly alignment?: 'automatic' | 'horizontal' | 'vertical';
  /** Before 7.3, for {@link alignment}; goals still have it. */
  readonly verticalSplit?: boolean;
  readonly colorSchema?: ColorSchema;
  readonly gaugeColorMode?: ColorMode;
  readonly colorsRange?: readonly ColorRange[];
  readonly invertColors?: boolean;
  readonly useRanges?: boolean;
  readonly useRange?: boolean;
  readonly extendRange?: boolean;
  readonly autoExtend?: boolean;
  readonly percentageMode?: boolean;
  /** Kibana 7.13 on. */
  readonly percentageFormatPattern?: string;
  readonly outline?: boolean;
  readonly minAngle?: Numeric;
  readonly maxAngle?: Numeric;
  readonly labels?: Labels;
  readonly scale?: GaugeScale;
  readonly style?: FigureStyle;
}

/** The scale around a gauge. */
export interface GaugeScale {
  readonly show?: boolean;
  readonly labels?: boolean;
  readonly color?: string;
  readonly width?: Numeric;
}
