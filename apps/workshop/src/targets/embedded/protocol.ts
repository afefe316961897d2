import type { PodscopeError } from '@podscope/core';
import type { ShippersMode } from './shippers/choose.ts';

/** What the supervisor needs to know before it starts anything. */
export interface SupervisorOptions {
  /** Directory of everything that this run writes. Absolute. */
  readonly runDir: string;
  /** Where downloaded servers are kept. Absolute. */
  readonly cacheDir: string;
  /** Loopback ports; 0 takes a free one. */
  readonly ports: { readonly console: number; readonly opensearch: number; readonly guestbook: number };
  /** An unpacked OpenSearch distribution to use instead of an installed one. */
  readonly opensearchHome?: string;
  /** The JDK to run OpenSearch on, before the PATH's `java`. */
  readonly javaHome?: string;
  /** @default the version that @podscope/embedded-opensearch runs where none is named */
  readonly opensearchVersion?: string;
  /** Seeds the guestbook's entries and the visitors. */
  readonly seed: string;
  /** Absolute path of the `podscope.config.ts` to load, if there is one. */
  readonly config?: string;
  /** Who ships logs and metrics. @default 'built-in' */
  readonly shippers?: { readonly mode: ShippersMode; readonly path: string; readonly folder?: string };
  /** True: once everything runs, outlives the process that started it. */
  readonly detach?: boolean;
}

/** The steps of a start, as progress and timings name them. */
export type SupervisorStep =
  | 'checks'
  | 'opensearch-install'
  | 'opensearch'
  | 'redis'
  | 'guestbook'
  | 'indices'
  | 'collector'
  | 'console'
  | 'first-dashboard';

/** The addresses that people open. */
export interface SupervisorUrls {
  readonly console: string;
  readonly opensearch: string;
  readonly guestbook: string;
}

/** How long each step took, in milliseconds; `total` is from the start message until ready. */
export type SupervisorTimings = Readonly<Partial<Record<SupervisorStep, number>> & { readonly total: number }>;

/** A {@link PodscopeError} on its way through a pipe. */
export type ErrorReport = ReturnType<PodscopeError['toJSON']>;

/** From the process that started the supervisor, over Node's IPC channel. */
export interface StartMessage<Options = SupervisorOptions> {
  readonly type: 'start';
  readonly options: Options;
}

/** `podscope up` in the foreground was told to stop. */
export interface StopMessage {
  readonly type: 'stop';
}

/** Everything that the supervisor reads from its IPC channel. */
export type SupervisorInput<Options = SupervisorOptions> = StartMessage<Options> | StopMessage;

/** One step began or ended. */
export interface ProgressMessage {
  readonly type: 'progress';
  readonly step: SupervisorStep;
  readonly state: 'start' | 'done';
  /** Milliseconds that the step took; 0 at its start. */
  readonly ms: number;
  readonly message: string;
}

/** Everything runs and the first dashboard has data. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly urls: SupervisorUrls;
  readonly timings: SupervisorTimings;
  /** Path of the control socket. */
  readonly socket: string;
  readonly pid: number;
}

/** The start failed, or a running system ended by itself; everything is taken down again. */
export interface FailedMessage {
  readonly type: 'failed';
  readonly error: ErrorReport;
}

/** Everything was ended in order. */
export interface StoppedMessage {
  readonly type: 'stopped';
}

/** Everything that the supervisor writes to its IPC channel. */
export type SupervisorOutput = ProgressMessage | ReadyMessage | FailedMessage | StoppedMessage;
