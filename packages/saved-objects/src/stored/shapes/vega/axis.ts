import type { DataValue } from '../dataValue.ts';
import type { BooleanOrRef, ChoiceOrRef, ColorOrRef, DashOrRef, GuideEncode, NumberOrRef, TextOrRef } from './encode.ts';
import type { Align, BooleanLike, FontWeight, LabelOverlap, Side, SignalBoolean, SignalNumber, SignalOr, SignalRef, StrokeCap, TextBaseline, TextLines, TickCount, TimeFormatSpecifier, TitleAnchor } from './values.ts';

/** An axis. */
export interface Axis extends AxisOptions {
  readonly orient?: SignalOr<Side>;
  readonly scale: string;
  readonly gridScale?: string;
  readonly name?: string;
  readonly type?: 'x' | 'y';
  readonly format?: string | TimeFormatSpecifier | SignalRef;
  readonly formatType?: SignalOr<'number' | 'time' | 'utc'>;
  readonly title?: TextLines | SignalRef | false | null;
  readonly values?: SignalRef | readonly DataValue[];
  readonly encode?: AxisEncode;
  readonly interactive?: BooleanLike;
  readonly style?: TextLines;
}

/** The channels of an axis' parts. */
export interface AxisEncode {
  readonly axis?: GuideEncode;
  readonly ticks?: GuideEncode;
  readonly labels?: GuideEncode;
  readonly title?: GuideEncode;
  readonly grid?: GuideEncode;
  readonly domain?: GuideEncode;
}

/** How an axis looks, also in `config`. */
export interface AxisOptions {
  readonly aria?: BooleanLike;
  readonly description?: string;
  readonly bandPosition?: NumberOrRef;
  readonly minExtent?: NumberOrRef;
  readonly maxExtent?: NumberOrRef;
  readonly offset?: NumberOrRef;
  readonly position?: NumberOrRef;
  readonly translate?: NumberOrRef;
  readonly tickCount?: TickCount;
  readonly tickMinStep?: SignalNumber;
  readonly zindex?: SignalNumber;

  readonly domain?: SignalBoolean;
  readonly domainCap?: ChoiceOrRef<StrokeCap>;
  readonly domainColor?: ColorOrRef;
  readonly domainDash?: DashOrRef;
  readonly domainDashOffset?: NumberOrRef;
  readonly domainOpacity?: NumberOrRef;
  readonly domainWidth?: NumberOrRef;

  readonly grid?: SignalBoolean;
  readonly gridCap?: ChoiceOrRef<StrokeCap>;
  readonly gridColor?: ColorOrRef;
  readonly gridDash?: DashOrRef;
  readonly gridDashOffset?: NumberOrRef;
  readonly gridOpacity?: NumberOrRef;
  readonly gridWidth?: NumberOrRef;

  readonly labels?: SignalBoolean;
  readonly labelAlign?: ChoiceOrRef<Align>;
  readonly labelAngle?: NumberOrRef;
  readonly labelBaseline?: ChoiceOrRef<TextBaseline>;
  readonly labelBound?: number | boolean | SignalRef;
  readonly labelColor?: ColorOrRef;
  readonly labelFlush?: number | boolean | SignalRef;
  readonly labelFlushOffset?: SignalNumber;
  readonly labelFont?: TextOrRef;
  readonly labelFontSize?: NumberOrRef;
  readonly labelFontStyle?: TextOrRef;
  readonly labelFontWeight?: ChoiceOrRef<FontWeight>;
  readonly labelLimit?: NumberOrRef;
  readonly labelLineHeight?: NumberOrRef;
  readonly labelOffset?: NumberOrRef;
  readonly labelOpacity?: NumberOrRef;
  readonly labelOverlap?: LabelOverlap | SignalRef;
  readonly labelPadding?: NumberOrRef;
  readonly labelSeparation?: SignalNumber;

  readonly ticks?: BooleanOrRef;
  readonly tickBand?: SignalOr<'center' | 'extent'>;
  readonly tickCap?: ChoiceOrRef<StrokeCap>;
  readonly tickColor?: ColorOrRef;
  readonly tickDash?: DashOrRef;
  readonly tickDashOffset?: NumberOrRef;
  readonly tickExtra?: BooleanOrRef;
  readonly tickOffset?: NumberOrRef;
  readonly tickOpacity?: NumberOrRef;
  readonly tickRound?: BooleanOrRef;
  readonly tickSize?: NumberOrRef;
  readonly tickWidth?: NumberOrRef;

  readonly titleAlign?: ChoiceOrRef<Align>;
  readonly titleAnchor?: ChoiceOrRef<TitleAnchor>;
  readonly titleAngle?: NumberOrRef;
  readonly titleBaseline?: ChoiceOrRef<TextBaseline>;
  readonly titleColor?: ColorOrRef;
  readonly titleFont?: TextOrRef;
  readonly titleFontSize?: NumberOrRef;
  readonly titleFontStyle?: TextOrRef;
  readonly titleFontWeight?: ChoiceOrRef<FontWeight>;
  readonly titleLimit?: NumberOrRef;
  readonly titleLineHeight?: NumberOrRef;
  readonly titleOpacity?: NumberOrRef;
  readonly titlePadding?: NumberOrRef;
  readonly titleX?: NumberOrRef;
  readonly titleY?: NumberOrRef;
}
