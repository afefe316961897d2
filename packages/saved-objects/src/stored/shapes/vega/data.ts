import type { DataRow, DataValue } from '../dataValue.ts';
import type { DataUrl } from './dataUrl.ts';
import type { Transform } from './transforms.ts';
import type { SignalBoolean, SignalRef } from './values.ts';

/** A data set: of another one (`source`), of values, or of an address or a search (`url`). */
export interface VegaData {
  readonly name: string;
  readonly description?: string;
  readonly source?: string | readonly string[];
  readonly values?: DataValues | SignalRef;
  readonly url?: string | SignalRef | DataUrl;
  readonly format?: DataFormat | SignalRef;
  readonly async?: SignalBoolean;
  readonly transform?: readonly Transform[];
  readonly on?: readonly DataTrigger[];
}

/** Values that stand in the specification: rows, numbers, texts, or an object in which `format.property` finds them. */
export type DataValues = string | readonly DataValue[] | DataRow;

/** What happens to a data set when an expression changes. */
export interface DataTrigger {
  readonly trigger: string;
  readonly insert?: string;
  readonly remove?: string | boolean;
  readonly toggle?: string;
  readonly modify?: string;
  readonly values?: string;
}

/** The form of the data. */
export interface DataFormat {
  readonly type?: DataFormatType | SignalRef;
  readonly parse?: 'auto' | DataParse | SignalRef | null;
  /** Where in the answer the rows are. */
  readonly property?: string | SignalRef;
  readonly copy?: SignalBoolean;
  readonly delimiter?: string;
  readonly header?: readonly string[];
  /** Of TopoJSON. */
  readonly feature?: string | SignalRef;
  readonly mesh?: string | SignalRef;
  readonly filter?: 'interior' | 'exterior' | null;
}

/** The type of the data. */
export type DataFormatType = 'json' | 'csv' | 'tsv' | 'dsv' | 'topojson' | 'arrow';

/** By name: the type of each column: `boolean`, `number`, `date`, `string`, or `date:'…'` and `utc:'…'` with a pattern. */
export interface DataParse {
  readonly [column: string]: string | null;
}
