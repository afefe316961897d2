import type { FaultState, Provable } from '../definition/check.ts';
import type { TargetKind } from '../definition/targets.ts';
import type { BlastRadius } from '../definition/defineFault.ts';
import type { JournalEvent } from '../engine/types.ts';
import type { ProbeResult } from '../probes/probe.ts';
import type { Experiment } from './experiment.ts';

/** An error as a journal keeps it: nothing of it is a secret. */
export interface JournalError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly details?: readonly string[];
}

/** What every part of an experiment tells. */
interface ActivityBase {
  readonly name: string;
  /** Where it stands: `1`, `2.1`; parallel steps share all but the last number. */
  readonly step: string;
  /** `skipped`: it was not begun, because something before it ended the experiment. */
  readonly status: 'succeeded' | 'failed' | 'interrupted' | 'skipped';
  /** ISO 8601; left out where it was skipped. */
  readonly start?: string;
  readonly end?: string;
  readonly error?: JournalError;
}

/** A fault of an experiment, one repetition of it. */
export interface FaultActivity extends ActivityBase {
  readonly kind: 'fault';
  readonly fault: string;
  readonly title: string;
  readonly symptom: string;
  readonly provable: Provable;
  readonly params: Readonly<Record<string, unknown>>;
  /** 16 hexadecimal digits, from the reservation on. */
  readonly id?: string;
  readonly state: FaultState;
  readonly iteration: number;
  readonly iterations: number;
  readonly blastRadius?: Omit<BlastRadius, 'objects' | 'things'>;
  /** When the last change of the injection was made. */
  readonly changedAt?: string;
  /** When the symptom was seen. */
  readonly symptomAt?: string;
  readonly revertingAt?: string;
  readonly revertedAt?: string;
  /** What was seen of the symptom. */
  readonly findings: readonly string[];
  readonly checks: readonly ProbeResult[];
  /** Why it ended before its time. */
  readonly endedEarly?: string;
}

/** A look in between, or a group of checks. */
export interface CheckActivity extends ActivityBase {
  readonly kind: 'check';
  readonly results: readonly ProbeResult[];
}

/** A pause, or a step that reverts a fault. */
export interface PlainActivity extends ActivityBase {
  readonly kind: 'pause' | 'revert';
}

/** One thing that an experiment did, with what it came to. */
export type Activity = FaultActivity | CheckActivity | PlainActivity;

/** Everything that an experiment did and saw. Plain JSON; after the journal of Chaos Toolkit, in our words. */
export interface ExperimentJournal {
  readonly version: 1;
  /** As it was run, secrets masked. */
  readonly experiment: Experiment;
  /** The file it came from, where there was one. */
  readonly source?: string;
  readonly target: { readonly kind: TargetKind; readonly id: string; readonly name?: string };
  readonly start: string;
  readonly end: string;
  readonly durationMs: number;
  /**
   * `completed`: all of it was done. `failed`: the steady state was not there to begin with, or a step failed. `aborted`: an abort condition
   * held. `interrupted`: somebody ended it.
   */
  readonly status: 'completed' | 'failed' | 'aborted' | 'interrupted';
  /** Whether the system kept what the experiment expects: completed, every check held, the steady state came back, nothing is left over. */
  readonly passed: boolean;
  /** The steady state did not hold after everything was reverted. */
  readonly deviated: boolean;
  /** Why it did not go to its end; one line. */
  readonly reason?: string;
  readonly steadyState: { readonly before: readonly ProbeResult[]; readonly after: readonly ProbeResult[]; readonly beforeAt?: string; readonly afterAt?: string };
  readonly activities: readonly Activity[];
  readonly checks: readonly ProbeResult[];
  /** Faults that could not be reverted: `podscope fault recover`, or a revert by force, is needed. */
  readonly leftOver: readonly { readonly id: string; readonly fault: string; readonly error: JournalError }[];
  /** The engine's own lines. */
  readonly events: readonly JournalEvent[];
}
