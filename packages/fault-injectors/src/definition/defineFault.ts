import type { Change, Plan } from '@podscope/core';
import type { z } from 'zod';
import type { Access, ObjectRef } from '../kubernetes/api/types.ts';
import type { FaultCheck, Provable } from './check.ts';
import { checkParameters } from './parameters.ts';
import type { TargetKind, TargetKinds } from './targets.ts';

/** Data that survives a journal: what JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One thing that a fault will change. `kind` is the object's kind (`Deployment`), or `client`, `redis-keys`, `process`, … */
export type FaultChange = Change<string, JsonValue>;

/** An object that a fault takes for itself. */
export interface TakenObject extends ObjectRef {
  /** What is changed in it, such as `spec.replicas` or `spec.template`: an owner that keeps something else is not in the way. @default everything */
  readonly paths?: readonly string[];
  /** How many replicas it is to have, where the fault sets them: an autoscaler leaves 0 alone. */
  readonly replicas?: number;
}

/** How much of the target a fault touches. */
export interface BlastRadius {
  /** What is counted: `pods`, `nodes`, `processes`, `instances`. */
  readonly unit: 'pods' | 'nodes' | 'instances' | 'processes';
  /** How many are touched at most, of how many. */
  readonly count: number;
  readonly of: number;
  /**
   * What the fault takes for itself: no other fault may touch the same until it is reverted. Objects of a cluster are also asked for their
   * opt-in label (with their namespace's) and for owners that would undo the fault.
   */
  readonly objects: readonly TakenObject[];
  /** The same for what is no object of a cluster: `redis:redis-primary-0`, `process:web-1`. */
  readonly things?: readonly string[];
}

/** A fault that is being injected or reverted. */
export interface FaultRun<Target, Before> {
  /** 16 hexadecimal digits. Objects that a fault makes carry it in the label `podscope.dev/fault`. */
  readonly id: string;
  readonly target: Target;
  /** Read back from the store: exactly what `observe` gave, through JSON. */
  readonly before: Before;
  readonly signal: AbortSignal;
  /**
   * Every write goes through it, one write a step, so that the injector can be stopped before and after each, and the journal tells of it.
   * The name is stable (`scale`, `label node-1`).
   */
  step<Value>(name: string, write: () => Promise<Value>): Promise<Value>;
}

/** A fault on one kind of target. `Before` is the exact state that a revert restores; it must be plain JSON. */
export interface FaultOn<Target, Params, Before> {
  /** On a cluster: everything that inject, verify and revert need, for the documented Role. */
  accesses?(params: Params): readonly Access[];
  /** Reads the state that the fault will change, whole objects with their managed fields. Changes nothing. @throws PodscopeError FAULT_TARGET_UNFIT */
  observe(target: Target, params: Params): Promise<Before>;
  /** What will be changed. Pure. */
  plan(before: Before, params: Params): Plan<FaultChange>;
  /** How much it touches. Pure. */
  blastRadius(before: Before, params: Params): BlastRadius;
  inject(run: FaultRun<Target, Before>, params: Params): Promise<void>;
  /** Looks once; the engine asks again until the symptom is there or its time is over. */
  verify(run: FaultLook<Target, Before>, params: Params): Promise<FaultCheck>;
  /**
   * What somebody else changed since the injection, one line each (`spec.replicas: 97 → 12`); a revert would trample on it. Also an object that was deleted and made
   * anew. What is as before counts as unchanged: half an injection, or half a revert, is nobody else's change.
   */
  changedSince(run: FaultLook<Target, Before>, params: Params): Promise<readonly string[]>;
  /** Restores `before`. Safe to run twice, after half an injection, and where the objects are gone. */
  revert(run: FaultRun<Target, Before>, params: Params): Promise<void>;
  /**
   * Looks once whether everything is as before again (ready counts too); the engine waits for it. `absent`: as before. `present` or `partial`:
   * not yet. `unverifiable`: as before as far as anything here can show it.
   */
  restored(run: FaultLook<Target, Before>, params: Params): Promise<FaultCheck>;
}

/** What a fault's author writes. */
export interface FaultDefinition<Id extends string, Schema extends z.ZodObject, K, S, L> {
  /** Literal name, the folder's name in a catalogue. */
  readonly id: Id;
  readonly title: string;
  /** Each parameter with bounds, default and description (`.describe()`): the command line, its help and the docs are made from it. */
  readonly params: Schema;
  readonly provable: Provable;
  /** How it looks in the data, one or two sentences with field names. */
  readonly symptom: string;
  readonly targets: {
    readonly kubernetes?: FaultOn<TargetKinds['kubernetes'], z.output<Schema>, K>;
    readonly system?: FaultOn<TargetKinds['system'], z.output<Schema>, S>;
    readonly local?: FaultOn<TargetKinds['local'], z.output<Schema>, L>;
  };
}

/** A fault with its parameters, ready to be planned and injected. */
export interface Fault<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  readonly provable: Provable;
  readonly symptom: string;
  /** Checked, with defaults filled in. Plain JSON: the store keeps it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What it does on a kind of target; undefined where it can't. */
  on<Kind extends TargetKind>(kind: Kind): FaultOnTarget<TargetKinds[Kind]> | undefined;
}

/** {@link FaultOn} with its parameters bound, and with a state from before that only it understands. */
export interface FaultOnTarget<Target> {
  accesses(): readonly Access[];
  observe(target: Target): Promise<unknown>;
  plan(before: unknown): Plan<FaultChange>;
  blastRadius(before: unknown): BlastRadius;
  inject(run: FaultRun<Target, unknown>): Promise<void>;
  verify(run: FaultLook<Target, unknown>): Promise<FaultCheck>;
  changedSince(run: FaultLook<Target, unknown>): Promise<readonly string[]>;
  revert(run: FaultRun<Target, unknown>): Promise<void>;
  restored(run: FaultLook<Target, unknown>): Promise<FaultCheck>;
}

/** {@link FaultRun} of a look that writes nothing. */
export type FaultLook<Target, Before> = Omit<FaultRun<Target, Before>, 'step'>;

/** A kind of fault, as a catalogue lists it. */
export interface FaultKind<Id extends string = string, Schema extends z.ZodObject = z.ZodObject> {
  readonly id: Id;
  readonly title: string;
  readonly params: Schema;
  readonly provable: Provable;
  readonly symptom: string;
  readonly targets: readonly TargetKind[];
  /** The fault of parameters from elsewhere: a store, a command line, a file. @throws PodscopeError FAULT_BAD_PARAMETERS */
  from(params: unknown): Fault<Id>;
}

/** Makes faults of one kind: `replicaStorm({ namespace: 'guestbook', deployment: 'frontend', replicas: 100 })`. */
export interface FaultType<Id extends string = string, Schema extends z.ZodObject = z.ZodObject> extends FaultKind<Id, Schema> {
  /** @throws PodscopeError FAULT_BAD_PARAMETERS, naming each parameter and what it may be. */
  (params: Unchanged<z.input<Schema>>): Fault<Id>;
}

/** The same, which nobody changes: parameters may be given as readonly lists and objects. */
export type Unchanged<Value> = Value extends readonly (infer Item)[] ? readonly Unchanged<Item>[] : Value extends object ? { readonly [Key in keyof Value]: Unchanged<Value[Key]> } : Value;

/** Defines a kind of fault: observe → plan → inject → verify → revert, on one or several kinds of target. */
export function defineFault<const Id extends string, Schema extends z.ZodObject, K = never, S = never, L = never>(
  definition: FaultDefinition<Id, Schema, K, S, L>,
): FaultType<Id, Schema> {
  const { id, title, provable, symptom, params: schema, targets } = definition;
  const make = (input: unknown): Fault<Id> => {
    const params = checkParameters(id, schema, input);
    const bound: Partial<{ [Kind in TargetKind]: FaultOnTarget<TargetKinds[Kind]> }> = {
      ...(targets.kubernetes && { kubernetes: bind(targets.kubernetes, params) }),
      ...(targets.system && { system: bind(targets.system, params) }),
      ...(targets.local && { local: bind(targets.local, params) }),
    };
    return { id, title, provable, symptom, params: params as Readonly<Record<string, unknown>>, on: (kind) => bound[kind] };
  };
  const kinds = (['kubernetes', 'system', 'local'] as const).filter((kind) => targets[kind] !== undefined);

  return Object.assign((params: Unchanged<z.input<Schema>>) => make(params), { id, title, params: schema, provable, symptom, targets: kinds, from: make });
}

function bind<Target, Params, Before>(on: FaultOn<Target, Params, Before>, params: Params): FaultOnTarget<Target> {
  // What comes in was given out by `observe`, and went through JSON in the store.
  const runOf = (run: FaultRun<Target, unknown>) => run as FaultRun<Target, Before>;
  const lookOf = (run: FaultLook<Target, unknown>) => run as FaultLook<Target, Before>;
  return {
    accesses: () => on.accesses?.(params) ?? [],
    observe: (target) => on.observe(target, params),
    plan: (before) => on.plan(before as Before, params),
    blastRadius: (before) => on.blastRadius(before as Before, params),
    inject: (run) => on.inject(runOf(run), params),
    verify: (run) => on.verify(lookOf(run), params),
    changedSince: (run) => on.changedSince(lookOf(run), params),
    revert: (run) => on.revert(runOf(run), params),
    restored: (run) => on.restored(lookOf(run), params),
  };
}
