import type { Scalar } from '../dataValue.ts';
import type { ScaleBins, ScaleInterpolate, ScaleType } from '../vega/scales.ts';
import type { TimeInterval, TimeIntervalStep } from '../vega/values.ts';
import type { ExprBoolean, ExprNumber, ExprOr, LiteDateTime, LiteParamExtent, LiteValue } from './values.ts';

/** How a channel's values are drawn. */
export interface LiteScale {
  readonly type?: ScaleType;
  readonly domain?: LiteDomain;
  readonly domainMin?: ExprOr<number | LiteDateTime>;
  readonly domainMax?: ExprOr<number | LiteDateTime>;
  readonly domainMid?: ExprNumber;
  readonly domainRaw?: ExprOr<readonly LiteValue[]> | null;
  readonly range?: LiteRange;
  readonly rangeMin?: ExprOr<number | string>;
  readonly rangeMax?: ExprOr<number | string>;
  readonly scheme?: ExprOr<LiteScheme>;
  readonly reverse?: ExprBoolean;
  readonly round?: ExprBoolean;
  readonly clamp?: ExprBoolean;
  readonly nice?: ExprOr<boolean | number | TimeInterval | TimeIntervalStep>;
  readonly zero?: ExprBoolean;
  readonly interpolate?: ExprOr<ScaleInterpolate>;
  readonly bins?: readonly number[] | ScaleBins;
  readonly padding?: ExprNumber;
  readonly paddingInner?: ExprNumber;
  readonly paddingOuter?: ExprNumber;
  readonly rangeStep?: number | null;
  readonly align?: ExprNumber;
  readonly base?: ExprNumber;
  readonly exponent?: ExprNumber;
  readonly constant?: ExprNumber;
}

/** The domain of a scale: its values, those of the data, of a parameter, or these and others. */
export type LiteDomain = 'unaggregated' | ExprOr<readonly (LiteValue | ExprOr<Scalar>)[]> | LiteParamExtent | LiteDomainUnion;

/** Values besides those of the data. */
export interface LiteDomainUnion {
  readonly unionWith: readonly LiteValue[];
}

/** The range of a scale: a name of `config.range`, values, or those of a field. */
export type LiteRange = string | readonly (ExprOr<Scalar> | readonly number[])[] | LiteFieldRange | LiteExprRange;

/** The values of a field. */
export interface LiteFieldRange {
  readonly field: string;
}

/** Values that an expression gives. */
export interface LiteExprRange {
  readonly expr: string;
}

/** A scheme of colours. */
export type LiteScheme = string | readonly string[] | LiteSchemeOptions;

/** A part of a scheme. */
export interface LiteSchemeOptions {
  readonly name: string;
  readonly count?: number;
  readonly extent?: readonly number[];
}
