import type { BucketOptions, GeohashGridBucket, GeotileGridBucket } from './buckets.ts';
import { keptOfBucket } from './termBuckets.ts';

/** Options of {@link geohashGrid}. */
export interface GeohashGridOptions extends BucketOptions {
  /** Length of a cell's hash, from 1 to 12; a map changes it with its zoom unless `autoPrecision` is off. @default 2 */
  readonly precision?: number;
  /** @default true */
  readonly autoPrecision?: boolean;
  /** Only what the map shows. @default true */
  readonly onlyVisible?: boolean;
  /** Put the mark where the documents are, not at the middle of the cell. @default true */
  readonly atCentroid?: boolean;
}

/** By cells of a map. */
export function geohashGrid<const Name extends string>(field: Name, options: GeohashGridOptions = {}): GeohashGridBucket<Name> {
  return {
    kind: 'geohashGrid',
    field,
    precision: options.precision ?? 2,
    autoPrecision: options.autoPrecision ?? true,
    onlyVisible: options.onlyVisible ?? true,
    atCentroid: options.atCentroid ?? true,
    ...keptOfBucket(options),
  };
}

/** Options of {@link geotileGrid}. */
export interface GeotileGridOptions extends BucketOptions {
  /** The zoom whose tiles are counted, from 0 to 29. @default 0 */
  readonly precision?: number;
  /** @default true */
  readonly atCentroid?: boolean;
}

/** By tiles of a map. */
export function geotileGrid<const Name extends string>(field: Name, options: GeotileGridOptions = {}): GeotileGridBucket<Name> {
  return { kind: 'geotileGrid', field, precision: options.precision ?? 0, atCentroid: options.atCentroid ?? true, ...keptOfBucket(options) };
}
