import type { ChoiceOrRef, ColorOrRef, EncodeChannels, GuideEncode, NumberOrRef, TextOrRef } from './encode.ts';
import type { Align, BooleanLike, FontWeight, Side, SignalNumber, SignalOr, SignalRef, TextBaseline, TextLines, TitleAnchor } from './values.ts';

/** A title: its text, or more about it. */
export type Title = TextLines | TitleOptions;

/** A title with its subtitle and how they look. */
export interface TitleOptions extends TitleLook {
  readonly text?: TextLines | SignalRef;
  readonly subtitle?: TextLines | SignalRef;
  readonly name?: string;
  readonly interactive?: BooleanLike;
  readonly style?: TextLines;
  readonly encode?: TitleEncode;
}

/** The channels of a title's parts, or (deprecated) of the title. */
export interface TitleEncode {
  readonly group?: GuideEncode;
  readonly title?: GuideEncode;
  readonly subtitle?: GuideEncode;
  readonly enter?: EncodeChannels;
  readonly update?: EncodeChannels;
  readonly exit?: EncodeChannels;
  readonly hover?: EncodeChannels;
  readonly interactive?: BooleanLike;
  readonly name?: string;
  readonly style?: TextLines;
}

/** How titles look, also in `config`. */
export interface TitleLook {
  readonly anchor?: ChoiceOrRef<TitleAnchor>;
  readonly frame?: TextOrRef;
  readonly offset?: NumberOrRef;
  readonly orient?: SignalOr<'none' | Side>;
  readonly aria?: BooleanLike;
  readonly align?: ChoiceOrRef<Align>;
  readonly angle?: NumberOrRef;
  readonly baseline?: ChoiceOrRef<TextBaseline>;
  readonly dx?: NumberOrRef;
  readonly dy?: NumberOrRef;
  readonly limit?: NumberOrRef;
  readonly color?: ColorOrRef;
  readonly font?: TextOrRef;
  readonly fontSize?: NumberOrRef;
  readonly fontStyle?: TextOrRef;
  readonly fontWeight?: ChoiceOrRef<FontWeight>;
  readonly lineHeight?: NumberOrRef;
  readonly subtitleColor?: ColorOrRef;
  readonly subtitleFont?: TextOrRef;
  readonly subtitleFontSize?: NumberOrRef;
  readonly subtitleFontStyle?: TextOrRef;
  readonly subtitleFontWeight?: ChoiceOrRef<FontWeight>;
  readonly subtitleLineHeight?: NumberOrRef;
  readonly subtitlePadding?: NumberOrRef;
  readonly zindex?: SignalNumber;
}
