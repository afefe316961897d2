import type { DataRow } from '../dataValue.ts';
import type { Axis } from './axis.ts';
import type { VegaData } from './data.ts';
import type { EncodeSets } from './encode.ts';
import type { GridLayout } from './layout.ts';
import type { Legend } from './legend.ts';
import type { Mark } from './marks.ts';
import type { Projection } from './projection.ts';
import type { Scale } from './scales.ts';
import type { Signal } from './signals.ts';
import type { Title } from './title.ts';
import type { SignalRef } from './values.ts';

/** What a specification and each group in it can hold. */
export interface Scope {
  readonly encode?: EncodeSets;
  readonly layout?: GridLayout | SignalRef;
  readonly signals?: readonly Signal[];
  readonly projections?: readonly Projection[];
  readonly data?: readonly VegaData[];
  readonly scales?: readonly Scale[];
  readonly axes?: readonly Axis[];
  readonly legends?: readonly Legend[];
  readonly title?: Title;
  readonly marks?: readonly Mark[];
  readonly usermeta?: DataRow;
}
