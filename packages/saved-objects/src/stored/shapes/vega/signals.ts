import type { DataValue } from '../dataValue.ts';
import type { SignalHandler } from './events.ts';

/** A signal: a value that changes. */
export interface Signal {
  readonly name: string;
  readonly description?: string;
  readonly value?: DataValue;
  readonly init?: string | number | boolean | SignalInit;
  readonly update?: string | number | boolean;
  readonly react?: boolean;
  readonly on?: readonly SignalHandler[];
  readonly bind?: Binding;
  /** Has no effect here, where some authors have it: it belongs to `bind` or to the events. */
  readonly debounce?: number;
  /** The signal of this name around the group takes the value. */
  readonly push?: 'outer';
}

/** How a signal begins, as an expression. */
export interface SignalInit {
  readonly expr: string;
}

/** The input element by which the reader changes a signal. */
export interface Binding {
  /** `checkbox`, `radio`, `select`, `range`, or another type of HTML's. */
  readonly input?: string;
  readonly element?: string;
  readonly name?: string;
  readonly debounce?: number;
  readonly options?: readonly DataValue[];
  readonly labels?: readonly (string | number | null)[];
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly placeholder?: string;
  readonly autocomplete?: string | boolean;
  /** The type of HTML's input element. */
  readonly type?: string;
  readonly event?: string;
  readonly value?: DataValue;
}
