import type { Scalar } from '../dataValue.ts';
import type { SignalBoolean, SignalNumber, SignalNumbers, SignalOr, SignalRef, SortOrder, TimeInterval, TimeIntervalStep } from './values.ts';

/** The type of a scale. */
export type ScaleType =
  | 'linear'
  | 'log'
  | 'pow'
  | 'sqrt'
  | 'symlog'
  | 'time'
  | 'utc'
  | 'sequential'
  | 'ordinal'
  | 'band'
  | 'point'
  | 'quantile'
  | 'quantize'
  | 'threshold'
  | 'bin-ordinal'
  | 'bin-linear'
  | 'identity';

/** A scale: from the values of the data to places, sizes or colours. Without a type it is linear. */
export interface Scale {
  readonly name: string;
  readonly description?: string;
  readonly type?: ScaleType | SignalRef;
  readonly domain?: ScaleValues | ScaleDataRef;
  readonly domainMin?: SignalNumber;
  readonly domainMax?: SignalNumber;
  readonly domainMid?: SignalNumber;
  readonly domainRaw?: ScaleValues | null;
  readonly domainImplicit?: SignalBoolean;
  readonly range?: ScaleRange;
  readonly reverse?: SignalBoolean;
  readonly round?: SignalBoolean;
  readonly clamp?: SignalBoolean;
  readonly nice?: boolean | number | TimeInterval | TimeIntervalStep | SignalRef;
  readonly zero?: SignalBoolean;
  readonly interpolate?: ScaleInterpolate | SignalRef;
  readonly bins?: SignalNumbers | ScaleBins;
  readonly padding?: SignalNumber;
  readonly paddingInner?: SignalNumber;
  readonly paddingOuter?: SignalNumber;
  readonly align?: SignalNumber;
  readonly base?: SignalNumber;
  readonly exponent?: SignalNumber;
  readonly constant?: SignalNumber;
}

/** Values of a domain, each or all of which may be signals. */
export type ScaleValues = SignalRef | readonly (Scalar | SignalRef)[];

/** Where a domain's values are: in a field or several fields of a data set, or in several data sets. */
export interface ScaleDataRef {
  readonly data?: string;
  readonly field?: ScaleField;
  readonly fields?: SignalRef | readonly (ScaleField | ScaleDataRef | ScaleValues)[];
  readonly sort?: boolean | ScaleSort | SignalRef;
}

/** A field of a domain. */
export type ScaleField = string | ScaleFieldRef;

/** A field of a domain that a signal gives, or that is in what is around. */
export interface ScaleFieldRef {
  readonly signal?: string;
  readonly datum?: string;
  readonly group?: string;
  readonly parent?: string;
  readonly level?: number;
}

/** How a domain is sorted. */
export interface ScaleSort {
  readonly field?: ScaleField;
  readonly op?: string | SignalRef;
  readonly order?: SortOrder;
}

/** The range of a scale: values, a name as `width` or `category`, a scheme, a step, or data. */
export type ScaleRange = ScaleRangeName | ScaleRangeValues | ScaleRangeScheme | ScaleDataRef;

/** A range that the view or `config.range` gives: `width`, `height`, `category`, `ordinal`, `ramp`, `diverging`, `heatmap`, `symbol`, or one's own. */
export type ScaleRangeName = string;

/** Values of a range. */
export type ScaleRangeValues = SignalRef | readonly (Scalar | SignalRef | readonly SignalNumber[])[];

/** A scheme of colours, or the step of a band. */
export interface ScaleRangeScheme {
  readonly scheme?: string | SignalRef | readonly SignalOr<string>[];
  readonly count?: SignalNumber;
  readonly extent?: SignalNumbers;
  readonly step?: SignalNumber;
}

/** How colours are interpolated. */
export type ScaleInterpolate = 'number' | ColorSpace | ScaleInterpolateOptions;

/** A space of colours. */
export type ColorSpace = 'rgb' | 'lab' | 'hcl' | 'hsl' | 'hsl-long' | 'hcl-long' | 'cubehelix' | 'cubehelix-long';

/** An interpolation with its gamma. */
export interface ScaleInterpolateOptions {
  readonly type: ColorSpace | SignalRef;
  readonly gamma?: SignalNumber;
}

/** The boundaries of bins. */
export interface ScaleBins {
  readonly step: SignalNumber;
  readonly start?: SignalNumber;
  readonly stop?: SignalNumber;
}
