/** A value that follows a signal: the expression by which it is got. */
export interface SignalRef {
  readonly signal: string;
}

/** A value of Vega, or a signal for it. */
export type SignalOr<Value> = Value | SignalRef;

/** A number, also as text, as authors write it: Vega makes a number of it. */
export type NumberLike = number | string;

/** Yes or no, also as text. */
export type BooleanLike = boolean | 'true' | 'false';

/** A number, or a signal for it. */
export type SignalNumber = SignalOr<NumberLike>;

/** Yes or no, or a signal for it. */
export type SignalBoolean = SignalOr<BooleanLike>;

/** Numbers, each or all of which may be signals. */
export type SignalNumbers = SignalRef | readonly SignalNumber[];

/** Texts, each or all of which may be signals. */
export type SignalTexts = SignalRef | readonly SignalOr<string>[];

/** A field as a parameter of a transform. */
export interface FieldParam {
  readonly field: string;
  readonly as?: string;
}

/** An expression as a parameter of a transform. */
export interface ExprRef {
  readonly expr: string;
  readonly as?: string;
}

/** A field of the data: its name, a signal, or an expression. */
export type FieldRef = string | SignalRef | FieldParam | ExprRef;

/** Fields of the data. */
export type FieldRefs = SignalRef | readonly FieldRef[];

/** Fields of which some may be left out. */
export type FieldsOrNone = SignalRef | readonly (FieldRef | null)[];

/** Names for results. */
export type ResultNames = SignalRef | readonly (string | SignalRef | null)[];

/** In which direction values are sorted. */
export type SortOrder = 'ascending' | 'descending' | SignalRef;

/** How items or tuples are sorted: by one field or by several. */
export interface Compare {
  readonly field?: FieldRef | readonly FieldRef[];
  readonly order?: SortOrder | readonly SortOrder[];
}

/** A text, or its lines. */
export type TextLines = string | readonly string[];

/** A colour of a gradient. */
export interface GradientStop {
  readonly offset: number;
  readonly color: string;
}

/** A gradient of colours. */
export interface Gradient {
  readonly gradient: 'linear' | 'radial';
  readonly stops: readonly GradientStop[];
  readonly id?: string;
  readonly x1?: number;
  readonly y1?: number;
  readonly r1?: number;
  readonly x2?: number;
  readonly y2?: number;
  readonly r2?: number;
}

/** A colour: a CSS colour, a gradient, or none. */
export type Paint = string | Gradient | null;

/** How text stands horizontally. */
export type Align = 'left' | 'center' | 'right';

/** How text stands vertically. `center` is none of Vega's, but often written: it counts as `alphabetic`. */
export type TextBaseline = 'alphabetic' | 'top' | 'middle' | 'bottom' | 'line-top' | 'line-bottom' | 'center';

/** How thick text is. */
export type FontWeight = 'normal' | 'bold' | 'lighter' | 'bolder' | number | string;

/** The direction in which text is read. */
export type TextDirection = 'ltr' | 'rtl';

/** A side. */
export type Side = 'left' | 'right' | 'top' | 'bottom';

/** A direction. */
export type Orientation = 'horizontal' | 'vertical';

/** Where a title is. `center` is none of Vega's, but often written: it counts as `middle`. */
export type TitleAnchor = 'start' | 'middle' | 'end' | 'center' | null;

/** How a line ends. */
export type StrokeCap = 'butt' | 'round' | 'square';

/** How lines meet. */
export type StrokeJoin = 'miter' | 'round' | 'bevel';

/** How colours are blended. */
export type Blend =
  | null
  | 'normal'
  | 'multiply'
  | 'screen'
  | 'overlay'
  | 'darken'
  | 'lighten'
  | 'color-dodge'
  | 'color-burn'
  | 'hard-light'
  | 'soft-light'
  | 'difference'
  | 'exclusion'
  | 'hue'
  | 'saturation'
  | 'color'
  | 'luminosity';

/** How a line goes from point to point. */
export type Interpolate =
  | 'basis'
  | 'basis-open'
  | 'basis-closed'
  | 'bundle'
  | 'cardinal'
  | 'cardinal-open'
  | 'cardinal-closed'
  | 'catmull-rom'
  | 'linear'
  | 'linear-closed'
  | 'monotone'
  | 'natural'
  | 'step'
  | 'step-before'
  | 'step-after';

/** When the labels of an axis or a legend overlap. */
export type LabelOverlap = BooleanLike | 'parity' | 'greedy';

/** The unit of a time axis. */
export type TimeInterval = 'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Some units of time. */
export interface TimeIntervalStep {
  readonly interval: SignalOr<TimeInterval>;
  readonly step?: SignalNumber;
}

/** How many ticks: a number, or a unit of time. */
export type TickCount = number | TimeInterval | TimeIntervalStep | SignalRef;

/** The form of times, by unit. */
export interface TimeFormatSpecifier {
  readonly year?: string;
  readonly quarter?: string;
  readonly month?: string;
  readonly date?: string;
  readonly week?: string;
  readonly day?: string;
  readonly hours?: string;
  readonly minutes?: string;
  readonly seconds?: string;
  readonly milliseconds?: string;
}
