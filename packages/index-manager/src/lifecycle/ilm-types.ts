/**
 * ILM policies of Elasticsearch 7.10 to 9, as `PUT _ilm/policy/<name>` takes them.
 *
 * From elastic/elasticsearch, branches 7.10 to main, below
 * x-pack/plugin/core/src/main/java/org/elasticsearch/xpack/core/ilm: LifecyclePolicy.java, Phase.java,
 * TimeseriesLifecycleType.java (which action may stand in which phase) and the *Action.java files; rollover conditions also
 * from server/src/main/java/org/elasticsearch/action/admin/indices/rollover/RolloverConditions.java.
 */
import type { JsonObject } from '../model.ts';
import type { LifecycleSize, LifecycleTime } from './ism-types.ts';

/** The phases in the order in which an index goes through them. */
export const ILM_PHASES = ['hot', 'warm', 'cold', 'frozen', 'delete'] as const;
/** The name of a phase. */
export type IlmPhaseName = (typeof ILM_PHASES)[number];

/** An ILM policy, without the wrapper `{ "policy": … }`. */
export interface IlmPolicy {
  readonly phases: { readonly [Name in IlmPhaseName]?: IlmPhase<Name> };
  /** Since 7.16. */
  readonly _meta?: JsonObject;
  /** Since 8.14. */
  readonly deprecated?: boolean;
}

/** One phase. */
export interface IlmPhase<Name extends IlmPhaseName = IlmPhaseName> {
  /** Counts from the rollover of the index, and from its creation where the policy rolls nothing over. @default 0ms */
  readonly min_age?: LifecycleTime;
  /** The server runs them in an order of its own: {@link ILM_ACTIONS}. */
  readonly actions: { readonly [Action in (typeof ILM_ACTIONS)[Name][number]]?: IlmActionBodies[Action] };
}

/** The actions of each phase in the order in which the server runs them. */
export const ILM_ACTIONS = {
  // `freeze` is gone from 8 on (read, does nothing); `rollup` was an experiment in 7.11 to 8.4.
  hot: ['set_priority', 'unfollow', 'rollover', 'readonly', 'downsample', 'rollup', 'shrink', 'forcemerge', 'searchable_snapshot'],
  warm: ['set_priority', 'unfollow', 'readonly', 'downsample', 'allocate', 'migrate', 'shrink', 'forcemerge'],
  cold: ['set_priority', 'unfollow', 'readonly', 'downsample', 'searchable_snapshot', 'allocate', 'migrate', 'freeze', 'rollup'],
  frozen: ['unfollow', 'searchable_snapshot'],
  delete: ['wait_for_snapshot', 'delete'],
} as const satisfies Readonly<Record<IlmPhaseName, readonly (keyof IlmActionBodies)[]>>;

/** Conditions of a rollover: all of `min_…` and one of `max_…` must hold. */
export interface IlmRollover {
  readonly max_age?: LifecycleTime;
  readonly max_docs?: number;
  readonly max_size?: LifecycleSize;
  /** Since 7.13. */
  readonly max_primary_shard_size?: LifecycleSize;
  /** Since 8.2. */
  readonly max_primary_shard_docs?: number;
  /** `min_…`: since 8.4. */
  readonly min_age?: LifecycleTime;
  readonly min_docs?: number;
  readonly min_size?: LifecycleSize;
  readonly min_primary_shard_size?: LifecycleSize;
  readonly min_primary_shard_docs?: number;
}

/** The actions by name, each with its parameters. */
export interface IlmActionBodies {
  readonly allocate: {
    readonly number_of_replicas?: number;
    /** Since 7.16. */
    readonly total_shards_per_node?: number;
    readonly include?: Readonly<Record<string, string>>;
    readonly exclude?: Readonly<Record<string, string>>;
    readonly require?: Readonly<Record<string, string>>;
  };
  readonly delete: { readonly delete_searchable_snapshot?: boolean };
  /** Since 8.5. */
  readonly downsample: {
    readonly fixed_interval: string;
    /** @default 1d */
    readonly wait_timeout?: LifecycleTime;
    /** Since 9. */
    readonly sampling_method?: 'aggregate' | 'last_value';
    /** Since 9. */
    readonly force_merge_index?: boolean;
  };
  readonly forcemerge: { readonly max_num_segments: number; readonly index_codec?: 'best_compression' };
  readonly freeze: Readonly<Record<never, never>>;
  readonly migrate: { readonly enabled?: boolean };
  readonly readonly: Readonly<Record<never, never>>;
  readonly rollover: IlmRollover;
  readonly rollup: JsonObject;
  readonly searchable_snapshot: {
    readonly snapshot_repository: string;
    /** @default true */
    readonly force_merge_index?: boolean;
    /** Since 8.16. */
    readonly total_shards_per_node?: number;
    /** Since 8.18. */
    readonly replicate_for?: LifecycleTime;
    /** Since 9. */
    readonly force_merge_on_clone?: boolean;
  };
  readonly set_priority: { readonly priority: number | null };
  readonly shrink: {
    readonly number_of_shards?: number;
    /** Since 7.13. */
    readonly max_primary_shard_size?: LifecycleSize;
    /** Since 8.14. @default false */
    readonly allow_write_after_shrink?: boolean;
  };
  readonly unfollow: Readonly<Record<never, never>>;
  readonly wait_for_snapshot: { readonly policy: string };
}
/** The name of an ILM action. */
export type IlmActionName = keyof IlmActionBodies;
