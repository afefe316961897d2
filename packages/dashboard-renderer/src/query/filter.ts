/** A value to keep or, negated, to leave out. */
export interface ValueFilter {
  readonly field: string;
  readonly value: string | number | boolean;
  readonly negate?: boolean;
}

/** A range to keep or leave out; `gte` is inside it, `lt` is not. Numbers on date fields are epoch milliseconds. */
export interface RangeFilter {
  readonly field: string;
  readonly gte?: number | string;
  readonly lt?: number | string;
  readonly negate?: boolean;
}

/** A query of a filters bucket to keep or leave out. */
export interface QueryFilter {
  readonly query: string;
  readonly language: string;
  readonly label: string;
  readonly negate?: boolean;
}

/** What a click on a chart narrows a dashboard to. */
export type PanelFilter = ValueFilter | RangeFilter | QueryFilter;
