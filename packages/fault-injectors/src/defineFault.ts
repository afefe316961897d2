import type { Change, Plan } from '@podscope/core';
import type { FaultTarget } from './target.ts';

/** Data that survives a journal: what JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One thing that a fault will change, with its blast radius as the reason. */
export type FaultChange = Change<'deployment' | 'client' | 'redis-keys' | 'pod', JsonValue>;

/** What {@link Fault.verify} found. */
export interface FaultCheck {
  /** True when the symptom is really there. */
  readonly present: boolean;
  /** What was looked at, one line each, with figures. */
  readonly findings: readonly string[];
}

/** What a fault's author writes. `Before` is the exact state that a revert restores; it must be plain JSON. */
export interface FaultDefinition<Kind extends string, Params extends object, Before> {
  /** Literal name, the folder's name in a catalogue. */
  readonly kind: Kind;
  readonly title: string;
  /** @throws PodscopeError FAULT_BAD_PARAMETERS when the parameters make no sense. */
  check(params: Params): void;
  /** Reads the state that the fault will change. Changes nothing. @throws PodscopeError FAULT_TARGET_UNFIT */
  observe(target: FaultTarget, params: Params): Promise<Before>;
  /** What will be changed. Pure. */
  plan(before: Before, params: Params): Plan<FaultChange>;
  inject(target: FaultTarget, params: Params, before: Before): Promise<void>;
  verify(target: FaultTarget, params: Params, before: Before): Promise<FaultCheck>;
  /** What somebody else changed since the injection, one line each; a revert would trample on it. */
  foreignChanges(target: FaultTarget, params: Params, before: Before): Promise<readonly string[]>;
  /** Restores `before`. Must be safe to run twice, and after half an injection. */
  revert(target: FaultTarget, params: Params, before: Before): Promise<void>;
}

/** A fault with its parameters, ready to be planned and injected. */
export interface Fault<Kind extends string = string> {
  readonly kind: Kind;
  readonly title: string;
  /** Plain JSON: the journal stores it. */
  readonly params: unknown;
  observe(target: FaultTarget): Promise<unknown>;
  plan(before: unknown): Plan<FaultChange>;
  inject(target: FaultTarget, before: unknown): Promise<void>;
  verify(target: FaultTarget, before: unknown): Promise<FaultCheck>;
  foreignChanges(target: FaultTarget, before: unknown): Promise<readonly string[]>;
  revert(target: FaultTarget, before: unknown): Promise<void>;
}

/** Makes faults of one kind: `replicaStorm({ deployment: 'frontend', replicas: 100 })`. */
export interface FaultType<Kind extends string = string, Params extends object = never> {
  (params: Params): Fault<Kind>;
  readonly kind: Kind;
  readonly title: string;
  /** The fault of parameters that a journal gave back. Its seal vouches for their shape. */
  restore(params: unknown): Fault<Kind>;
}

/** Defines a kind of fault: observe → plan → inject → verify → revert. */
export function defineFault<const Kind extends string, Params extends object, Before>(
  definition: FaultDefinition<Kind, Params, Before>,
): FaultType<Kind, Params> {
  const make = (params: Params): Fault<Kind> => {
    definition.check(params);
    return {
      kind: definition.kind,
      title: definition.title,
      params,
      observe: (target) => definition.observe(target, params),
      plan: (before) => definition.plan(before as Before, params),
      inject: (target, before) => definition.inject(target, params, before as Before),
      verify: (target, before) => definition.verify(target, params, before as Before),
      foreignChanges: (target, before) => definition.foreignChanges(target, params, before as Before),
      revert: (target, before) => definition.revert(target, params, before as Before),
    };
  };
  return Object.assign(make, {
    kind: definition.kind,
    title: definition.title,
    restore: (params: unknown) => make(params as Params),
  });
}
