import type { DataRow } from '../dataValue.ts';
import type { ExprBoolean, ExprNumber, ExprOr, ExprText } from './values.ts';

/** A map projection. */
export interface LiteProjection {
  readonly name?: string;
  readonly type?: ExprText;
  readonly clipAngle?: ExprNumber | null;
  readonly clipExtent?: ExprOr<readonly (readonly number[])[]> | null;
  readonly scale?: ExprNumber;
  readonly translate?: ExprOr<readonly number[]>;
  readonly center?: ExprOr<readonly ExprNumber[]>;
  readonly rotate?: ExprOr<readonly ExprNumber[]>;
  readonly parallels?: ExprOr<readonly number[]>;
  readonly pointRadius?: ExprNumber;
  readonly precision?: ExprNumber | string;
  readonly fit?: DataRow | readonly DataRow[];
  readonly extent?: ExprOr<readonly (readonly number[])[]>;
  readonly size?: ExprOr<readonly number[]>;
  readonly coefficient?: ExprNumber;
  readonly distance?: ExprNumber;
  readonly fraction?: ExprNumber;
  readonly lobes?: ExprNumber;
  readonly parallel?: ExprNumber;
  readonly radius?: ExprNumber;
  readonly ratio?: ExprNumber;
  readonly spacing?: ExprNumber;
  readonly tilt?: ExprNumber;
  readonly reflectX?: ExprBoolean;
  readonly reflectY?: ExprBoolean;
}
