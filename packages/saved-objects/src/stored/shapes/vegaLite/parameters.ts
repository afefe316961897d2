import type { DataValue } from '../dataValue.ts';
import type { EventStream } from '../vega/events.ts';
import type { Binding } from '../vega/signals.ts';

/** A parameter: a variable, or (with `select`) what the reader selects. */
export interface LiteParameter {
  readonly name: string;
  readonly description?: string;
  readonly value?: DataValue;
  readonly expr?: string;
  readonly react?: boolean;
  readonly bind?: LiteBinding;
  readonly select?: LiteSelectionType | LiteSelect;
  readonly views?: readonly string[];
}

/** How a selection is made. */
export type LiteSelectionType = 'point' | 'interval';

/** By what the reader changes a parameter: the scales, the legend, an input element, or one for each field. */
export type LiteBinding = 'scales' | 'legend' | LiteLegendBinding | Binding | LiteBindings;

/** Events on the legend. */
export interface LiteLegendBinding {
  readonly legend: string | EventStream;
}

/** By name: the input element of each field. */
export interface LiteBindings {
  readonly [field: string]: Binding;
}

/** A selection with its options. */
export interface LiteSelect extends LiteSelectionOptions {
  readonly type: LiteSelectionType;
}

/** The options of selections, also in `config`. */
export interface LiteSelectionOptions {
  readonly on?: string | EventStream;
  readonly clear?: string | boolean | EventStream;
  readonly encodings?: readonly string[];
  readonly fields?: readonly string[];
  readonly resolve?: 'global' | 'union' | 'intersect';
  readonly toggle?: string | boolean;
  readonly nearest?: boolean;
  readonly translate?: string | boolean;
  readonly zoom?: string | boolean;
  readonly mark?: LiteBrush;
}

/** How the selected rectangle looks. */
export interface LiteBrush {
  readonly cursor?: string;
  readonly fill?: string;
  readonly fillOpacity?: number;
  readonly stroke?: string;
  readonly strokeDash?: readonly number[];
  readonly strokeDashOffset?: number;
  readonly strokeOpacity?: number;
  readonly strokeWidth?: number;
}

/** By name: selections, before Vega-Lite 5. */
export interface LiteSelections {
  readonly [name: string]: LiteSelection;
}

/** A selection, before Vega-Lite 5. */
export interface LiteSelection extends LiteSelectionOptions {
  readonly type: 'single' | 'multi' | 'interval';
  readonly bind?: LiteBinding;
  readonly init?: DataValue;
  readonly empty?: 'all' | 'none';
}
