import type { Align, Blend, FontWeight, Interpolate, Orientation, Paint, SignalBoolean, SignalNumber, SignalOr, SignalRef, StrokeCap, StrokeJoin, TextBaseline, TextDirection, TextLines } from './values.ts';

/** How marks look, in `config`. */
export interface MarkLook {
  readonly aria?: SignalBoolean;
  readonly ariaRole?: SignalOr<string>;
  readonly ariaRoleDescription?: SignalOr<string>;
  readonly description?: SignalOr<string>;

  readonly color?: Paint | SignalRef;
  readonly fill?: Paint | SignalRef | boolean;
  readonly stroke?: Paint | SignalRef | boolean;
  readonly filled?: boolean;
  readonly opacity?: SignalNumber;
  readonly fillOpacity?: SignalNumber;
  readonly strokeOpacity?: SignalNumber;
  readonly blend?: SignalOr<Blend>;
  readonly strokeWidth?: SignalNumber;
  readonly strokeDash?: SignalRef | readonly number[];
  readonly strokeDashOffset?: SignalNumber;
  readonly strokeOffset?: SignalNumber;
  readonly strokeForeground?: SignalBoolean;
  readonly strokeCap?: SignalOr<StrokeCap>;
  readonly strokeJoin?: SignalOr<StrokeJoin>;
  readonly strokeMiterLimit?: SignalNumber;

  readonly x?: SignalNumber;
  readonly x2?: SignalNumber;
  readonly y?: SignalNumber;
  readonly y2?: SignalNumber;
  readonly width?: SignalNumber;
  readonly height?: SignalNumber;
  readonly size?: SignalNumber;
  readonly shape?: SignalOr<string>;
  readonly orient?: SignalOr<Orientation>;
  readonly interpolate?: SignalOr<Interpolate>;
  readonly tension?: SignalNumber;
  readonly aspect?: SignalBoolean;
  readonly smooth?: SignalBoolean;
  readonly url?: SignalOr<string>;
  readonly href?: SignalOr<string>;
  readonly tooltip?: SignalOr<string> | boolean | null;
  readonly cursor?: SignalOr<string>;
  readonly clip?: SignalBoolean;
  readonly zindex?: SignalNumber;

  readonly startAngle?: SignalNumber;
  readonly endAngle?: SignalNumber;
  readonly padAngle?: SignalNumber;
  readonly innerRadius?: SignalNumber;
  readonly outerRadius?: SignalNumber;
  readonly cornerRadius?: SignalNumber;
  readonly cornerRadiusTopLeft?: SignalNumber;
  readonly cornerRadiusTopRight?: SignalNumber;
  readonly cornerRadiusBottomRight?: SignalNumber;
  readonly cornerRadiusBottomLeft?: SignalNumber;

  readonly text?: TextLines | SignalRef;
  readonly align?: SignalOr<Align>;
  readonly angle?: SignalNumber;
  readonly baseline?: SignalOr<TextBaseline>;
  readonly dir?: SignalOr<TextDirection>;
  readonly dx?: SignalNumber;
  readonly dy?: SignalNumber;
  readonly ellipsis?: SignalOr<string>;
  readonly font?: SignalOr<string>;
  readonly fontSize?: SignalNumber;
  readonly fontStyle?: SignalOr<string>;
  readonly fontWeight?: SignalOr<FontWeight>;
  readonly limit?: SignalNumber;
  readonly lineBreak?: SignalOr<string>;
  readonly lineHeight?: SignalNumber;
  readonly radius?: SignalNumber;
  readonly theta?: SignalNumber;
}
