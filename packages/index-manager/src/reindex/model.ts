import type { JsonObject } from '../model.ts';

/** What is to be reindexed, and how the new index differs. */
export interface ReindexRequest {
  /** An index, an alias, or a data stream. */
  readonly source: string;
  /** The whole mapping of the new index. @default the source's; of a stream, that of its new write index */
  readonly mappings?: JsonObject;
  /** Settings over the source's own, such as an analyzer. */
  readonly settings?: JsonObject;
  /** Name of the new index; of a stream it can't be said. @default `<source>-r1`, or the next free number */
  readonly target?: string;
  /**
   * Whether the index's own name becomes an alias of the new index, for writers and readers that use the name. The old
   * index is then kept as `<source>-kept`. @default when the index has no alias
   */
  readonly takeOverName?: boolean;
  /** Parts that the server copies side by side. @default one a shard */
  readonly slices?: number;
  /** Documents a second that the copy is held to, until writes are stopped. @default unlimited */
  readonly requestsPerSecond?: number;
  /** Documents whose version, routing and content are compared before the swap. @default 1000, or fewer that have 64 MB */
  readonly verify?: number | 'all';
  /** How many refused documents an error lists; the copy looks for so many, for a minute. @default 20 */
  readonly maxRefused?: number;
}

/**
 * Where a reindex stands. `created`: written down. `copying`: the server copies what was there. `catching-up`: passes over
 * what was written since. `blocking`: writes to the source are refused, the last pass runs. `verifying`: counts and contents
 * are compared. `swapped`: readers and writers are on the new index, the old one is kept. `rolling-back`: on the way back.
 * `released`: the old index is gone. `rolled-back`: the new one is.
 */
export type ReindexState = 'created' | 'copying' | 'catching-up' | 'blocking' | 'verifying' | 'swapped' | 'rolling-back' | 'released' | 'rolled-back';

/** How readers and writers get from the old index to the new one, in one step. */
export type ReindexSwap =
  | { readonly kind: 'aliases' }
  /** The index is removed, an alias takes its name, a clone of it is kept. */
  | { readonly kind: 'name'; readonly kept: string }
  | { readonly kind: 'stream'; readonly stream: string };

/** One index of a plan. */
export interface ReindexStep {
  readonly source: string;
  readonly sourceUuid: string;
  readonly target: string;
  readonly shards: number;
  readonly documents: number;
  readonly swap: ReindexSwap;
  /** The body that the new index is made with; of a stream's past, filled from its new write index. */
  readonly body: { readonly settings: JsonObject; readonly mappings: JsonObject | undefined };
}

/** What a reindex will do: plain data. */
export interface ReindexPlan {
  readonly name: string;
  readonly request: ReindexRequest;
  /** A stream or alias with several indices starts a new write index first. */
  readonly rollover: { readonly stream: string; readonly writeIndex: string } | undefined;
  readonly steps: readonly ReindexStep[];
  /** What can't be done here, and what is offered instead. */
  readonly notes: readonly string[];
}

/** One index as it stands. */
export interface ObservedReindexIndex {
  readonly index: string;
  readonly uuid: string;
  /** Flat, as the server gives them. */
  readonly settings: JsonObject;
  readonly mappings: JsonObject;
  readonly aliases: Readonly<Record<string, JsonObject>>;
  readonly documents: number;
}

/** What stands under the name of a request: plain data. */
export interface ObservedReindex {
  readonly name: string;
  readonly kind: 'missing' | 'index' | 'alias' | 'data stream';
  /** Of an alias or data stream, oldest first. */
  readonly indices: readonly ObservedReindexIndex[];
  readonly writeIndex: string | undefined;
  /** Whether the server can exchange backing indices of a data stream. */
  readonly modifyDataStream: boolean;
  /** Names of indices and aliases that begin with those of the sources. */
  readonly taken: readonly string[];
}

/** What a record says that isn't fixed by its step: written before and after everything that is done. */
export interface ReindexRecord extends ReindexStep {
  /** The name that was asked for: of the index, its alias, or its data stream. */
  readonly name: string;
  readonly request: ReindexRequest;
  readonly rollover: ReindexPlan['rollover'];
  /** All steps of the name; only the first of them keeps them. */
  readonly steps: readonly ReindexStep[];
  readonly state: ReindexState;
  /** Null before it is made. */
  readonly targetUuid: string | null;
  /** By shard, the sequence number up to which everything has been copied. */
  readonly checkpoints: readonly number[];
  /** By shard of the new index, where it stood at the swap. */
  readonly swapCheckpoints: readonly number[];
  /** The server's count of deletions when the copy began. */
  readonly deletions: number;
  /** The server's task that copies. */
  readonly task: string | null;
  /** The index that refuses writes because of this reindex, and that lets them in again when it is given up. */
  readonly blocked: string | null;
  /** Whether the source refused writes before, because somebody wants that. */
  readonly writeBlocked: boolean;
  /** Aliases whose only index was made their write index for a moment, because a template gives them to the new one too. */
  readonly pinned: readonly { readonly index: string; readonly alias: string; readonly options: JsonObject }[];
  /** Whether a rollback that has begun leaves behind what was written since the swap. */
  readonly withoutNewer: boolean;
  /** How long the run that holds it may be silent. */
  readonly leaseMs: number;
  /** The clone that is kept where the name is taken over. */
  readonly keptUuid: string | null;
  /** Settings that are put back when an index has been filled. */
  readonly restore: JsonObject;
  /** The aliases that were moved. */
  readonly aliases: Readonly<Record<string, JsonObject>>;
  readonly runner: string | null;
  readonly history: readonly { readonly at: string; readonly state: ReindexState; readonly note?: string }[];
}

/** How far a reindex is. */
export interface ReindexProgress {
  readonly source: string;
  readonly target: string;
  readonly state: ReindexState;
  readonly done: number;
  readonly total: number;
  /** Documents a second, over the last seconds. */
  readonly rate: number;
  /** Until this state is over; undefined while nothing is known. */
  readonly secondsLeft: number | undefined;
}

/** What became of a reindex. */
export interface ReindexResult {
  readonly name: string;
  /** `blockedMs`: how long writes were refused. */
  readonly indices: readonly { readonly source: string; readonly target: string; readonly state: ReindexState; readonly documents: number; readonly blockedMs: number }[];
  readonly notes: readonly string[];
}

/** How a reindex is rolled back. */
export interface RollbackOptions extends ReindexOptions {
  /**
   * Swaps back without what was written to the new index since the swap, for when the old one can't take it. The new index
   * is then kept, and refuses writes. @default false
   */
  readonly withoutNewer?: boolean;
}

/** How a reindex is run. */
export interface ReindexOptions {
  readonly onProgress?: (progress: ReindexProgress) => void;
  /** Stops at the next moment; what was done stays, and a resume goes on from there. */
  readonly signal?: AbortSignal;
  /** How long a run may be silent before another may take over. @default 15000 */
  readonly leaseMs?: number;
  /** How long a server may be away. @default 120000 */
  readonly patienceMs?: number;
}
