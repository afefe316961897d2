import type { EmbeddedSource } from '../shippers/sources.ts';

/** What the supervisor tells a collector process, and what every collector needs to know. */
export interface CollectorSettings {
  /** The run directory; logs are read under `logs/`, positions and spool are kept under `collector/`. */
  readonly runDir: string;
  /** Base URL of OpenSearch, such as `http://127.0.0.1:9200`. */
  readonly opensearchUrl: string;
  /** Path of the control socket, asked for the workload state; null where there is none. */
  readonly controlSocket: string | null;
  /** `host.name` of the machine's own documents. */
  readonly hostName: string;
  /** What a real shipper ships: the collector leaves it alone. @default nothing */
  readonly leftOut?: readonly EmbeddedSource[];
}

/** Names of the data streams that the collector writes. */
export type StreamName =
  | 'apache-podscope'
  | 'filebeat-podscope'
  | 'metricbeat-podscope'
  | 'kubernetes-podscope'
  | 'redis-podscope';

/** Counters of one data stream since the collector's process started; all of them count documents. */
export interface StreamStats {
  /** Records read from logs and samples taken. */
  readonly read: number;
  /** Newly created in OpenSearch. */
  readonly written: number;
  /** Found to be there already. */
  readonly duplicates: number;
  /** Sent once more after an error. */
  readonly retried: number;
  /** Refused by OpenSearch for good and put into the dead-letter file. */
  readonly deadLetters: number;
  /** Samples left out because the spool or its disk was full. */
  readonly dropped: number;
}

export type CollectorStats = Readonly<Record<StreamName, StreamStats>>;

/** Messages to the collector process. */
export type CollectorRequest =
  | ({ readonly type: 'configure' } & CollectorSettings)
  /** Everything that is in the logs now is to be in OpenSearch, and the positions on disk. */
  | { readonly type: 'drain' }
  | { readonly type: 'stats' };

/** Messages from the collector process. */
export type CollectorReply =
  | { readonly type: 'ready' }
  | { readonly type: 'drained' }
  | { readonly type: 'stats'; readonly streams: CollectorStats }
  /** The collector could not start; the process ends after this. */
  | { readonly type: 'failed'; readonly message: string };
