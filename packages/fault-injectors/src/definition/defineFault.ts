import type { Change, Plan } from '@podscope/core';
import type { z } from 'zod';
import type { Access, ObjectRef } from '../kubernetes/api/types.ts';
import type { FaultCheck, Provable } from './check.ts';
import type { TargetKind, TargetKinds } from './targets.ts';

/** Data that survives a journal: what JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One thing that a fault will change. `kind` is the object's kind (`Deployment`), or `client`, `redis-keys`, `process`, … */
export type FaultChange = Change<string, JsonValue>;

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
  readonly objects: readonly ObjectRef[];
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
  verify(run: Omit<FaultRun<Target, Before>, 'step'>, params: Params): Promise<FaultCheck>;
  /** What somebody else changed since the injection, one line each (`spec.replicas: 97 → 12`); a revert would trample on it. Also an object that was deleted and made anew. */
  changedSince(run: Omit<FaultRun<Target, Before>, 'step'>, params: Params): Promise<readonly string[]>;
  /** Restores `before`. Safe to run twice, after half an injection, and where the objects are gone. */
  revert(run: FaultRun<Target, Before>, params: Params): Promise<void>;
  /** Looks once whether everything is as before again (ready counts too); the engine waits for it. */
  restored(run: Omit<FaultRun<Target, Before>, 'step'>, params: Params): Promise<FaultCheck>;
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
  verify(run: Omit<FaultRun<Target, unknown>, 'step'>): Promise<FaultCheck>;
  changedSince(run: Omit<FaultRun<Target, unknown>, 'step'>): Promise<readonly string[]>;
  revert(run: FaultRun<Target, unknown>): Promise<void>;
  restored(run: Omit<FaultRun<Target, unknown>, 'step'>): Promise<FaultCheck>;
}

/** Makes faults of one kind: `replicaStorm({ namespace: 'guestbook', deployment: 'frontend', replicas: 100 })`. */
export interface FaultType<Id extends string = string, Schema extends z.ZodObject = z.ZodObject> {
  /** @throws PodscopeError FAULT_BAD_PARAMETERS, naming each parameter and what it may be. */
  (params: z.input<Schema>): Fault<Id>;
  readonly id: Id;
  readonly title: string;
  readonly params: Schema;
  readonly provable: Provable;
  readonly symptom: string;
  readonly targets: readonly TargetKind[];
  /** The fault of parameters from elsewhere: a journal, a command line, a file. @throws PodscopeError FAULT_BAD_PARAMETERS */
  from(params: unknown): Fault<Id>;
}
