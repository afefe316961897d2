import type { AxisOptions } from './axis.ts';
import type { HostConfig } from './hostConfig.ts';
import type { LegendOptions } from './legend.ts';
import type { Locale } from './locale.ts';
import type { MarkLook } from './markLook.ts';
import type { ProjectionOptions } from './projection.ts';
import type { ScaleRangeScheme, ScaleRangeValues } from './scales.ts';
import type { Signal } from './signals.ts';
import type { AutoSize, Padding } from './spec.ts';
import type { TitleLook } from './title.ts';
import type { Orientation, SignalBoolean, SignalNumber, SignalOr, SignalRef, TitleAnchor } from './values.ts';

/** How everything looks where it does not say itself, and what the dashboards products add. */
export interface VegaConfig {
  readonly kibana?: HostConfig;
  readonly opensearchDashboards?: HostConfig;

  readonly description?: string;
  readonly autosize?: AutoSize | SignalRef;
  readonly background?: string | SignalRef | null;
  readonly padding?: Padding | SignalRef;
  readonly font?: string;
  readonly lineBreak?: string | SignalRef;
  readonly locale?: Locale;
  readonly events?: EventsConfig;
  readonly signals?: readonly Signal[];
  readonly style?: StylesByName;

  readonly group?: MarkLook;
  readonly mark?: MarkLook;
  readonly arc?: MarkLook;
  readonly area?: MarkLook;
  readonly image?: MarkLook;
  readonly line?: MarkLook;
  readonly path?: MarkLook;
  readonly rect?: MarkLook;
  readonly rule?: MarkLook;
  readonly shape?: MarkLook;
  readonly symbol?: MarkLook;
  readonly text?: MarkLook;
  readonly trail?: MarkLook;

  readonly axis?: AxisConfig;
  readonly axisX?: AxisConfig;
  readonly axisY?: AxisConfig;
  readonly axisTop?: AxisConfig;
  readonly axisRight?: AxisConfig;
  readonly axisBottom?: AxisConfig;
  readonly axisLeft?: AxisConfig;
  readonly axisBand?: AxisConfig;

  readonly legend?: LegendConfig;
  readonly title?: TitleLook;
  readonly projection?: ProjectionOptions;
  readonly range?: RangeConfig;
}

/** Which events count, and which of the browser's own are held back. */
export interface EventsConfig {
  readonly bind?: 'any' | 'container' | 'none';
  readonly defaults?: EventDefaults;
  readonly globalCursor?: boolean;
  readonly selector?: boolean | readonly string[];
  readonly timer?: boolean;
  readonly view?: boolean | readonly string[];
  readonly window?: boolean | readonly string[];
  readonly container?: boolean;
}

/** Which of the browser's own reactions are held back. */
export interface EventDefaults {
  readonly prevent?: boolean | readonly string[];
  readonly allow?: boolean | readonly string[];
}

/** By name: how marks of a style look. */
export interface StylesByName {
  readonly [style: string]: MarkLook;
}

/** How axes look. */
export interface AxisConfig extends AxisOptions {
  readonly orient?: SignalOr<'top' | 'bottom' | 'left' | 'right'>;
  readonly disable?: boolean;
  readonly title?: string | null;
}

/** How legends look. */
export interface LegendConfig extends LegendOptions {
  readonly disable?: boolean;
  readonly title?: string | null;
  readonly direction?: SignalOr<Orientation>;
  readonly gradientDirection?: SignalOr<Orientation>;
  readonly gradientLabelLimit?: SignalNumber;
  readonly gradientLabelOffset?: SignalNumber;
  readonly gradientLabelBaseline?: string;
  readonly gradientHorizontalMaxLength?: number;
  readonly gradientHorizontalMinLength?: number;
  readonly gradientVerticalMaxLength?: number;
  readonly gradientVerticalMinLength?: number;
  readonly gradientWidth?: number;
  readonly gradientHeight?: number;
  readonly symbolBaseFillColor?: string | SignalRef | null;
  readonly symbolBaseStrokeColor?: string | SignalRef | null;
  readonly symbolColor?: string;
  readonly symbolDirection?: SignalOr<Orientation>;
  readonly strokeDash?: SignalRef | readonly number[];
  readonly strokeWidth?: SignalNumber;
  readonly unselectedOpacity?: number;
  readonly layout?: LegendsLayout | SignalRef;
}

/** How legends stand together. */
export interface LegendsSideLayout {
  readonly anchor?: SignalOr<TitleAnchor>;
  readonly bounds?: SignalOr<'full' | 'flush'>;
  readonly frame?: SignalOr<'bounds' | 'group'>;
  readonly center?: SignalBoolean;
  readonly direction?: SignalOr<Orientation>;
  readonly margin?: SignalNumber;
  readonly offset?: SignalNumber;
}

/** How legends stand together, on each side. */
export interface LegendsLayout extends LegendsSideLayout {
  readonly left?: LegendsSideLayout;
  readonly right?: LegendsSideLayout;
  readonly top?: LegendsSideLayout;
  readonly bottom?: LegendsSideLayout;
  readonly 'top-left'?: LegendsSideLayout;
  readonly 'top-right'?: LegendsSideLayout;
  readonly 'bottom-left'?: LegendsSideLayout;
  readonly 'bottom-right'?: LegendsSideLayout;
}

/** By name: ranges that scales may take; `category`, `diverging`, `heatmap`, `ordinal`, `ramp` and `symbol` are Vega's. */
export interface RangeConfig {
  readonly [range: string]: string | ScaleRangeScheme | ScaleRangeValues;
}
