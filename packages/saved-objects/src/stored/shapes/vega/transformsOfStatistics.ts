import type { TransformBase } from './transforms.ts';
import type { FieldRef, FieldRefs, ResultNames, SignalBoolean, SignalNumber, SignalNumbers, SignalOr, SignalRef } from './values.ts';

/** A distribution; which parameters it has follows from `function`. */
export interface Distribution {
  readonly function: 'normal' | 'lognormal' | 'uniform' | 'kde' | 'mixture';
  readonly mean?: SignalNumber;
  readonly stdev?: SignalNumber;
  readonly min?: SignalNumber;
  readonly max?: SignalNumber;
  readonly from?: string;
  readonly field?: FieldRef;
  readonly bandwidth?: SignalNumber;
  readonly distributions?: SignalRef | readonly (Distribution | SignalRef)[];
  readonly weights?: SignalNumbers;
}

/** Points of a distribution. */
export interface DensityTransform extends TransformBase {
  readonly type: 'density';
  readonly distribution?: Distribution | SignalRef;
  readonly extent?: SignalNumbers;
  readonly method?: SignalOr<'pdf' | 'cdf'>;
  readonly steps?: SignalNumber;
  readonly minsteps?: SignalNumber;
  readonly maxsteps?: SignalNumber;
  readonly as?: ResultNames;
}

/** The density of values. */
export interface KdeTransform extends TransformBase {
  readonly type: 'kde';
  readonly field: FieldRef;
  readonly groupby?: FieldRefs;
  readonly cumulative?: SignalBoolean;
  readonly counts?: SignalBoolean;
  readonly bandwidth?: SignalNumber;
  readonly extent?: SignalNumbers;
  readonly resolve?: SignalOr<'shared' | 'independent'>;
  readonly steps?: SignalNumber;
  readonly minsteps?: SignalNumber;
  readonly maxsteps?: SignalNumber;
  readonly as?: ResultNames;
}

/** A smooth line through points. */
export interface LoessTransform extends TransformBase {
  readonly type: 'loess';
  readonly x: FieldRef;
  readonly y: FieldRef;
  readonly groupby?: FieldRefs;
  readonly bandwidth?: SignalNumber;
  readonly as?: ResultNames;
}

/** Quantiles of values. */
export interface QuantileTransform extends TransformBase {
  readonly type: 'quantile';
  readonly field: FieldRef;
  readonly groupby?: FieldRefs;
  readonly step?: SignalNumber;
  readonly probs?: SignalNumbers;
  readonly as?: ResultNames;
}

/** A function through points. */
export interface RegressionTransform extends TransformBase {
  readonly type: 'regression';
  readonly x: FieldRef;
  readonly y: FieldRef;
  readonly groupby?: FieldRefs;
  readonly method?: SignalOr<'linear' | 'constant' | 'log' | 'exp' | 'pow' | 'quad' | 'poly'>;
  readonly order?: SignalNumber;
  readonly extent?: SignalNumbers;
  readonly params?: SignalBoolean;
  readonly as?: ResultNames;
}
