/**
 * What the supervisor and the visitors' process say to each other over the channel of `child_process.fork`. The
 * process ends by itself when that channel closes.
 */

/** The id under which the ordinary visitors are listed and can be stopped. */
export const VISITORS_ID = 'visitors';

/** A client that sends plain GET requests to a few paths at a steady rate. */
export interface SteadyClient {
  readonly id: string;
  readonly userAgent: string;
  /** Source address that the access log shows. */
  readonly address: string;
  /** Requests in a second. */
  readonly rate: number;
  readonly paths: readonly string[];
}

/** One line of the list of clients. */
export interface ClientSummary {
  readonly id: string;
  /** Of the visitors, who have many: `several browsers`. */
  readonly userAgent: string;
  /** Of the visitors, who have many: `several addresses`. */
  readonly address: string;
  /** Requests in a second that the client aims at. */
  readonly rate: number;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** Counts since the process began. */
export interface TrafficStats {
  readonly sent: number;
  /** Requests that got an answer, of whatever status. */
  readonly answered: number;
  /** Requests whose connection failed. */
  readonly failed: number;
  /** Requests that were left out because too many of that client's were still unanswered. */
  readonly skipped: number;
  readonly byStatus: Readonly<Record<string, number>>;
}

/** Starts the ordinary visitors; where they are there already, they go on with the new values. */
export interface StartRequest {
  readonly type: 'start';
  /** The balancer's address, such as `http://127.0.0.1:41000`. Steady clients use it, too. */
  readonly url: string;
  /** The same seed gives the same visits. */
  readonly seed: string;
  /** Requests in a second, of all visitors together. */
  readonly rate: number;
  /** Pages 1 to this number of the archive are there to read; 0 for none. @default 2000 */
  readonly archivePages?: number;
}

/** Everything that the supervisor sends. */
export type VisitorsRequest =
  | StartRequest
  | { readonly type: 'setRate'; readonly rate: number }
  | { readonly type: 'startClient'; readonly client: SteadyClient }
  | { readonly type: 'stopClient'; readonly id: string }
  | { readonly type: 'list' }
  | { readonly type: 'stats' };

/** Everything that the process answers. Each request gets one answer. */
export type VisitorsReply =
  | { readonly type: 'started' }
  | { readonly type: 'rateSet'; readonly rate: number }
  | { readonly type: 'clientStarted'; readonly id: string }
  /** `found` is false where there was no such client. */
  | { readonly type: 'clientStopped'; readonly id: string; readonly found: boolean }
  | { readonly type: 'clients'; readonly clients: readonly ClientSummary[] }
  | { readonly type: 'stats'; readonly stats: TrafficStats }
  | {
      readonly type: 'failed';
      readonly request: VisitorsRequest['type'];
      readonly id?: string;
      readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
    };
