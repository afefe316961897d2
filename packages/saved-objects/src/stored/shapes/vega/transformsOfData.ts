import type { DataValue } from '../dataValue.ts';
import type { TransformBase } from './transforms.ts';
import type { Compare, ExprRef, FieldRef, FieldRefs, FieldsOrNone, ResultNames, SignalBoolean, SignalNumber, SignalNumbers, SignalOr, SignalRef, SignalTexts } from './values.ts';

/** What is made of many values. */
export type AggregateOp =
  | 'argmax'
  | 'argmin'
  | 'average'
  | 'count'
  | 'distinct'
  | 'max'
  | 'mean'
  | 'median'
  | 'min'
  | 'missing'
  | 'product'
  | 'q1'
  | 'q3'
  | 'ci0'
  | 'ci1'
  | 'stderr'
  | 'stdev'
  | 'stdevp'
  | 'sum'
  | 'valid'
  | 'values'
  | 'variance'
  | 'variancep'
  | 'exponential'
  | 'exponentialb';

/** What is made of the values around. */
export type WindowOp =
  | AggregateOp
  | 'row_number'
  | 'rank'
  | 'dense_rank'
  | 'percent_rank'
  | 'cume_dist'
  | 'ntile'
  | 'lag'
  | 'lead'
  | 'first_value'
  | 'last_value'
  | 'nth_value'
  | 'prev_value'
  | 'next_value';

/** One tuple for each group. */
export interface AggregateTransform extends TransformBase {
  readonly type: 'aggregate';
  readonly groupby?: FieldRefs;
  readonly fields?: FieldsOrNone;
  readonly ops?: SignalRef | readonly SignalOr<AggregateOp>[];
  readonly as?: ResultNames;
  readonly aggregate_params?: readonly (number | null)[];
  readonly drop?: SignalBoolean;
  readonly cross?: SignalBoolean;
  readonly key?: FieldRef;
}

/** The bin in which a value is. */
export interface BinTransform extends TransformBase {
  readonly type: 'bin';
  readonly field: FieldRef;
  readonly extent?: SignalNumbers;
  readonly interval?: SignalBoolean;
  readonly anchor?: SignalNumber;
  readonly span?: SignalNumber;
  readonly maxbins?: SignalNumber;
  readonly base?: SignalNumber;
  readonly step?: SignalNumber;
  readonly steps?: SignalNumbers;
  readonly minstep?: SignalNumber;
  readonly divide?: SignalNumbers;
  readonly nice?: SignalBoolean;
  readonly name?: SignalOr<string>;
  readonly as?: ResultNames;
}

/** All tuples, sorted. */
export interface CollectTransform extends TransformBase {
  readonly type: 'collect';
  readonly sort?: Compare;
}

/** How often words occur. */
export interface CountPatternTransform extends TransformBase {
  readonly type: 'countpattern';
  readonly field: FieldRef;
  readonly case?: SignalOr<'lower' | 'upper' | 'mixed'>;
  readonly pattern?: SignalOr<string>;
  readonly stopwords?: SignalOr<string>;
  readonly as?: ResultNames;
}

/** Each tuple with each. */
export interface CrossTransform extends TransformBase {
  readonly type: 'cross';
  readonly filter?: string;
  readonly as?: ResultNames;
}

/** Which tuples pass which ranges. */
export interface CrossFilterTransform extends TransformBase {
  readonly type: 'crossfilter';
  readonly fields: FieldRefs;
  readonly query: SignalRef | readonly SignalNumbers[];
}

/** Tuples that pass all ranges but some. */
export interface ResolveFilterTransform extends TransformBase {
  readonly type: 'resolvefilter';
  readonly ignore: SignalNumber;
  readonly filter: SignalRef;
}

/** Stacked dots. */
export interface DotBinTransform extends TransformBase {
  readonly type: 'dotbin';
  readonly field: FieldRef;
  readonly groupby?: FieldRefs;
  readonly step?: SignalNumber;
  readonly smooth?: SignalBoolean;
  readonly as?: SignalOr<string>;
}

/** The least and the greatest value. */
export interface ExtentTransform extends TransformBase {
  readonly type: 'extent';
  readonly field: FieldRef;
}

/** Tuples for which an expression says yes. */
export interface FilterTransform extends TransformBase {
  readonly type: 'filter';
  readonly expr: string;
}

/** A tuple for each element of lists. */
export interface FlattenTransform extends TransformBase {
  readonly type: 'flatten';
  readonly fields: FieldRefs;
  readonly index?: SignalOr<string>;
  readonly as?: SignalTexts;
}

/** A tuple for each of several columns. */
export interface FoldTransform extends TransformBase {
  readonly type: 'fold';
  readonly fields: FieldRefs;
  readonly as?: ResultNames;
}

/** A column that an expression gives. */
export interface FormulaTransform extends TransformBase {
  readonly type: 'formula';
  readonly expr: string;
  readonly as: SignalOr<string>;
  readonly initonly?: boolean;
}

/** A number for each tuple. */
export interface IdentifierTransform extends TransformBase {
  readonly type: 'identifier';
  readonly as: SignalOr<string>;
}

/** Fills in what is missing. */
export interface ImputeTransform extends TransformBase {
  readonly type: 'impute';
  readonly field: FieldRef;
  readonly key: FieldRef;
  readonly keyvals?: SignalRef | readonly DataValue[];
  readonly groupby?: FieldRefs;
  readonly method?: SignalOr<'value' | 'median' | 'max' | 'min' | 'mean'>;
  readonly value?: DataValue | SignalRef;
}

/** What is made of each group, in each of its tuples. */
export interface JoinAggregateTransform extends TransformBase {
  readonly type: 'joinaggregate';
  readonly groupby?: FieldRefs;
  readonly fields?: FieldsOrNone;
  readonly ops?: SignalRef | readonly SignalOr<AggregateOp>[];
  readonly as?: ResultNames;
  readonly key?: FieldRef;
}

/** Columns out of another data set. */
export interface LookupTransform extends TransformBase {
  readonly type: 'lookup';
  readonly from: string;
  readonly key: FieldRef;
  readonly fields: FieldRefs;
  readonly values?: FieldRefs;
  readonly as?: ResultNames;
  readonly default?: DataValue | SignalRef;
}

/** Columns out of the values of one. */
export interface PivotTransform extends TransformBase {
  readonly type: 'pivot';
  readonly field: FieldRef;
  readonly value: FieldRef;
  readonly groupby?: FieldRefs;
  readonly limit?: SignalNumber;
  readonly op?: SignalOr<AggregateOp>;
  readonly key?: FieldRef;
}

/** Some columns. */
export interface ProjectTransform extends TransformBase {
  readonly type: 'project';
  readonly fields?: FieldRefs;
  readonly as?: ResultNames;
}

/** Some tuples by chance. */
export interface SampleTransform extends TransformBase {
  readonly type: 'sample';
  readonly size?: SignalNumber;
}

/** Numbers from one to another. */
export interface SequenceTransform extends TransformBase {
  readonly type: 'sequence';
  readonly start: SignalNumber;
  readonly stop: SignalNumber;
  readonly step?: SignalNumber;
  readonly as?: SignalOr<string>;
}

/** A unit of time. */
export type TimeUnit = 'year' | 'quarter' | 'month' | 'week' | 'isoweek' | 'day' | 'date' | 'dayofyear' | 'hours' | 'minutes' | 'seconds' | 'milliseconds';

/** The unit of time in which a date is. */
export interface TimeUnitTransform extends TransformBase {
  readonly type: 'timeunit';
  readonly field: FieldRef;
  readonly units?: SignalRef | readonly SignalOr<TimeUnit>[];
  readonly step?: SignalNumber;
  readonly timezone?: SignalOr<'local' | 'utc'>;
  readonly interval?: SignalBoolean;
  readonly inferUnits?: SignalBoolean;
  readonly maxbins?: SignalNumber;
  readonly extent?: SignalNumbers;
  readonly as?: ResultNames;
}

/** What is made of the tuples around each. */
export interface WindowTransform extends TransformBase {
  readonly type: 'window';
  readonly sort?: Compare;
  readonly groupby?: FieldRefs;
  readonly ops?: SignalRef | readonly SignalOr<WindowOp>[];
  readonly aggregate_params?: readonly (number | null)[];
  readonly params?: SignalRef | readonly (SignalNumber | null)[];
  readonly fields?: FieldsOrNone;
  readonly as?: ResultNames;
  readonly frame?: SignalRef | readonly (SignalNumber | ExprRef | null)[];
  readonly ignorePeers?: SignalBoolean;
}
