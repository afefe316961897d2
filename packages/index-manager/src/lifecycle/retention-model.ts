import type { IlmPolicy } from './ilm-types.ts';
import type { IsmPolicy } from './ism-types.ts';

/** A data stream or rollover alias, and the policy that it lives by. */
export interface LifecycleTarget {
  /** The exact name; no pattern. */
  readonly name: string;
  /** Which of the policies holds. */
  readonly policy: string;
}

/** Conditions of `_rollover`, in the server's words. */
export interface RolloverRequestConditions {
  readonly max_age?: string;
  readonly max_docs?: number;
  readonly max_size?: string;
}

/** One index of a target, as the server shows it. */
export interface ObservedGeneration {
  readonly index: string;
  readonly uuid: string;
  /** Milliseconds since 1970 by the server's clock. */
  readonly created: number;
  /** When it was rolled over; undefined for one that never was. */
  readonly rolledOver: number | undefined;
  /** Documents and bytes of its primary shards. */
  readonly documents: number;
  readonly bytes: number;
  /** Aliases whose write index it is, other than the target. */
  readonly writesFor: readonly string[];
}

/** What stands under a target's name: plain data. */
export interface ObservedTarget {
  readonly name: string;
  readonly kind: 'data-stream' | 'alias' | 'missing';
  /** Undefined when the alias names none: then nothing may be rolled over. */
  readonly writeIndex: string | undefined;
  readonly generations: readonly ObservedGeneration[];
}

/** What {@link observeRetention} found: plain data. */
export interface ObservedRetention {
  /** The server's clock, in milliseconds since 1970; ages are counted by it. */
  readonly now: number;
  readonly targets: readonly ObservedTarget[];
}

/** One thing to do. */
export type RetentionStep =
  | {
      readonly action: 'rollover';
      readonly target: string;
      readonly index: string;
      /** Sent along, so that the server decides anew: a second runner rolls nothing over twice. */
      readonly conditions: RolloverRequestConditions;
      readonly reason: string;
    }
  | { readonly action: 'delete'; readonly target: string; readonly index: string; readonly uuid: string; readonly reason: string };

/** An index that stays as it is, and why. */
export interface KeptIndex {
  readonly target: string;
  readonly index: string;
  /** The state of the policy in which it is. */
  readonly state: string;
  readonly reason: string;
}

/** A part of a policy that is not carried out here. */
export interface UnsupportedPart {
  readonly policy: string;
  readonly path: string;
  readonly why: string;
  /** `skipped`: the rest goes on without it. `blocks`: an index that comes to it stays there, and is not deleted. */
  readonly effect: 'skipped' | 'blocks';
}

/** What is to be done: plain data. */
export interface RetentionPlan {
  readonly steps: readonly RetentionStep[];
  readonly kept: readonly KeptIndex[];
  readonly unsupported: readonly UnsupportedPart[];
}

/** Policies by name, of either product. */
export type LifecyclePolicies = Readonly<Record<string, IsmPolicy | IlmPolicy>>;
