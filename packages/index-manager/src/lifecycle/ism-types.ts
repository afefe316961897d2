/**
 * ISM policies of OpenSearch 1 to 3 and Open Distro, as `PUT _plugins/_ism/policies/<id>` takes them.
 *
 * From opensearch-project/index-management, branches opendistro-1.13, 1.0 to 3.8 and main (3.9), below
 * src/main/kotlin/org/opensearch/indexmanagement/indexstatemanagement: model/Policy.kt, State.kt, Transition.kt,
 * ISMTemplate.kt, ErrorNotification.kt, ISMActionsParser.kt and action/*.kt. "Since" is the first release branch that has
 * the name; what says nothing is in Open Distro 1.13 already.
 */
import type { JsonObject } from '../model.ts';

/** A duration such as `30d`. Units: nanos, micros, ms, s, m, h, d. */
export type LifecycleTime = string;
/** A size such as `50gb`. Units: b, kb, mb, gb, tb, pb. */
export type LifecycleSize = string;

/** An ISM policy, without the wrapper `{ "policy": … }`. */
export interface IsmPolicy {
  readonly description: string;
  readonly default_state: string;
  readonly states: readonly IsmState[];
  /** Indices that get the policy when they are created. */
  readonly ism_template?: IsmTemplate | readonly IsmTemplate[] | null;
  readonly error_notification?: IsmNotification | null;
}

/** What an index goes through between two transitions. */
export interface IsmState {
  readonly name: string;
  /** In order; nothing may follow `delete`. */
  readonly actions?: readonly IsmAction[];
  /** The first whose condition holds is taken; none where the last action is `delete`. */
  readonly transitions?: readonly IsmTransition[];
}

/** The way into another state. Without conditions it is taken at once; with an empty `conditions` never. */
export interface IsmTransition {
  readonly state_name: string;
  /** At most one of them. */
  readonly conditions?: IsmConditions;
}

/** When a transition is taken: one member. */
export interface IsmConditions {
  /** Counts from the creation of the index. */
  readonly min_index_age?: LifecycleTime;
  /** Counts from the rollover of the index; never true for an index that was not rolled over. Since 1.3. */
  readonly min_rollover_age?: LifecycleTime;
  readonly min_doc_count?: number;
  readonly min_size?: LifecycleSize;
  readonly cron?: { readonly cron: { readonly expression: string; readonly timezone: string } };
  /** Since 3.2. */
  readonly no_alias?: boolean;
  /** Counts from the entry into the state. Since 3.2. */
  readonly min_state_age?: LifecycleTime;
}

/** Which new indices get the policy. */
export interface IsmTemplate {
  readonly index_patterns: readonly string[];
  /** Of several that match the highest holds. @default 0 */
  readonly priority?: number;
}

/** What every action may have beside its own name. */
export interface IsmActionOptions {
  readonly timeout?: LifecycleTime;
  /** @default 3 times, exponential, 1m */
  readonly retry?: { readonly count: number; readonly backoff?: 'exponential' | 'constant' | 'linear'; readonly delay?: LifecycleTime };
}

/** The actions by name, each with its parameters. */
export interface IsmActionBodies {
  /** Since 2.4. `index` and `indices` are refused: it works on the managed index. */
  readonly alias: { readonly actions: readonly JsonObject[] };
  readonly allocation: {
    readonly require?: Readonly<Record<string, string>>;
    readonly include?: Readonly<Record<string, string>>;
    readonly exclude?: Readonly<Record<string, string>>;
    readonly wait_for?: boolean;
  };
  readonly close: Readonly<Record<never, never>>;
  /** Since 3.0; `include_aliases`, `ignore_index_settings`, `number_of_replicas`, `delete_original_index` and `rename_pattern` later. */
  readonly convert_index_to_remote: {
    readonly repository: string;
    readonly snapshot: string;
    readonly include_aliases?: boolean;
    readonly ignore_index_settings?: string;
    readonly number_of_replicas?: number;
    readonly delete_original_index?: boolean;
    readonly rename_pattern?: string;
  };
  readonly delete: Readonly<Record<never, never>>;
  readonly force_merge: { readonly max_num_segments: number };
  readonly index_priority: { readonly priority: number };
  readonly notification: IsmNotification;
  readonly open: Readonly<Record<never, never>>;
  readonly read_only: Readonly<Record<never, never>>;
  readonly read_write: Readonly<Record<never, never>>;
  readonly replica_count: { readonly number_of_replicas: number };
  readonly rollover: IsmRollover;
  readonly rollup: { readonly ism_rollup: JsonObject };
  /** Since 3.5. */
  readonly search_only: Readonly<Record<never, never>>;
  /** Since 2.0; `switch_aliases` since 2.12. Exactly one of the first three. */
  readonly shrink: {
    readonly num_new_shards?: number;
    readonly max_shard_size?: LifecycleSize;
    readonly percentage_of_source_shards?: number;
    readonly target_index_name_template?: string | JsonObject;
    readonly aliases?: readonly JsonObject[] | null;
    readonly switch_aliases?: boolean;
    readonly force_unsafe?: boolean;
  };
  readonly snapshot: { readonly repository: string; readonly snapshot: string };
  /** Since 3.0. */
  readonly stop_replication: Readonly<Record<never, never>>;
  /** Since 2.12. */
  readonly transform: { readonly ism_transform: JsonObject };
  /** Amazon OpenSearch Service only, as the two below: into UltraWarm. */
  readonly warm_migration: Readonly<Record<never, never>>;
  /** From UltraWarm into cold storage, where no node has the index. */
  readonly cold_migration: { readonly timestamp_field?: string; readonly start_time?: string | null; readonly end_time?: string | null; readonly ignore?: string };
  /** Deletes an index of cold storage. */
  readonly cold_delete: Readonly<Record<never, never>>;
}

/** Conditions of a rollover: one that holds is enough. */
export interface IsmRolloverConditions {
  readonly min_size?: LifecycleSize;
  readonly min_doc_count?: number;
  readonly min_index_age?: LifecycleTime;
  /** Since 1.3. */
  readonly min_primary_shard_size?: LifecycleSize;
}

/** The rollover action. Without any condition it rolls over at once. */
export interface IsmRollover extends IsmRolloverConditions {
  /** Since 2.9. @default false */
  readonly copy_alias?: boolean;
  /** Since 3.4. @default false */
  readonly prevent_empty_rollover?: boolean;
  /** Since 3.8, instead of conditions beside it: a group holds when all of it holds, one group is enough. */
  readonly any_of?: readonly IsmRolloverConditions[];
}

/** A message: to a `channel` (since 2.0) or to a `destination`. */
export interface IsmNotification {
  readonly channel?: { readonly id: string };
  readonly destination?: JsonObject;
  readonly message_template: string | JsonObject;
}

/** The name of an ISM action. */
export type IsmActionName = keyof IsmActionBodies;

/** One action: its name with its parameters, and how it is retried. */
export type IsmAction = {
  readonly [Name in IsmActionName]: IsmActionOptions & { readonly [Key in Name]: IsmActionBodies[Key] };
}[IsmActionName];
