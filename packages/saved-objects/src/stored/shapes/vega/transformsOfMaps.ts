import type { Corners } from './projection.ts';
import type { TransformBase } from './transforms.ts';
import type { ExprRef, FieldParam, FieldRef, FieldRefs, ResultNames, SignalBoolean, SignalNumber, SignalNumbers, SignalOr, SignalRef } from './values.ts';

/** A number, a signal for it, or what each tuple has. */
export type NumberParam = SignalNumber | ExprRef | FieldParam;

/** Contours of a density. */
export interface ContourTransform extends TransformBase {
  readonly type: 'contour';
  readonly size?: SignalNumbers;
  readonly values?: SignalNumbers;
  readonly x?: FieldRef;
  readonly y?: FieldRef;
  readonly weight?: FieldRef;
  readonly cellSize?: SignalNumber;
  readonly bandwidth?: SignalNumber;
  readonly count?: SignalNumber;
  readonly nice?: SignalOr<boolean | number>;
  readonly smooth?: SignalBoolean;
  readonly thresholds?: SignalNumbers;
}

/** Contours of a grid. */
export interface IsocontourTransform extends TransformBase {
  readonly type: 'isocontour';
  readonly field?: FieldRef;
  readonly thresholds?: SignalNumbers;
  readonly levels?: SignalNumber;
  readonly nice?: SignalBoolean;
  readonly resolve?: SignalOr<'shared' | 'independent'>;
  readonly zero?: SignalBoolean;
  readonly smooth?: SignalBoolean;
  readonly scale?: NumberParam;
  readonly translate?: SignalNumbers | ExprRef;
  readonly as?: string | SignalRef | null;
}

/** The density on a plane. */
export interface Kde2dTransform extends TransformBase {
  readonly type: 'kde2d';
  readonly size: SignalNumbers;
  readonly x: FieldRef;
  readonly y: FieldRef;
  readonly weight?: FieldRef;
  readonly groupby?: FieldRefs;
  readonly cellSize?: SignalNumber;
  readonly bandwidth?: SignalNumbers;
  readonly counts?: SignalBoolean;
  readonly as?: SignalOr<string>;
}

/** A picture of a grid. */
export interface HeatmapTransform extends TransformBase {
  readonly type: 'heatmap';
  readonly field?: FieldRef;
  readonly color?: FieldRef;
  readonly opacity?: NumberParam;
  readonly resolve?: SignalOr<'shared' | 'independent'>;
  readonly as?: SignalOr<string>;
}

/** All places together as GeoJSON. */
export interface GeoJsonTransform extends TransformBase {
  readonly type: 'geojson';
  readonly fields?: FieldRefs;
  readonly geojson?: FieldRef;
}

/** The path of a shape on the map. */
export interface GeoPathTransform extends TransformBase {
  readonly type: 'geopath';
  readonly projection?: string;
  readonly field?: FieldRef;
  readonly pointRadius?: NumberParam;
  readonly as?: SignalOr<string>;
}

/** Where a place is on the map. */
export interface GeoPointTransform extends TransformBase {
  readonly type: 'geopoint';
  readonly projection?: string;
  readonly fields: FieldRefs;
  readonly as?: ResultNames;
}

/** The shape on the map. */
export interface GeoShapeTransform extends TransformBase {
  readonly type: 'geoshape';
  readonly projection?: string;
  readonly field?: FieldRef;
  readonly pointRadius?: NumberParam;
  readonly as?: SignalOr<string>;
}

/** The lines of longitude and latitude. */
export interface GraticuleTransform extends TransformBase {
  readonly type: 'graticule';
  readonly extent?: Corners;
  readonly extentMajor?: Corners;
  readonly extentMinor?: Corners;
  readonly step?: SignalNumbers;
  readonly stepMajor?: SignalNumbers;
  readonly stepMinor?: SignalNumbers;
  readonly precision?: SignalNumber;
}
