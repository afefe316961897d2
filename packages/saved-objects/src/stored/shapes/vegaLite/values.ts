import type { Scalar } from '../dataValue.ts';
import type { AggregateOp } from '../vega/transformsOfData.ts';
import type { BooleanLike, NumberLike, SignalRef } from '../vega/values.ts';

/** A value that an expression gives. */
export interface LiteExpr {
  readonly expr: string;
}

/** A value of Vega-Lite, or an expression or a signal for it. */
export type ExprOr<Value> = Value | LiteExpr | SignalRef;

/** A number, or an expression for it. */
export type ExprNumber = ExprOr<NumberLike>;

/** Yes or no, or an expression for it. */
export type ExprBoolean = ExprOr<BooleanLike>;

/** A text, or an expression for it. */
export type ExprText = ExprOr<string>;

/** A date by its parts. */
export interface LiteDateTime {
  readonly year?: number;
  readonly quarter?: number;
  readonly month?: number | string;
  readonly date?: number;
  readonly day?: number | string;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
  readonly utc?: boolean;
}

/** A value that data can have. */
export type LiteValue = Scalar | LiteDateTime;

/** What kind of values a field has. */
export type LiteFieldType = 'quantitative' | 'temporal' | 'ordinal' | 'nominal' | 'geojson' | 'latitude' | 'longitude';

/** A field: its name, or the one that `repeat` gives. */
export type LiteField = string | LiteRepeatRef;

/** The field that `repeat` gives. */
export interface LiteRepeatRef {
  readonly repeat: 'row' | 'column' | 'repeat' | 'layer';
}

/** A single unit of time. */
export type LiteSingleTimeUnit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'dayofyear' | 'date' | 'hours' | 'minutes' | 'seconds' | 'milliseconds';

/** Several units of time together. */
export type LiteMultiTimeUnit =
  | 'yearquarter'
  | 'yearquartermonth'
  | 'yearmonth'
  | 'yearmonthdate'
  | 'yearmonthdatehours'
  | 'yearmonthdatehoursminutes'
  | 'yearmonthdatehoursminutesseconds'
  | 'yearweek'
  | 'yearweekday'
  | 'yearweekdayhours'
  | 'yearweekdayhoursminutes'
  | 'yearweekdayhoursminutesseconds'
  | 'yeardayofyear'
  | 'quartermonth'
  | 'monthdate'
  | 'monthdatehours'
  | 'monthdatehoursminutes'
  | 'monthdatehoursminutesseconds'
  | 'weekday'
  | 'weeksdayhours'
  | 'weekdayhours'
  | 'weekdayhoursminutes'
  | 'weekdayhoursminutesseconds'
  | 'dayhours'
  | 'dayhoursminutes'
  | 'dayhoursminutesseconds'
  | 'hoursminutes'
  | 'hoursminutesseconds'
  | 'minutesseconds'
  | 'secondsmilliseconds';

/** A unit of time, local or in UTC, also of values that are binned already. */
export type LiteTimeUnitName = `${'' | 'utc' | 'binned' | 'binnedutc'}${LiteSingleTimeUnit | LiteMultiTimeUnit}`;

/** A unit of time with its step. */
export interface LiteTimeUnitOptions {
  readonly unit?: LiteTimeUnitName;
  readonly maxbins?: number;
  readonly step?: number;
  readonly utc?: boolean;
  readonly binned?: boolean;
}

/** A unit of time. */
export type LiteTimeUnit = LiteTimeUnitName | LiteTimeUnitOptions;

/** What is made of many values, where it needs a parameter as an object. */
export type LiteAggregate = AggregateOp | LiteArgAggregate;


/** The value where another field is greatest or least, or one in which later values count more. */
export interface LiteArgAggregate {
  readonly argmax?: string;
  readonly argmin?: string;
  readonly exponential?: number;
}

/** How values are put into bins. */
export interface LiteBin {
  readonly anchor?: number;
  readonly base?: number;
  readonly binned?: boolean;
  readonly divide?: readonly number[];
  readonly extent?: readonly number[] | LiteParamExtent;
  readonly maxbins?: number;
  readonly minstep?: number;
  readonly nice?: boolean;
  readonly step?: number;
  readonly steps?: readonly number[];
}

/** The extent that a parameter has; `selection` before Vega-Lite 5. */
export interface LiteParamExtent {
  readonly param?: string;
  readonly selection?: string;
  readonly field?: string;
  readonly encoding?: string;
}

/** In which direction values are sorted. */
export type LiteSortOrder = 'ascending' | 'descending' | null;
