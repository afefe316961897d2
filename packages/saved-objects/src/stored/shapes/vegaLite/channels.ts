import type { DataValue, Scalar } from '../dataValue.ts';
import type { ByRowColumn, LayoutAlign } from '../vega/layout.ts';
import type { Paint, TextLines } from '../vega/values.ts';
import type { AggregateOp } from '../vega/transformsOfData.ts';
import type { LiteAxis, LiteFormat, LiteHeader, LiteLegend } from './guides.ts';
import type { LitePredicates, LiteSelectionLogic } from './predicates.ts';
import type { LiteScale } from './scale.ts';
import type { ExprNumber, ExprOr, LiteAggregate, LiteBin, LiteExpr, LiteField, LiteFieldType, LiteRepeatRef, LiteSortOrder, LiteTimeUnit, LiteValue } from './values.ts';

/** A field of the data, and what is made of it. */
export interface LiteFieldDef {
  readonly field?: LiteField;
  readonly type?: LiteFieldType;
  readonly aggregate?: LiteAggregate;
  readonly bin?: boolean | 'binned' | LiteBin | null;
  readonly timeUnit?: LiteTimeUnit;
  readonly title?: ExprOr<TextLines> | false | null;
  readonly band?: number;
  readonly bandPosition?: number;
}

/** A value that is no field's. */
export type LiteDatum = Scalar | LiteExpr | LiteRepeatRef | LiteValue;

/** By which channel or field values are sorted. */
export interface LiteSortField {
  readonly field?: LiteField;
  readonly op?: AggregateOp;
  readonly encoding?: string;
  readonly order?: LiteSortOrder;
}

/** How values are sorted: a direction, a channel (`-x` backwards), their order, or another field. */
export type LiteSort = string | readonly LiteValue[] | LiteSortField | null;

/** What stands for missing values. */
export interface LiteImpute {
  readonly frame?: readonly (number | null)[];
  readonly keyvals?: readonly DataValue[] | LiteImputeSequence;
  readonly method?: 'value' | 'median' | 'max' | 'min' | 'mean';
  readonly value?: DataValue;
}

/** Keys from one to another. */
export interface LiteImputeSequence {
  readonly start?: number;
  readonly stop: number;
  readonly step?: number;
}

/** A place: `x`, `y`, `theta`, `radius`, a latitude, or an offset or error of one. */
export interface LitePositionChannel extends LiteFieldDef {
  readonly axis?: LiteAxis | false | null;
  readonly scale?: LiteScale | false | null;
  readonly sort?: LiteSort;
  readonly stack?: 'zero' | 'center' | 'normalize' | 'none' | boolean | null;
  readonly impute?: LiteImpute | null;
  readonly value?: ExprOr<number | string>;
  readonly datum?: LiteDatum;
}

/** A value under a condition. */
export interface LiteCase<Value> extends LiteFieldDef {
  readonly test?: LitePredicates;
  readonly param?: string;
  readonly empty?: boolean;
  readonly selection?: string | LiteSelectionLogic;
  readonly value?: ExprOr<Value>;
  readonly datum?: LiteDatum;
  readonly scale?: LiteScale | false | null;
  readonly legend?: LiteLegend | false | null;
  readonly sort?: LiteSort;
  readonly format?: LiteFormat;
  readonly formatType?: string;
}

/** One value under a condition, or several. */
export type LiteCases<Value> = LiteCase<Value> | readonly LiteCase<Value>[];

/** A property of the mark: a colour, a size, a shape. */
export interface LiteMarkChannel<Value> extends LiteFieldDef {
  readonly scale?: LiteScale | false | null;
  readonly legend?: LiteLegend | false | null;
  readonly sort?: LiteSort;
  readonly value?: ExprOr<Value>;
  readonly datum?: LiteDatum;
  readonly condition?: LiteCases<Value>;
}

/** A colour. */
export type LiteColorChannel = LiteMarkChannel<Paint>;

/** A number. */
export type LiteNumberChannel = LiteMarkChannel<number>;

/** A shape. */
export type LiteShapeChannel = LiteMarkChannel<string | null>;

/** Dashes. */
export type LiteDashChannel = LiteMarkChannel<readonly number[]>;

/** A text: a label, a tooltip, an address. */
export interface LiteTextChannel extends LiteFieldDef {
  readonly format?: LiteFormat;
  readonly formatType?: string;
  readonly labelExpr?: string;
  readonly value?: ExprOr<DataValue>;
  readonly datum?: LiteDatum;
  readonly condition?: LiteCases<TextLines | number | boolean | null>;
}

/** A field by which items are told apart. */
export type LiteDetailChannel = LiteFieldDef | readonly LiteFieldDef[];

/** The order of items, or of lines' points. */
export interface LiteOrderChannel extends LiteFieldDef {
  readonly sort?: LiteSort;
  readonly value?: ExprNumber;
  readonly condition?: LiteCases<number>;
}

/** A field whose values are facets. */
export interface LiteFacetChannel extends LiteFieldDef {
  readonly header?: LiteHeader | null;
  readonly sort?: LiteSort;
  readonly align?: LayoutAlign | ByRowColumn<LayoutAlign>;
  readonly bounds?: 'full' | 'flush';
  readonly center?: boolean | ByRowColumn<boolean>;
  readonly columns?: number;
  readonly spacing?: number | ByRowColumn<number>;
}
