import type { Align, FontWeight, LabelOverlap, Orientation, Side, StrokeCap, TextBaseline, TextLines, TickCount, TimeFormatSpecifier, TitleAnchor } from '../vega/values.ts';
import type { DataRow, Scalar } from '../dataValue.ts';
import type { LegendOrient } from '../vega/legend.ts';
import type { LayoutAlign } from '../vega/layout.ts';
import type { LitePredicates } from './predicates.ts';
import type { ExprBoolean, ExprNumber, ExprOr, ExprText, LiteValue } from './values.ts';

/** A value that holds where a condition says yes, and another elsewhere. */
export interface LiteAxisCondition<Value> {
  readonly condition: LiteAxisCase<Value> | readonly LiteAxisCase<Value>[];
  readonly value?: Value;
  readonly expr?: string;
}

/** One case of a condition. */
export interface LiteAxisCase<Value> {
  readonly test: LitePredicates;
  readonly value?: Value;
  readonly expr?: string;
}

/** A value of an axis, which may hold for some of its ticks only. */
export type AxisValue<Value> = ExprOr<Value> | LiteAxisCondition<Value>;

/** The form of numbers and times. */
export type LiteFormat = string | TimeFormatSpecifier | DataRow;

/** An axis, also in `config`. */
export interface LiteAxis {
  readonly aria?: ExprBoolean;
  readonly description?: ExprText;
  readonly style?: TextLines;
  readonly disable?: boolean;
  readonly orient?: ExprOr<Side>;
  readonly format?: LiteFormat;
  readonly formatType?: string;
  readonly values?: ExprOr<readonly LiteValue[]>;
  readonly bandPosition?: ExprNumber;
  readonly minExtent?: ExprNumber;
  readonly maxExtent?: ExprNumber;
  readonly offset?: ExprNumber;
  readonly position?: ExprNumber;
  readonly translate?: ExprNumber;
  readonly tickCount?: ExprOr<TickCount>;
  readonly tickMinStep?: ExprNumber;
  readonly zindex?: number;
  readonly encoding?: LiteGuideEncoding;
  readonly shortTimeLabels?: boolean;

  readonly domain?: boolean;
  readonly domainCap?: ExprOr<StrokeCap>;
  readonly domainColor?: ExprOr<string | null>;
  readonly domainDash?: ExprOr<readonly number[]>;
  readonly domainDashOffset?: ExprNumber;
  readonly domainOpacity?: ExprNumber;
  readonly domainWidth?: ExprNumber;

  readonly grid?: boolean;
  readonly gridCap?: ExprOr<StrokeCap>;
  readonly gridColor?: AxisValue<string | null>;
  readonly gridDash?: AxisValue<readonly number[]>;
  readonly gridDashOffset?: AxisValue<number>;
  readonly gridOpacity?: AxisValue<number>;
  readonly gridWidth?: AxisValue<number>;

  readonly labels?: boolean;
  readonly labelAlign?: AxisValue<Align>;
  readonly labelAngle?: ExprNumber;
  readonly labelBaseline?: AxisValue<TextBaseline>;
  readonly labelBound?: ExprOr<number | boolean>;
  readonly labelColor?: AxisValue<string | null>;
  readonly labelExpr?: string;
  readonly labelFlush?: boolean | number;
  readonly labelFlushOffset?: ExprNumber;
  readonly labelFont?: AxisValue<string>;
  readonly labelFontSize?: AxisValue<number>;
  readonly labelFontStyle?: AxisValue<string>;
  readonly labelFontWeight?: AxisValue<FontWeight>;
  readonly labelLimit?: ExprNumber;
  readonly labelLineHeight?: ExprNumber;
  readonly labelOffset?: AxisValue<number>;
  readonly labelOpacity?: AxisValue<number>;
  readonly labelOverlap?: ExprOr<LabelOverlap>;
  readonly labelPadding?: AxisValue<number>;
  readonly labelSeparation?: ExprNumber;
  readonly labelMaxLength?: number;

  readonly ticks?: ExprBoolean;
  readonly tickBand?: ExprOr<'center' | 'extent'>;
  readonly tickCap?: ExprOr<StrokeCap>;
  readonly tickColor?: AxisValue<string | null>;
  readonly tickDash?: AxisValue<readonly number[]>;
  readonly tickDashOffset?: AxisValue<number>;
  readonly tickExtra?: boolean;
  readonly tickOffset?: ExprNumber;
  readonly tickOpacity?: AxisValue<number>;
  readonly tickRound?: boolean;
  readonly tickSize?: AxisValue<number>;
  readonly tickWidth?: AxisValue<number>;

  readonly title?: ExprOr<TextLines> | false | null;
  readonly titleAlign?: ExprOr<Align>;
  readonly titleAnchor?: ExprOr<TitleAnchor>;
  readonly titleAngle?: ExprNumber;
  readonly titleBaseline?: ExprOr<TextBaseline>;
  readonly titleColor?: ExprOr<string | null>;
  readonly titleFont?: ExprText;
  readonly titleFontSize?: ExprNumber;
  readonly titleFontStyle?: ExprText;
  readonly titleFontWeight?: ExprOr<FontWeight>;
  readonly titleLimit?: ExprNumber;
  readonly titleLineHeight?: ExprNumber;
  readonly titleMaxLength?: number;
  readonly titleOpacity?: ExprNumber;
  readonly titlePadding?: ExprNumber;
  readonly titleX?: ExprNumber;
  readonly titleY?: ExprNumber;
}

/** The channels of a guide's parts (before Vega-Lite 4). */
export interface LiteGuideEncoding {
  readonly axis?: LitePartEncoding;
  readonly domain?: LitePartEncoding;
  readonly grid?: LitePartEncoding;
  readonly labels?: LitePartEncoding;
  readonly ticks?: LitePartEncoding;
  readonly title?: LitePartEncoding;
  readonly legend?: LitePartEncoding;
  readonly symbols?: LitePartEncoding;
  readonly gradient?: LitePartEncoding;
  readonly entries?: LitePartEncoding;
}

/** The channels of a guide's part at each moment. */
export interface LitePartEncoding {
  readonly enter?: LitePartChannels;
  readonly update?: LitePartChannels;
  readonly hover?: LitePartChannels;
}

/** By name: the channels of a guide's part, as in Vega. */
export interface LitePartChannels {
  readonly [channel: string]: LitePartChannel | readonly LitePartChannel[];
}

/** One channel of a guide's part. */
export interface LitePartChannel {
  readonly test?: string;
  readonly value?: Scalar;
  readonly signal?: string;
  readonly field?: string;
  readonly scale?: string;
  readonly offset?: number;
}

/** A legend. */
export interface LiteLegend extends LiteLegendLook {
  readonly format?: LiteFormat;
  readonly formatType?: string;
  readonly title?: ExprOr<TextLines> | false | null;
  readonly type?: 'symbol' | 'gradient';
  readonly values?: ExprOr<readonly LiteValue[]>;
  readonly labelExpr?: string;
  readonly tickMinStep?: ExprNumber;
  readonly encoding?: LiteGuideEncoding;
  /** Has no effect; some authors mean `labelColor` and `titleColor`. */
  readonly color?: string;
}

/** How a legend looks, also in `config`. */
export interface LiteLegendLook {
  readonly aria?: ExprBoolean;
  readonly description?: ExprText;
  readonly orient?: ExprOr<LegendOrient> | null;
  readonly direction?: Orientation;
  readonly tickCount?: ExprOr<TickCount>;
  readonly zindex?: ExprNumber;

  readonly cornerRadius?: ExprNumber;
  readonly fillColor?: ExprOr<string | null>;
  readonly offset?: ExprNumber;
  readonly padding?: ExprNumber;
  readonly strokeColor?: ExprOr<string | null>;
  readonly strokeDash?: ExprOr<readonly number[]>;
  readonly strokeWidth?: ExprNumber;
  readonly legendX?: ExprNumber;
  readonly legendY?: ExprNumber;

  readonly titleAlign?: ExprOr<Align>;
  readonly titleAnchor?: ExprOr<TitleAnchor>;
  readonly titleBaseline?: ExprOr<TextBaseline>;
  readonly titleColor?: ExprOr<string | null>;
  readonly titleFont?: ExprText;
  readonly titleFontSize?: ExprNumber;
  readonly titleFontStyle?: ExprText;
  readonly titleFontWeight?: ExprOr<FontWeight>;
  readonly titleLimit?: ExprNumber;
  readonly titleLineHeight?: ExprNumber;
  readonly titleOpacity?: ExprNumber;
  readonly titleOrient?: ExprOr<Side>;
  readonly titlePadding?: ExprNumber;

  readonly gradientLength?: ExprNumber;
  readonly gradientOpacity?: ExprNumber;
  readonly gradientThickness?: ExprNumber;
  readonly gradientStrokeColor?: ExprOr<string | null>;
  readonly gradientStrokeWidth?: ExprNumber;

  readonly clipHeight?: ExprNumber;
  readonly columns?: ExprNumber;
  readonly columnPadding?: ExprNumber;
  readonly rowPadding?: ExprNumber;
  readonly gridAlign?: ExprOr<LayoutAlign>;

  readonly symbolDash?: ExprOr<readonly number[]>;
  readonly symbolDashOffset?: ExprNumber;
  readonly symbolFillColor?: ExprOr<string | null>;
  readonly symbolLimit?: ExprNumber;
  readonly symbolOffset?: ExprNumber;
  readonly symbolOpacity?: ExprNumber;
  readonly symbolSize?: ExprNumber;
  readonly symbolStrokeColor?: ExprOr<string | null>;
  readonly symbolStrokeWidth?: ExprNumber;
  readonly symbolType?: ExprText;

  readonly labelAlign?: ExprOr<Align>;
  readonly labelBaseline?: ExprOr<TextBaseline>;
  readonly labelColor?: ExprOr<string | null>;
  readonly labelFont?: ExprText;
  readonly labelFontSize?: ExprNumber;
  readonly labelFontStyle?: ExprText;
  readonly labelFontWeight?: ExprOr<FontWeight>;
  readonly labelLimit?: ExprNumber;
  readonly labelOffset?: ExprNumber;
  readonly labelOpacity?: ExprNumber;
  readonly labelOverlap?: ExprOr<LabelOverlap>;
  readonly labelPadding?: ExprNumber;
  readonly labelSeparation?: ExprNumber;
}

/** The header of a facet, also in `config`. */
export interface LiteHeader {
  readonly format?: LiteFormat;
  readonly formatType?: string;
  readonly orient?: Side;
  readonly labels?: boolean;
  readonly labelAlign?: ExprOr<Align>;
  readonly labelAnchor?: TitleAnchor;
  readonly labelAngle?: number;
  readonly labelBaseline?: ExprOr<TextBaseline>;
  readonly labelColor?: ExprText;
  readonly labelExpr?: string;
  readonly labelFont?: ExprText;
  readonly labelFontSize?: ExprNumber;
  readonly labelFontStyle?: ExprText;
  readonly labelFontWeight?: ExprOr<FontWeight>;
  readonly labelLimit?: ExprNumber;
  readonly labelLineHeight?: ExprNumber;
  readonly labelOrient?: Side;
  readonly labelPadding?: ExprNumber;
  readonly title?: ExprOr<TextLines> | false | null;
  readonly titleAlign?: ExprOr<Align>;
  readonly titleAnchor?: TitleAnchor;
  readonly titleAngle?: number;
  readonly titleBaseline?: ExprOr<TextBaseline>;
  readonly titleColor?: ExprText;
  readonly titleFont?: ExprText;
  readonly titleFontSize?: ExprNumber;
  readonly titleFontStyle?: ExprText;
  readonly titleFontWeight?: ExprOr<FontWeight>;
  readonly titleLimit?: ExprNumber;
  readonly titleLineHeight?: ExprNumber;
  readonly titleOrient?: Side;
  readonly titlePadding?: ExprNumber;
}

/** A title: its text, or more about it. */
export type LiteTitle = TextLines | LiteTitleOptions;

/** A title with its subtitle. */
export interface LiteTitleOptions extends LiteTitleLook {
  readonly text?: ExprOr<TextLines>;
  readonly subtitle?: ExprOr<TextLines>;
  readonly style?: TextLines;
}

/** How titles look, also in `config`. */
export interface LiteTitleLook {
  readonly align?: ExprOr<Align>;
  readonly anchor?: ExprOr<TitleAnchor>;
  readonly angle?: ExprNumber;
  readonly aria?: ExprBoolean;
  readonly baseline?: ExprOr<TextBaseline>;
  readonly color?: ExprOr<string | null>;
  readonly dx?: ExprNumber;
  readonly dy?: ExprNumber;
  readonly font?: ExprText;
  readonly fontSize?: ExprNumber;
  readonly fontStyle?: ExprText;
  readonly fontWeight?: ExprOr<FontWeight>;
  readonly frame?: ExprText;
  readonly limit?: ExprNumber;
  readonly lineHeight?: ExprNumber;
  readonly offset?: ExprNumber;
  readonly orient?: ExprOr<'none' | Side>;
  readonly subtitleColor?: ExprOr<string | null>;
  readonly subtitleFont?: ExprText;
  readonly subtitleFontSize?: ExprNumber;
  readonly subtitleFontStyle?: ExprText;
  readonly subtitleFontWeight?: ExprOr<FontWeight>;
  readonly subtitleLineHeight?: ExprNumber;
  readonly subtitlePadding?: ExprNumber;
  readonly zindex?: ExprNumber;
}
