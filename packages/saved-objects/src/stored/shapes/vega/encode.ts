import type { DataValue, Scalar } from '../dataValue.ts';
import type { Align, Blend, BooleanLike, FontWeight, Interpolate, NumberLike, Orientation, Paint, StrokeCap, StrokeJoin, TextBaseline, TextDirection, TextLines } from './values.ts';

/** Where the value of a channel comes from, when it is in the data, in the group, or in what is around. */
export type EncodeField = string | EncodeFieldRef;

/** A field of the datum, of the group or of the parent: one of the four. */
export interface EncodeFieldRef {
  readonly signal?: string;
  readonly datum?: EncodeField;
  readonly group?: EncodeField;
  readonly parent?: EncodeField;
  readonly level?: number;
}

/**
 * Where the value of a channel comes from. In a list of them, the first whose `test` says yes is taken.
 */
export interface ValueRef<Value> {
  readonly test?: string;
  readonly value?: Value | null;
  readonly signal?: string;
  readonly field?: EncodeField;
  readonly scale?: EncodeField;
  readonly band?: boolean | number | NumberRef;
  readonly range?: number | boolean;
  readonly extra?: boolean;
}

/** A number, and what it is multiplied by and moved by. */
export interface NumberRef extends ValueRef<Scalar | readonly number[]> {
  readonly exponent?: NumberOrRef;
  readonly mult?: NumberOrRef;
  readonly offset?: NumberOrRef;
  readonly round?: boolean;
}

/** A colour: its value, its channels, or a gradient over a scale. */
export interface ColorRef extends ValueRef<Paint | number | boolean> {
  readonly color?: ColorChannels;
  readonly gradient?: EncodeField;
  readonly start?: readonly number[];
  readonly stop?: readonly number[];
  readonly count?: number;
  readonly offset?: number | NumberRef;
  readonly mult?: number | NumberRef;
}

/** The channels of a colour in RGB, HSL, LAB or HCL. */
export interface ColorChannels {
  readonly r?: ColorChannel;
  readonly g?: ColorChannel;
  readonly b?: ColorChannel;
  readonly h?: ColorChannel;
  readonly s?: ColorChannel;
  readonly l?: ColorChannel;
  readonly a?: ColorChannel;
  readonly c?: ColorChannel;
}

/** One channel of a colour. */
export type ColorChannel = number | NumberRef | readonly NumberRef[];

/** One reference, or several with tests. A bare value, as some authors write it, is none: Vega does not take it. */
export type Rule<Ref> = Ref | readonly Ref[] | Scalar;

/** A channel with numbers. */
export type NumberRule = Rule<NumberRef>;

/** A channel with colours. */
export type ColorRule = Rule<ColorRef>;

/** A channel with text. */
export type TextRule = Rule<ValueRef<DataValue>>;

/** A channel with yes or no. */
export type BooleanRule = Rule<ValueRef<boolean | number | string>>;

/** The channels of a mark. Each mark takes those that it knows. */
export interface EncodeChannels {
  readonly x?: NumberRule;
  readonly x2?: NumberRule;
  readonly xc?: NumberRule;
  readonly width?: NumberRule;
  readonly y?: NumberRule;
  readonly y2?: NumberRule;
  readonly yc?: NumberRule;
  readonly height?: NumberRule;
  readonly opacity?: NumberRule;
  readonly fill?: ColorRule;
  readonly fillOpacity?: NumberRule;
  readonly stroke?: ColorRule;
  readonly strokeWidth?: NumberRule;
  readonly strokeOpacity?: NumberRule;
  readonly strokeDash?: Rule<ValueRef<readonly number[] | Scalar>>;
  readonly strokeDashOffset?: NumberRule;
  readonly strokeCap?: Rule<ValueRef<StrokeCap>>;
  readonly strokeJoin?: Rule<ValueRef<StrokeJoin>>;
  readonly strokeMiterLimit?: NumberRule;
  readonly strokeForeground?: BooleanRule;
  readonly strokeOffset?: NumberRule;
  readonly blend?: Rule<ValueRef<Blend>>;
  readonly cursor?: TextRule;
  readonly href?: TextRule;
  readonly tooltip?: TextRule;
  readonly zindex?: NumberRule;
  readonly aria?: BooleanRule;
  readonly ariaRole?: TextRule;
  readonly ariaRoleDescription?: TextRule;
  readonly description?: TextRule;
  readonly defined?: BooleanRule;
  readonly clip?: BooleanRule;
  readonly key?: TextRule;

  readonly startAngle?: NumberRule;
  readonly endAngle?: NumberRule;
  readonly padAngle?: NumberRule;
  readonly innerRadius?: NumberRule;
  readonly outerRadius?: NumberRule;
  readonly cornerRadius?: NumberRule;
  readonly cornerRadiusTopLeft?: NumberRule;
  readonly cornerRadiusTopRight?: NumberRule;
  readonly cornerRadiusBottomRight?: NumberRule;
  readonly cornerRadiusBottomLeft?: NumberRule;

  readonly interpolate?: Rule<ValueRef<Interpolate>>;
  readonly tension?: NumberRule;
  readonly orient?: Rule<ValueRef<Orientation>>;

  readonly url?: TextRule;
  readonly image?: TextRule;
  readonly aspect?: BooleanRule;
  readonly smooth?: BooleanRule;

  readonly path?: TextRule;
  readonly scaleX?: NumberRule;
  readonly scaleY?: NumberRule;
  readonly shape?: TextRule;
  readonly size?: NumberRule;
  readonly angle?: NumberRule;

  readonly text?: TextRule;
  readonly align?: Rule<ValueRef<Align>>;
  readonly baseline?: Rule<ValueRef<TextBaseline>>;
  readonly dir?: Rule<ValueRef<TextDirection>>;
  readonly dx?: NumberRule;
  readonly dy?: NumberRule;
  readonly ellipsis?: TextRule;
  readonly font?: TextRule;
  readonly fontSize?: NumberRule;
  readonly fontWeight?: Rule<ValueRef<FontWeight>>;
  readonly fontStyle?: TextRule;
  readonly limit?: NumberRule;
  readonly lineBreak?: TextRule;
  readonly lineHeight?: NumberRule;
  readonly radius?: NumberRule;
  readonly theta?: NumberRule;

  /** Of the item only: where a force pulls it, as the examples of Vega call them. */
  readonly xfocus?: NumberRule;
  readonly yfocus?: NumberRule;
}

/** By name: the channels at each moment of a mark's life, and sets of one's own that signals call. */
export interface EncodeSets {
  readonly enter?: EncodeChannels;
  readonly update?: EncodeChannels;
  readonly exit?: EncodeChannels;
  readonly hover?: EncodeChannels;
  readonly leave?: EncodeChannels;
  readonly select?: EncodeChannels;
  readonly release?: EncodeChannels;
  readonly [set: string]: EncodeChannels | undefined;
}

/** Channels of a part of an axis, a legend or a title. */
export interface GuideEncode {
  readonly name?: string;
  readonly interactive?: boolean;
  readonly style?: TextLines;
  readonly enter?: EncodeChannels;
  readonly update?: EncodeChannels;
  readonly exit?: EncodeChannels;
  readonly hover?: EncodeChannels;
}

/** A number of a guide, or where it comes from. */
export type NumberOrRef = NumberLike | NumberRef;

/** A text of a guide, or where it comes from. */
export type TextOrRef = string | ValueRef<string>;

/** A colour of a guide, or where it comes from. */
export type ColorOrRef = string | null | ColorRef;

/** Yes or no of a guide, or where it comes from. */
export type BooleanOrRef = BooleanLike | ValueRef<BooleanLike>;

/** A choice of a guide, or where it comes from. */
export type ChoiceOrRef<Choice> = Choice | ValueRef<Choice>;

/** Dashes of a guide, or where they come from. */
export type DashOrRef = readonly number[] | ValueRef<readonly number[]>;
