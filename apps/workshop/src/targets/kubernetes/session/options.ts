import type { OpenSearchCredentials } from '../../embedded/supervisor/opensearchHttp.ts';

/** Where OpenSearch is, seen from this machine. */
export interface OpenSearchPlace extends OpenSearchCredentials {
  /** As it is asked: a forward's loopback address, or the server's own. */
  readonly url: string;
}

/** What a session on a cluster needs to know before it starts. */
export interface SessionOptions {
  /** Directory of everything that it writes. Absolute. */
  readonly runDir: string;
  readonly kubeconfig?: string;
  readonly context: string;
  /** Those of the workshop; the guestbook's first. */
  readonly namespaces: readonly [guestbook: string, ...others: string[]];
  /** Loopback ports; 0 takes a free one. */
  readonly ports: { readonly console: number; readonly opensearch: number; readonly guestbook: number };
  /** Seeds the guestbook's entries and the visitors. */
  readonly seed: string;
  /** Requests in a second of the ordinary visitors; 0: nobody visits. */
  readonly visitorRate: number;
  /** Absolute path of the `podscope.config.ts` to load, if there is one. */
  readonly config?: string;
  /** True: once everything runs, outlives the process that started it. */
  readonly detach?: boolean;
}
