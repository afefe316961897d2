/** A single value. */
export type Scalar = string | number | boolean | null;

/** A value of the author's own data: in a row, in a script's parameters, or the start of a signal. */
export type DataValue = Scalar | readonly DataValue[] | DataRow;

/** By name: the columns of a row of the author's own data. */
export interface DataRow {
  readonly [column: string]: DataValue;
}

/** An object that has no members. */
export interface NoMembers {
  readonly nothing?: never;
}
