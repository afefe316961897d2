import type { NoMembers } from '../dataValue.ts';
import type { DataFormat, DataValues } from '../vega/data.ts';
import type { DataUrl } from '../vega/dataUrl.ts';

/** Data: values, an address or a search, one by name, or made. */
export interface LiteData {
  readonly name?: string;
  readonly values?: DataValues;
  readonly url?: string | DataUrl;
  readonly format?: DataFormat;
  readonly sequence?: LiteSequence;
  readonly sphere?: boolean | NoMembers;
  readonly graticule?: boolean | LiteGraticule;
}

/** By name: data sets that the data of views may name. */
export interface LiteDatasets {
  readonly [name: string]: DataValues;
}

/** Numbers from one to another. */
export interface LiteSequence {
  readonly start: number;
  readonly stop: number;
  readonly step?: number;
  readonly as?: string;
}

/** The lines of longitude and latitude. */
export interface LiteGraticule {
  readonly extent?: readonly (readonly number[])[];
  readonly extentMajor?: readonly (readonly number[])[];
  readonly extentMinor?: readonly (readonly number[])[];
  readonly step?: readonly number[];
  readonly stepMajor?: readonly number[];
  readonly stepMinor?: readonly number[];
  readonly precision?: number;
}
