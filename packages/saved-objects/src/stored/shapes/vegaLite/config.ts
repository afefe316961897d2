import type { HostConfig } from '../vega/hostConfig.ts';
import type { LegendsLayout, RangeConfig } from '../vega/config.ts';
import type { Locale } from '../vega/locale.ts';
import type { Signal } from '../vega/signals.ts';
import type { AutoSize, Padding } from '../vega/spec.ts';
import type { Orientation, SignalRef, StrokeCap, StrokeJoin, TextLines } from '../vega/values.ts';
import type { LiteAxis, LiteHeader, LiteLegendLook, LiteTitleLook } from './guides.ts';
import type { LiteMarkPart } from './marks.ts';
import type { LiteParameter, LiteSelectionOptions } from './parameters.ts';
import type { LiteProjection } from './projection.ts';
import type { ExprBoolean, ExprNumber, ExprOr, ExprText } from './values.ts';

/** How everything looks where it does not say itself, and what the dashboards products add. */
export interface LiteConfig {
  readonly kibana?: HostConfig;
  readonly opensearchDashboards?: HostConfig;

  readonly aria?: boolean;
  readonly autosize?: AutoSize;
  readonly background?: ExprText | null;
  readonly padding?: ExprOr<Padding>;
  readonly font?: string;
  readonly lineBreak?: ExprText;
  readonly locale?: Locale;
  readonly countTitle?: string;
  readonly customFormatTypes?: boolean;
  readonly fieldTitle?: 'verbal' | 'functional' | 'plain';
  readonly numberFormat?: string;
  readonly numberFormatType?: string;
  readonly normalizedNumberFormat?: string;
  readonly normalizedNumberFormatType?: string;
  readonly timeFormat?: string;
  readonly timeFormatType?: string;
  readonly tooltipFormat?: LiteFormatConfig;
  readonly invalidValues?: 'filter' | null;
  readonly stack?: 'zero' | 'center' | 'normalize' | 'none' | null;
  readonly params?: readonly LiteParameter[];
  /** Of Vega, which gets them. */
  readonly signals?: readonly Signal[];
  readonly style?: LiteStyles;

  readonly mark?: LiteMarkPart;
  readonly arc?: LiteMarkPart;
  readonly area?: LiteMarkPart;
  readonly bar?: LiteMarkPart;
  readonly circle?: LiteMarkPart;
  readonly geoshape?: LiteMarkPart;
  readonly image?: LiteMarkPart;
  readonly line?: LiteMarkPart;
  readonly point?: LiteMarkPart;
  readonly rect?: LiteMarkPart;
  readonly rule?: LiteMarkPart;
  readonly square?: LiteMarkPart;
  readonly text?: LiteMarkPart;
  readonly tick?: LiteTickConfig;
  readonly trail?: LiteMarkPart;
  readonly boxplot?: LiteMarkPart;
  readonly errorbar?: LiteMarkPart;
  readonly errorband?: LiteMarkPart;

  readonly axis?: LiteAxis;
  readonly axisX?: LiteAxis;
  readonly axisY?: LiteAxis;
  readonly axisTop?: LiteAxis;
  readonly axisRight?: LiteAxis;
  readonly axisBottom?: LiteAxis;
  readonly axisLeft?: LiteAxis;
  readonly axisBand?: LiteAxis;
  readonly axisDiscrete?: LiteAxis;
  readonly axisPoint?: LiteAxis;
  readonly axisQuantitative?: LiteAxis;
  readonly axisTemporal?: LiteAxis;
  readonly axisXBand?: LiteAxis;
  readonly axisXDiscrete?: LiteAxis;
  readonly axisXPoint?: LiteAxis;
  readonly axisXQuantitative?: LiteAxis;
  readonly axisXTemporal?: LiteAxis;
  readonly axisYBand?: LiteAxis;
  readonly axisYDiscrete?: LiteAxis;
  readonly axisYPoint?: LiteAxis;
  readonly axisYQuantitative?: LiteAxis;
  readonly axisYTemporal?: LiteAxis;

  readonly header?: LiteHeader;
  readonly headerColumn?: LiteHeader;
  readonly headerFacet?: LiteHeader;
  readonly headerRow?: LiteHeader;
  readonly legend?: LiteLegendConfig;
  readonly title?: LiteTitleLook;
  readonly view?: LiteViewConfig;
  readonly cell?: LiteViewConfig;
  readonly concat?: LiteCompositionConfig;
  readonly facet?: LiteCompositionConfig;
  readonly projection?: LiteProjection;
  readonly range?: RangeConfig;
  readonly scale?: LiteScaleConfig;
  readonly selection?: LiteSelectionsConfig;
}

/** The form of numbers and times in tooltips. */
export interface LiteFormatConfig {
  readonly numberFormat?: string;
  readonly numberFormatType?: string;
  readonly normalizedNumberFormat?: string;
  readonly normalizedNumberFormatType?: string;
  readonly timeFormat?: string;
  readonly timeFormatType?: string;
}

/** By name: how marks and axes of a style look. */
export interface LiteStyles {
  readonly [style: string]: LiteMarkPart | LiteAxis;
}

/** How ticks look. */
export interface LiteTickConfig extends LiteMarkPart {
  readonly bandSize?: number;
  readonly thickness?: number;
}

/** How legends look. */
export interface LiteLegendConfig extends LiteLegendLook {
  readonly disable?: boolean;
  readonly title?: null;
  readonly gradientDirection?: ExprOr<Orientation>;
  readonly gradientLabelLimit?: ExprNumber;
  readonly gradientLabelOffset?: ExprNumber;
  readonly gradientHorizontalMaxLength?: number;
  readonly gradientHorizontalMinLength?: number;
  readonly gradientVerticalMaxLength?: number;
  readonly gradientVerticalMinLength?: number;
  readonly symbolBaseFillColor?: ExprOr<string | null>;
  readonly symbolBaseStrokeColor?: ExprOr<string | null>;
  readonly symbolDirection?: ExprOr<Orientation>;
  readonly unselectedOpacity?: number;
  readonly layout?: LegendsLayout | SignalRef;
  readonly shortTimeLabels?: boolean;
}

/** The background of a view. */
export interface LiteViewBackground {
  readonly style?: TextLines;
  readonly cornerRadius?: ExprNumber;
  readonly cursor?: string;
  readonly fill?: ExprOr<string | null>;
  readonly fillOpacity?: ExprNumber;
  readonly opacity?: ExprNumber;
  readonly stroke?: ExprOr<string | null>;
  readonly strokeCap?: ExprOr<StrokeCap>;
  readonly strokeDash?: ExprOr<readonly number[]>;
  readonly strokeDashOffset?: ExprNumber;
  readonly strokeJoin?: ExprOr<StrokeJoin>;
  readonly strokeMiterLimit?: ExprNumber;
  readonly strokeOpacity?: ExprNumber;
  readonly strokeWidth?: ExprNumber;
}

/** The sizes and the background of views. */
export interface LiteViewConfig extends LiteViewBackground {
  readonly clip?: boolean;
  readonly continuousWidth?: number;
  readonly continuousHeight?: number;
  readonly discreteWidth?: number | LiteStepSize;
  readonly discreteHeight?: number | LiteStepSize;
  readonly step?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A size for each step of a discrete scale. */
export interface LiteStepSize {
  readonly step: number;
  readonly for?: 'position' | 'offset';
}

/** How views stand together. */
export interface LiteCompositionConfig {
  readonly columns?: number;
  readonly spacing?: number;
}

/** How scales are made. */
export interface LiteScaleConfig {
  readonly bandPaddingInner?: ExprNumber;
  readonly bandPaddingOuter?: ExprNumber;
  readonly bandWithNestedOffsetPaddingInner?: ExprNumber;
  readonly bandWithNestedOffsetPaddingOuter?: ExprNumber;
  readonly barBandPaddingInner?: ExprNumber;
  readonly rectBandPaddingInner?: ExprNumber;
  readonly tickBandPaddingInner?: ExprNumber;
  readonly offsetBandPaddingInner?: ExprNumber;
  readonly offsetBandPaddingOuter?: ExprNumber;
  readonly clamp?: ExprBoolean;
  readonly continuousPadding?: ExprNumber;
  readonly pointPadding?: ExprNumber;
  readonly rangeStep?: number | null;
  readonly textXRangeStep?: number;
  readonly animationDuration?: number;
  readonly framesPerSecond?: number;
  readonly maxBandSize?: number;
  readonly minBandSize?: number;
  readonly maxFontSize?: number;
  readonly minFontSize?: number;
  readonly maxOpacity?: number;
  readonly minOpacity?: number;
  readonly maxSize?: number;
  readonly minSize?: number;
  readonly maxStrokeWidth?: number;
  readonly minStrokeWidth?: number;
  readonly quantileCount?: number;
  readonly quantizeCount?: number;
  readonly round?: ExprBoolean;
  readonly useUnaggregatedDomain?: boolean;
  readonly xReverse?: ExprBoolean;
  readonly zero?: boolean;
  readonly invalid?: LiteInvalidValues;
}

/** By name: what each channel shows for values that are none. */
export interface LiteInvalidValues {
  readonly [channel: string]: 'zero-or-min' | LiteInvalidValue;
}

/** A fixed value. */
export interface LiteInvalidValue {
  readonly value: number | string | readonly number[] | null;
}

/** The options of selections, by their type. */
export interface LiteSelectionsConfig {
  readonly point?: LiteSelectionOptions;
  readonly single?: LiteSelectionOptions;
  readonly multi?: LiteSelectionOptions;
  readonly interval?: LiteSelectionOptions;
}
