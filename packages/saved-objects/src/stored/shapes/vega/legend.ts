import type { DataValue } from '../dataValue.ts';
import type { ChoiceOrRef, ColorOrRef, DashOrRef, GuideEncode, NumberOrRef, TextOrRef } from './encode.ts';
import type { LayoutAlign } from './layout.ts';
import type { Align, BooleanLike, FontWeight, LabelOverlap, Orientation, Side, SignalNumber, SignalOr, SignalRef, TextBaseline, TextLines, TickCount, TimeFormatSpecifier, TitleAnchor } from './values.ts';

/** A legend, of the scales that the channels name. */
export interface Legend extends LegendOptions {
  readonly size?: string;
  readonly shape?: string;
  readonly fill?: string;
  readonly stroke?: string;
  readonly strokeDash?: string;
  readonly strokeWidth?: string;
  readonly opacity?: string;
  readonly name?: string;
  readonly type?: 'gradient' | 'symbol' | 'discrete';
  readonly direction?: SignalOr<Orientation>;
  readonly format?: string | TimeFormatSpecifier | SignalRef;
  readonly formatType?: SignalOr<'number' | 'time' | 'utc'>;
  readonly title?: TextLines | SignalRef | false | null;
  readonly tickMinStep?: SignalNumber;
  readonly values?: SignalRef | readonly DataValue[];
  readonly encode?: LegendEncode;
  readonly interactive?: BooleanLike;
  readonly style?: TextLines;
}

/** The channels of a legend's parts. */
export interface LegendEncode {
  readonly title?: GuideEncode;
  readonly labels?: GuideEncode;
  readonly legend?: GuideEncode;
  readonly entries?: GuideEncode;
  readonly symbols?: GuideEncode;
  readonly gradient?: GuideEncode;
}

/** Where a legend is. */
export type LegendOrient = 'none' | Side | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** How a legend looks, also in `config`. */
export interface LegendOptions {
  readonly orient?: SignalOr<LegendOrient>;
  readonly aria?: BooleanLike;
  readonly description?: string;
  readonly tickCount?: TickCount;
  readonly symbolLimit?: NumberOrRef;
  readonly zindex?: SignalNumber;

  readonly cornerRadius?: NumberOrRef;
  readonly fillColor?: ColorOrRef;
  readonly offset?: NumberOrRef;
  readonly padding?: NumberOrRef;
  readonly strokeColor?: ColorOrRef;
  readonly legendX?: NumberOrRef;
  readonly legendY?: NumberOrRef;

  readonly titleAlign?: ChoiceOrRef<Align>;
  readonly titleAnchor?: ChoiceOrRef<TitleAnchor>;
  readonly titleBaseline?: ChoiceOrRef<TextBaseline>;
  readonly titleColor?: ColorOrRef;
  readonly titleFont?: TextOrRef;
  readonly titleFontSize?: NumberOrRef;
  readonly titleFontStyle?: TextOrRef;
  readonly titleFontWeight?: ChoiceOrRef<FontWeight>;
  readonly titleLimit?: NumberOrRef;
  readonly titleLineHeight?: NumberOrRef;
  readonly titleOpacity?: NumberOrRef;
  readonly titleOrient?: ChoiceOrRef<Side>;
  readonly titlePadding?: NumberOrRef;

  readonly gradientLength?: SignalNumber;
  readonly gradientOpacity?: NumberOrRef;
  readonly gradientThickness?: SignalNumber;
  readonly gradientStrokeColor?: ColorOrRef;
  readonly gradientStrokeWidth?: NumberOrRef;

  readonly clipHeight?: SignalNumber;
  readonly columns?: SignalNumber;
  readonly columnPadding?: SignalNumber;
  readonly rowPadding?: SignalNumber;
  readonly gridAlign?: SignalOr<LayoutAlign>;

  readonly symbolDash?: DashOrRef;
  readonly symbolDashOffset?: NumberOrRef;
  readonly symbolFillColor?: ColorOrRef;
  readonly symbolOffset?: NumberOrRef;
  readonly symbolOpacity?: NumberOrRef;
  readonly symbolSize?: NumberOrRef;
  readonly symbolStrokeColor?: ColorOrRef;
  readonly symbolStrokeWidth?: NumberOrRef;
  readonly symbolType?: TextOrRef;

  readonly labelAlign?: ChoiceOrRef<Align>;
  readonly labelBaseline?: ChoiceOrRef<TextBaseline>;
  readonly labelColor?: ColorOrRef;
  readonly labelFont?: TextOrRef;
  readonly labelFontSize?: NumberOrRef;
  readonly labelFontStyle?: TextOrRef;
  readonly labelFontWeight?: ChoiceOrRef<FontWeight>;
  readonly labelLimit?: NumberOrRef;
  readonly labelOpacity?: NumberOrRef;
  readonly labelPadding?: NumberOrRef;
  readonly labelOffset?: NumberOrRef;
  readonly labelOverlap?: LabelOverlap | SignalRef;
  readonly labelSeparation?: SignalNumber;
}
