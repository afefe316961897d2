import type { DataValue } from '../dataValue.ts';
import type { MarkType } from './marks.ts';
import type { BooleanLike, ExprRef, SignalRef } from './values.ts';

/** An event: a selector as text, a signal, a scale, or a stream. */
export type EventSource = string | SignalRef | ScaleEvent | EventStream;

/** The change of a scale. */
export interface ScaleEvent {
  readonly scale: string;
}

/** A stream of events: of a type, of another stream (`stream`), or of several (`merge`). */
export interface EventStream {
  readonly type?: string;
  readonly source?: 'view' | 'scope' | 'window' | 'timer' | 'container';
  readonly stream?: EventStream | string;
  readonly merge?: readonly (EventStream | string)[];
  readonly between?: readonly (EventStream | string)[];
  readonly markname?: string;
  readonly marktype?: MarkType;
  readonly filter?: string | readonly string[];
  readonly throttle?: number;
  readonly debounce?: number;
  readonly consume?: BooleanLike;
}

/** What a signal does on an event. */
export interface SignalHandler {
  readonly events: EventSource | readonly EventSource[];
  readonly update?: string | ExprRef | SignalRef | SignalUpdateValue;
  /** The set of channels that marks take. */
  readonly encode?: string;
  readonly force?: BooleanLike;
  /** Have no effect here, where some authors have them: they belong to the events. */
  readonly debounce?: number;
  readonly throttle?: number;
}

/** A fixed new value. */
export interface SignalUpdateValue {
  readonly value: DataValue;
}
