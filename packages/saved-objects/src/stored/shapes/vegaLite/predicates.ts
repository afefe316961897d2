import type { ExprOr, LiteTimeUnit, LiteValue } from './values.ts';

/** A condition: an expression, one over a field or a selection, or several joined. */
export type LitePredicates = string | LitePredicate;

/** A condition as an object: `field` with one comparison, `param` or `selection`, or `and`, `or`, `not`. */
export interface LitePredicate {
  readonly and?: readonly LitePredicates[];
  readonly or?: readonly LitePredicates[];
  readonly not?: LitePredicates;

  readonly param?: string;
  readonly empty?: boolean;
  /** Before Vega-Lite 5. */
  readonly selection?: string | LiteSelectionLogic;

  readonly field?: string;
  readonly timeUnit?: LiteTimeUnit;
  readonly equal?: ExprOr<LiteValue>;
  readonly lt?: ExprOr<LiteValue>;
  readonly lte?: ExprOr<LiteValue>;
  readonly gt?: ExprOr<LiteValue>;
  readonly gte?: ExprOr<LiteValue>;
  readonly range?: ExprOr<readonly ExprOr<LiteValue>[]>;
  readonly oneOf?: readonly LiteValue[];
  readonly in?: readonly LiteValue[];
  readonly valid?: boolean;
}

/** Selections joined (before Vega-Lite 5). */
export interface LiteSelectionLogic {
  readonly and?: readonly (string | LiteSelectionLogic)[];
  readonly or?: readonly (string | LiteSelectionLogic)[];
  readonly not?: string | LiteSelectionLogic;
}
