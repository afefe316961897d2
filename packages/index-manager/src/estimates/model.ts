/** What comes into one stream. */
export interface StreamVolume {
  readonly documentsPerDay: number;
  /** The JSON of a document as it is sent, on average. This or `bytesPerDay`. */
  readonly bytesPerDocument?: number;
  /** The JSON of a day's documents. This or `bytesPerDocument`. */
  readonly bytesPerDay?: number;
  /** @default What the template says; 1 where it says nothing, as servers do. */
  readonly replicas?: number;
  /** A policy of the setup. @default The one whose `ism_template` holds, or that the template's `index.lifecycle.name` names. */
  readonly policy?: string;
  /** For a name that is a series of indices which the shipper begins itself, such as `1d` for a new index each day. */
  readonly newIndexEvery?: string;
  /** As in {@link EstimateInput}, for this stream alone: the ratio hangs on the documents, the mapping and the codec. */
  readonly storedRatio?: number;
}

/** What {@link estimateIndexSetup} takes beside the setup. */
export interface EstimateInput {
  /** By data stream, rollover alias, or the name of an index that a template of the setup holds for. */
  readonly streams: Readonly<Record<string, StreamVolume>>;
  /**
   * Bytes of a primary shard on disk for each byte of JSON.
   * @default 1.1, from Amazon's "Sizing Amazon OpenSearch Service domains"
   *
   * Logs mostly take less. Access logs with a text, three keywords and two numbers came to 0.48, and to 0.35 with
   * `best_compression` (`npm run bench -- storage`). Measure yours: `_cat/indices` has `pri.store.size`.
   */
  readonly storedRatio?: number;
  /** Days to reckon with where no policy deletes. @default 365 */
  readonly horizonDays?: number;
  /** `heavy`: 2 vCPU and 8 GiB of memory for each 100 GiB of storage, Amazon's advice for many shards, updates or queries. @default 'light' */
  readonly workload?: 'light' | 'heavy';
  /** The number of data nodes is a multiple of it. @default 3 */
  readonly availabilityZones?: 1 | 2 | 3;
  /** Data nodes of a cluster that is there already, for the limit of shards. @default `availabilityZones`, the fewest there can be */
  readonly dataNodes?: number;
  /** Which sizes there are to choose from. @default {@link AMAZON_INSTANCE_TYPES} */
  readonly instanceTypes?: readonly AmazonInstanceType[];
}

/** A data node of Amazon OpenSearch Service. */
export interface AmazonInstanceType {
  /** Such as `m6g.large.search`. */
  readonly name: string;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Sizes of one EBS volume (gp3) that the service takes for it. */
  readonly minVolumeGib: number;
  readonly maxVolumeGib: number;
}

/** Part of an index's life during which nothing about its shards changes. */
export interface EstimatedStretch {
  /** The states of the policy, first to last, joined by `, `; `kept` without a policy. */
  readonly state: string;
  /** Where the policy puts it: the value of the allocation attribute, such as `warm`; `hot` before any; of Amazon's own actions `ultrawarm` and `cold storage`. */
  readonly tier: string;
  /** Age of the index in days, from and to. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Of each index. */
  readonly primaryShards: number;
  readonly replicas: number;
  /** At the fullest moment. */
  readonly indices: number;
  readonly shards: number;
  readonly documents: number;
  /** On disk, replicas included. */
  readonly bytes: number;
}

/** What one stream comes to. */
export interface StreamEstimate {
  readonly name: string;
  readonly kind: 'data-stream' | 'rollover-alias' | 'index-series' | 'index';
  readonly template: string;
  readonly policy: string | null;
  readonly documentsPerDay: number;
  /** Of JSON. */
  readonly sourceBytesPerDay: number;
  readonly storedRatio: number;
  /** How long one index is written to; null when nothing ends it. */
  readonly writtenDays: number | null;
  /** What ends it, such as `min_size 50gb`. */
  readonly writtenUntil: string | null;
  /** Age of an index at its deletion; null when nothing deletes it, and the horizon is reckoned with. */
  readonly deletedAfterDays: number | null;
  readonly stretches: readonly EstimatedStretch[];
  /** At the fullest moment, as all below. */
  readonly indices: number;
  readonly primaryShards: number;
  readonly shards: number;
  readonly documents: number;
  /** Of JSON. */
  readonly sourceBytes: number;
  readonly primaryBytes: number;
  /** With replicas. */
  readonly bytes: number;
  /** One primary shard of an index that is no longer written to; of the only index at the end of the horizon. */
  readonly bytesPerShard: number;
}

/** How many of one instance size hold a tier. */
export interface AmazonSuggestion {
  readonly type: string;
  readonly count: number;
  readonly volumeGib: number;
  readonly vcpus: number;
  readonly memoryGib: number;
  readonly shardsPerNode: number;
  /** What a node should hold at most: 25 a GiB of heap, or less where the cluster's limit is lower. Null for UltraWarm. */
  readonly maxShardsPerNode: number | null;
  /** What decides the count, in words. */
  readonly why: string;
}

/** All shards of one tier. */
export interface TierEstimate {
  readonly tier: string;
  readonly shards: number;
  readonly bytes: number;
  /** EBS storage by Amazon's formula, at the least: bytes / 0.95 / 0.8. In UltraWarm and cold storage the bytes alone, as below. */
  readonly minimumStorageBytes: number;
  /** With 25 % of it free, below which Amazon's recommended alarm goes off: bytes / 0.95 / 0.75. */
  readonly recommendedStorageBytes: number;
  /** JVM heap for the shards at 25 a GiB. */
  readonly heapGib: number;
  /** One of each family that can hold it, least memory first; none for cold storage, which no node has. */
  readonly amazon: readonly AmazonSuggestion[];
}

/** Something that will not do, or not do well. */
export interface EstimateWarning {
  /**
   * `field-limit`, `depth-limit`, `nested-limit`, `name-limit`: the server refuses the template's mapping. `shard-limit`: more
   * shards than the cluster takes. `large-shard`, `small-shard`, `no-rollover`, `no-deletion`, `not-counted`: advice.
   */
  readonly kind: 'field-limit' | 'depth-limit' | 'nested-limit' | 'name-limit' | 'shard-limit' | 'large-shard' | 'small-shard' | 'no-rollover' | 'no-deletion' | 'not-counted';
  /** The stream or template. */
  readonly about: string;
  readonly message: string;
}

/** What a setup comes to: plain data. */
export interface IndexEstimate {
  readonly streams: readonly StreamEstimate[];
  readonly tiers: readonly TierEstimate[];
  readonly documentsPerDay: number;
  readonly sourceBytesPerDay: number;
  readonly indices: number;
  readonly shards: number;
  readonly documents: number;
  readonly bytes: number;
  readonly warnings: readonly EstimateWarning[];
  /** What was taken for granted, in sentences. */
  readonly notes: readonly string[];
}
