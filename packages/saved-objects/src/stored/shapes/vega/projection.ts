import type { DataRow } from '../dataValue.ts';
import type { SignalBoolean, SignalNumber, SignalNumbers, SignalRef } from './values.ts';

/** A map projection. */
export interface Projection extends ProjectionOptions {
  readonly name: string;
}

/** Two corners. */
export type Corners = SignalRef | readonly SignalNumbers[];

/** The parameters of map projections. */
export interface ProjectionOptions {
  /** As `mercator` or `albersUsa`; the case does not matter. */
  readonly type?: string | SignalRef;
  readonly clipAngle?: SignalNumber | null;
  readonly clipExtent?: Corners | null;
  readonly scale?: SignalNumber;
  readonly translate?: SignalNumbers;
  readonly center?: SignalNumbers;
  readonly rotate?: SignalNumbers;
  readonly parallels?: SignalNumbers;
  readonly pointRadius?: SignalNumber;
  readonly precision?: SignalNumber;
  readonly fit?: SignalRef | DataRow | readonly (SignalRef | DataRow)[];
  readonly extent?: Corners;
  readonly size?: SignalNumbers;
  readonly coefficient?: SignalNumber;
  readonly distance?: SignalNumber;
  readonly fraction?: SignalNumber;
  readonly lobes?: SignalNumber;
  readonly parallel?: SignalNumber;
  readonly radius?: SignalNumber;
  readonly ratio?: SignalNumber;
  readonly spacing?: SignalNumber;
  readonly tilt?: SignalNumber;
  readonly reflectX?: SignalBoolean;
  readonly reflectY?: SignalBoolean;
}
