import type { ClusterState } from './cluster.ts';

/**
 * The console's HTTP interface, on loopback only. Every request that is not a GET carries the header
 * `x-podscope-console: 1` and `content-type: application/json`, which no cross-site form can send.
 *
 * | request | answer |
 * | --- | --- |
 * | GET /api/overview | Overview |
 * | GET /api/saved-objects | { objects: SavedObject[] } |
 * | POST /api/search { searches: SearchRequest[] } | { responses: [] } in `_msearch`'s shape |
 * | GET /api/hunts | HuntView[] |
 * | POST /api/hunts/{id}/{start,hint,submit,stop} | HuntView |
 * | POST /api/hunts/{id}/answer { answers } | HuntView |
 * | POST /api/visualizations { object } | { object }: saved beside the installed saved objects |
 * | POST /api/verbs/{scale,restart,exec,publish,stop-client} | {} or ExecResult: the public verbs |
 * | GET /api/logs?pod=&tail= | { lines: string[] } |
 */
export interface Overview {
  readonly state: ClusterState;
  /** OpenSearch's cluster health: green, yellow, red, or unreachable. */
  readonly health: 'green' | 'yellow' | 'red' | 'unreachable';
  /** Documents in a second over the last 30 s, by data view pattern. */
  readonly shipping: readonly { readonly pattern: string; readonly perSecond: number; readonly total: number }[];
  /** Of every Redis instance, the newest sample. */
  readonly redis: readonly { readonly pod: string; readonly role: string; readonly opsPerSecond: number; readonly usedMemory: number; readonly lagBytes: number }[];
  /** Requests in a second over the last 30 s, by web pod. */
  readonly web: readonly { readonly pod: string; readonly perSecond: number }[];
}

/** One search of `POST /api/search`. The server rebuilds it from the parts that it allows. */
export interface SearchRequest {
  /** An installed data view's pattern. */
  readonly index: string;
  readonly body: Readonly<Record<string, unknown>>;
}
