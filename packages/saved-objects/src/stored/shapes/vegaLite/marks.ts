import type { Align, Blend, FontWeight, Interpolate, Orientation, Paint, StrokeCap, StrokeJoin, TextBaseline, TextDirection, TextLines } from '../vega/values.ts';
import type { ExprBoolean, ExprNumber, ExprOr, ExprText } from './values.ts';

/** What is drawn. */
export type LiteMarkType =
  | 'arc'
  | 'area'
  | 'bar'
  | 'circle'
  | 'geoshape'
  | 'image'
  | 'line'
  | 'point'
  | 'rect'
  | 'rule'
  | 'square'
  | 'text'
  | 'tick'
  | 'trail'
  | 'boxplot'
  | 'errorbar'
  | 'errorband'
  | 'box-plot'
  | 'error-bar'
  | 'error-band';

/** A mark: its type, or more about it. */
export type LiteMark = LiteMarkType | LiteMarkDef;

/** A mark with how it looks. */
export interface LiteMarkDef extends LiteMarkLook {
  readonly type: LiteMarkType;
  readonly style?: TextLines;
  readonly clip?: ExprBoolean;
  readonly bandSize?: number;
  readonly thickness?: number;
  readonly xOffset?: ExprNumber;
  readonly x2Offset?: ExprNumber;
  readonly yOffset?: ExprNumber;
  readonly y2Offset?: ExprNumber;
  readonly thetaOffset?: ExprNumber;
  readonly theta2Offset?: ExprNumber;
  readonly radiusOffset?: ExprNumber;
  readonly radius2Offset?: ExprNumber;
}

/** A mark over a line or an area, or a part of a box plot. */
export interface LiteMarkPart extends LiteMarkLook {
  readonly type?: LiteMarkType;
  readonly style?: TextLines;
  readonly clip?: ExprBoolean;
}

/** A part of a composite mark: yes, no, or how it looks. */
export type LitePart = boolean | LiteMarkPart;

/** A size in parts of a band. */
export interface LiteBandSize {
  readonly band: number;
}

/** What a tooltip tells. */
export interface LiteTooltipContent {
  readonly content: 'encoding' | 'data';
}

/** How marks look, also in `config`. */
export interface LiteMarkLook {
  readonly aria?: ExprBoolean;
  readonly ariaRole?: ExprText;
  readonly ariaRoleDescription?: ExprText;
  readonly description?: ExprText;

  readonly color?: ExprOr<Paint>;
  readonly fill?: ExprOr<Paint>;
  readonly stroke?: ExprOr<Paint>;
  readonly filled?: boolean;
  readonly opacity?: ExprNumber;
  readonly fillOpacity?: ExprNumber;
  readonly strokeOpacity?: ExprNumber;
  readonly blend?: ExprOr<Blend>;
  readonly strokeWidth?: ExprNumber;
  readonly strokeDash?: ExprOr<readonly number[]>;
  readonly strokeDashOffset?: ExprNumber;
  readonly strokeOffset?: ExprNumber;
  readonly strokeCap?: ExprOr<StrokeCap>;
  readonly strokeJoin?: ExprOr<StrokeJoin>;
  readonly strokeMiterLimit?: ExprNumber;

  readonly x?: ExprOr<number | 'width'>;
  readonly x2?: ExprOr<number | 'width'>;
  readonly y?: ExprOr<number | 'height'>;
  readonly y2?: ExprOr<number | 'height'>;
  readonly width?: ExprNumber | LiteBandSize;
  readonly height?: ExprNumber | LiteBandSize;
  readonly size?: ExprNumber;
  readonly shape?: ExprText;
  readonly orient?: Orientation;
  readonly interpolate?: ExprOr<Interpolate>;
  readonly tension?: ExprNumber;
  readonly order?: boolean | null;
  readonly invalid?: 'filter' | 'break-paths-filter-domains' | 'break-paths-show-domains' | 'break-paths-show-path-domains' | 'show' | null;
  readonly aspect?: ExprBoolean;
  readonly smooth?: ExprBoolean;
  readonly url?: ExprText;
  readonly href?: ExprText;
  readonly tooltip?: ExprText | number | boolean | LiteTooltipContent | null;
  readonly cursor?: ExprText;
  readonly time?: ExprNumber;

  readonly startAngle?: ExprNumber;
  readonly endAngle?: ExprNumber;
  readonly padAngle?: ExprNumber;
  readonly innerRadius?: ExprNumber;
  readonly outerRadius?: ExprNumber;
  readonly cornerRadius?: ExprNumber;
  readonly cornerRadiusEnd?: ExprNumber;
  readonly cornerRadiusTopLeft?: ExprNumber;
  readonly cornerRadiusTopRight?: ExprNumber;
  readonly cornerRadiusBottomRight?: ExprNumber;
  readonly cornerRadiusBottomLeft?: ExprNumber;

  readonly text?: ExprOr<TextLines>;
  readonly align?: ExprOr<Align>;
  readonly angle?: ExprNumber;
  readonly baseline?: ExprOr<TextBaseline>;
  readonly dir?: ExprOr<TextDirection>;
  readonly dx?: ExprNumber;
  readonly dy?: ExprNumber;
  readonly ellipsis?: ExprText;
  readonly font?: ExprText;
  readonly fontSize?: ExprNumber;
  readonly fontStyle?: ExprText;
  readonly fontWeight?: ExprOr<FontWeight>;
  readonly limit?: ExprNumber;
  readonly lineBreak?: ExprText;
  readonly lineHeight?: ExprNumber;
  readonly radius?: ExprNumber;
  readonly radius2?: ExprNumber;
  readonly theta?: ExprNumber;
  readonly theta2?: ExprNumber;
  /** Of text, before Vega-Lite 3. */
  readonly shortTimeLabels?: boolean;

  readonly binSpacing?: number;
  readonly continuousBandSize?: number;
  readonly discreteBandSize?: number | LiteBandSize;
  readonly minBandSize?: ExprNumber;
  readonly timeUnitBand?: number;
  readonly timeUnitBandPosition?: number;
  readonly timeUnitBandSize?: number;

  /** Over a line or an area. */
  readonly line?: boolean | LiteMarkPart;
  readonly point?: boolean | 'transparent' | LiteMarkPart;

  /** The parts of a composite mark. */
  readonly extent?: 'min-max' | 'ci' | 'iqr' | 'stderr' | 'stdev' | number;
  readonly box?: LitePart;
  readonly median?: LitePart;
  readonly outliers?: LitePart;
  readonly rule?: LitePart;
  readonly ticks?: LitePart;
  readonly band?: LitePart;
  readonly borders?: LitePart;
}
