import type { Plan } from '@podscope/core';
import type { FaultCheck, FaultState } from '../definition/check.ts';
import type { AnyTarget, TargetKind } from '../definition/targets.ts';
import type { BlastRadius, Fault, FaultChange } from '../definition/defineFault.ts';
import type { Access, ObjectRef } from '../kubernetes/api/types.ts';

/** At most so much at once, over all running faults of a target that count the same unit. Each fault's limits hold for those that come after it, too. */
export interface FaultLimits {
  /** Of all that there are, from 0 to 1. @default 1 (all of them) */
  readonly share?: number;
  /** @default no limit */
  readonly count?: number;
}

/** What a store keeps of one fault, from before anything is changed until all is as before. */
export interface FaultRecord {
  readonly version: 1;
  readonly id: string;
  readonly fault: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly target: { readonly kind: TargetKind; readonly id: string };
  readonly blastRadius: BlastRadius;
  readonly limits?: FaultLimits;
  /** The exact state before anything was changed. */
  readonly before: unknown;
  readonly state: FaultState;
  /** ISO 8601. */
  readonly createdAt: string;
  /** When the fault is reverted at the latest, ISO 8601. */
  readonly expiresAt: string;
  /** Who injects: `host:pid:user:` and something that no other injector has. Empty when it has let go for a reverter. */
  readonly injector: string;
  /** When the injector was last known to live, ISO 8601; a watchdog reverts what nobody renews. */
  readonly aliveAt: string;
  /** Its injector has left on purpose: it stays until `expiresAt`, and the watchdog reverts it then. */
  readonly unattended?: boolean;
  /** Who reverts it right now, and when that was last known to live: nobody else does meanwhile. */
  readonly reverter?: { readonly by: string; readonly aliveAt: string };
  /** Objects of a cluster that its watchdog made and that are removed with it. */
  readonly watchdog?: readonly ObjectRef[];
}

/** Every write of a store goes through it, so that a test can stop an injector before and after each. */
export type StoreStep = <Value>(name: string, write: () => Promise<Value>) => Promise<Value>;

/** The kill switch, when it is on. */
export interface KillSwitch {
  /** ISO 8601. */
  readonly since: string;
  readonly by: string;
}

/** What a store has of one fault; what can't be read has a reason instead of a record. */
export type StoredFault = { readonly id: string; readonly record: FaultRecord } | { readonly id: string; readonly record: null; readonly reason: string };

/**
 * Where before-states are kept: in the cluster, or on this disk.
 *
 * All times of records are of the store's own clock, so that it doesn't matter when an injector's or a watchdog's is wrong.
 */
export interface FaultStore {
  /**
   * Keeps the record, and takes the objects of a fault for it and its part of the limits, in one step that two injectors can't do at once.
   *
   * @throws PodscopeError FAULT_OBJECT_TAKEN (names the fault that has it), FAULT_BLAST_RADIUS, FAULT_STOPPED (the kill switch is on)
   */
  reserve(record: FaultRecord, step?: StoreStep): Promise<void>;
  /**
   * Replaces the record by what `change` makes of it, unless somebody else did meanwhile: then `change` is asked again. `undefined` leaves it
   * as it is. Never brings back a fault that was removed.
   *
   * @returns the record as it is then; undefined when there is none of that id.
   */
  update(id: string, change: (record: FaultRecord) => FaultRecord | undefined, step?: StoreStep): Promise<FaultRecord | undefined>;
  /** Undefined when there is none of that id. @throws PodscopeError FAULT_RECORD_UNREADABLE when it is there and can't be used */
  read(id: string): Promise<FaultRecord | undefined>;
  /** Everything that is there, the unreadable too. */
  list(): Promise<readonly StoredFault[]>;
  /** Gives everything back that `reserve` took. None of that id is fine. */
  remove(id: string, step?: StoreStep): Promise<void>;
  /** Turns the kill switch on: nothing more is reserved. Leaves it as it is when it is on already. */
  stop(by: string): Promise<void>;
  /** Turns it off. */
  resume(): Promise<void>;
  /** Undefined while it is off. */
  stopped(): Promise<KillSwitch | undefined>;
  /** The store's clock, milliseconds since 1970. */
  now(): Promise<number>;
  /** What it does in a cluster: asked for before anything is changed. */
  readonly accesses?: readonly Access[];
  /** Removes what a crash in the middle of the store's own writes has left. */
  tidy?(): Promise<void>;
}

/** One line of the journal. */
export interface JournalEvent {
  readonly time: string;
  readonly id: string;
  readonly fault: string;
  readonly target: string;
  readonly state: FaultState;
  /** A step that begins or is done; without it the line tells of a new state. */
  readonly step?: string;
  readonly phase?: 'begin' | 'done' | 'failed';
  readonly findings?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Stops an injector at a step, in tests: called before and after each write, and between the engine's own. */
export type OnStep = (at: { readonly phase: 'reserve' | 'inject' | 'verify' | 'revert' | 'release'; readonly step: string; readonly when: 'before' | 'after' }) => void | Promise<void>;

/** What is asked before, while and after a fault is there. */
export interface Probe {
  readonly name: string;
  /** Once. Never throws for what it finds. */
  check(signal: AbortSignal): Promise<{ readonly holds: boolean; readonly finding: string }>;
}

/** What injecting takes beside the fault. */
export interface InjectOptions {
  readonly target: AnyTarget;
  readonly store: FaultStore;
  /** After this time the fault is reverted: `90s`, `10m`, or milliseconds. @default '10m' */
  readonly ttl?: string | number;
  readonly limits?: FaultLimits;
  /** Must hold before the injection, and again after the revert. */
  readonly steadyState?: readonly Probe[];
  /** Looked at from the first change on, until the fault is reverted: one that holds reverts it. */
  readonly abortWhen?: readonly Probe[];
  /** How long to wait for the symptom, milliseconds. 0: don't look, which leaves it `injected-unverified`. @default 60,000 */
  readonly verifyMs?: number;
  /** Leave a fault in place whose symptom didn't come in time, in the state `not-injected`. @default false: it is reverted, and FAULT_NO_SYMPTOM thrown */
  readonly keepWithoutSymptom?: boolean;
  /** How long a revert waits until everything is as before, milliseconds. @default 120,000 */
  readonly restoreMs?: number;
  /** Between two signs of life in the store, milliseconds; a quarter of the watchdog's grace at most. @default 5,000 */
  readonly heartbeatMs?: number;
  /** Called with each line of the journal. What it throws is dropped: no fault stays because a disk is full. */
  readonly journal?: (event: JournalEvent) => void;
  readonly onStep?: OnStep;
  /** Aborted while injecting: what was changed is undone. Afterwards: the fault is reverted. */
  readonly signal?: AbortSignal;
  /** Reverts the fault when this process is gone. @default none */
  readonly watchdog?: Watchdog;
  /** Faults are injected although an owner (HPA, Argo CD, Flux, Helm operator, VPA, …) would undo them. @default false */
  readonly despiteOwners?: boolean;
}

/** Something outside of this process that reverts a fault at the end of its time, or when its injector is gone. */
export interface Watchdog {
  /** How long an injector may give no sign of life before its fault is reverted, milliseconds: the injector gives them often enough for it. */
  readonly graceMs: number;
  /** Objects of a cluster that it will make and that are to be removed with the fault; known before it starts, so that a crash in between leaves none. */
  objects(id: string, fault: Fault): readonly ObjectRef[];
  /** What starting it takes in a cluster: asked for before anything is changed. */
  accesses?(fault: Fault): readonly Access[];
  /** Starts it, or makes sure that it runs. Nothing is injected before. It ends by itself when the fault is gone. */
  start(record: FaultRecord, fault: Fault, step: StoreStep): Promise<void>;
}

/** How to revert. */
export interface RevertOptions {
  /** Revert although somebody else has changed the same things since. @default false */
  readonly force?: boolean;
  /** How long to wait until everything is as before, milliseconds. @default 120,000 */
  readonly restoreMs?: number;
}

/** A fault that is in the target. `await using` reverts it at the end of the block. */
export interface InjectedFault extends AsyncDisposable {
  readonly id: string;
  readonly fault: string;
  readonly state: FaultState;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly blastRadius: BlastRadius;
  /**
   * Aborted, with the reason, when the fault is reverted by an abort condition, its TTL or the kill switch. A fault keeps no process alive: a
   * program that does nothing but wait for this needs a timer of its own, or it ends, and the watchdog reverts.
   */
  readonly ended: AbortSignal;
  verify(): Promise<FaultCheck>;
  /** Leaves the fault in the target: from now on the watchdog alone reverts it at the end of its time. `await using` doesn't either. */
  leave(): Promise<void>;
  /** @throws PodscopeError FAULT_TARGET_CHANGED (details: the diff), FAULT_REVERT_FAILED */
  revert(options?: RevertOptions): Promise<void>;
}

/** A dry run: reads and plans, writes nothing. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly plan: Plan<FaultChange>;
  readonly blastRadius: BlastRadius;
  /** Why it would be refused: opt-in, owners, limits, taken objects, missing rights. */
  readonly refusals: readonly { readonly code: string; readonly message: string }[];
}
