import type { Plan } from '@podscope/core';
import type { FaultCheck, FaultState } from '../definition/check.ts';
import type { AnyTarget, TargetKind } from '../definition/targets.ts';
import type { BlastRadius, Fault, FaultChange } from '../definition/defineFault.ts';

/** What a store keeps of one fault, from before anything is changed until all is as before. */
export interface FaultRecord {
  readonly version: 1;
  readonly id: string;
  readonly fault: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly target: { readonly kind: TargetKind; readonly id: string };
  readonly blastRadius: BlastRadius;
  /** The exact state before anything was changed. */
  readonly before: unknown;
  readonly state: FaultState;
  /** ISO 8601. */
  readonly createdAt: string;
  /** When the fault is reverted at the latest, ISO 8601. */
  readonly expiresAt: string;
  /** Who injected: `host:pid` and the user, for people. */
  readonly injector: string;
  /** When the injector was last known to live, ISO 8601; a watchdog reverts what nobody renews. */
  readonly aliveAt: string;
}

/** At most so much at once, over all running faults of a target. */
export interface FaultLimits {
  /** @default 1 (all of them) */
  readonly share?: number;
  /** @default no limit */
  readonly count?: number;
}

/** Where before-states are kept: in the cluster, or on this disk. */
export interface FaultStore {
  /**
   * Takes the objects of a fault for it, and its part of the limits, in one step that two injectors can't do at once; then keeps the record.
   *
   * @throws PodscopeError FAULT_OBJECT_TAKEN (names the fault that has it), FAULT_BLAST_RADIUS, FAULT_STOPPED (the kill switch is on)
   */
  reserve(record: FaultRecord, limits: FaultLimits): Promise<void>;
  /** Replaces the record of the same id. */
  write(record: FaultRecord): Promise<void>;
  read(id: string): Promise<FaultRecord | undefined>;
  /** Everything that is there; what can't be read has a reason instead of a record. */
  list(): Promise<readonly ({ readonly id: string; readonly record: FaultRecord } | { readonly id: string; readonly record: null; readonly reason: string })[]>;
  /** Gives everything back that `reserve` took. None of that id is fine. */
  remove(id: string): Promise<void>;
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
  /** Looked at while the fault is there: one that holds reverts it. */
  readonly abortWhen?: readonly Probe[];
  /** How long to wait for the symptom, milliseconds. 0: don't look. @default 60,000 */
  readonly verifyMs?: number;
  /** Called with each line of the journal. */
  readonly journal?: (event: JournalEvent) => void;
  readonly onStep?: OnStep;
  readonly signal?: AbortSignal;
  /** Faults are injected although an owner (HPA, Argo CD, Flux, Helm operator, VPA, …) would undo them. @default false */
  readonly despiteOwners?: boolean;
}

/** How to revert. */
export interface RevertOptions {
  /** Revert although somebody else has changed the same things since. @default false */
  readonly force?: boolean;
}

/** A fault that is in the target. `await using` reverts it at the end of the block. */
export interface InjectedFault extends AsyncDisposable {
  readonly id: string;
  readonly fault: string;
  readonly state: FaultState;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly blastRadius: BlastRadius;
  /** Aborted, with the reason, when the fault is reverted by an abort condition, its TTL or the kill switch. */
  readonly ended: AbortSignal;
  verify(): Promise<FaultCheck>;
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
