import type { Behaviour, TimedBehaviour } from '../behaviour/behaviour.ts';

export type { Behaviour, TimedBehaviour } from '../behaviour/behaviour.ts';

/**
 * What the supervisor and the web host say to each other over the channel of `child_process.fork`. The host ends by
 * itself when that channel closes.
 */

/** Where one Redis instance answers. Its role is not told: the host asks the instance itself. */
export interface RedisEndpoint {
  /** Name of the instance's pod. */
  readonly pod: string;
  /** @default '127.0.0.1' */
  readonly host?: string;
  readonly port: number;
}

/** A web pod as the log file's name and the page need it. */
export interface WebPod {
  readonly name: string;
  readonly namespace: string;
  readonly container: string;
  readonly containerId: string;
  /** Shown on the page, nothing else. */
  readonly node?: string;
}

/** The error of a request that failed: `PodscopeError#toJSON`. */
export interface WebFailure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** First message; answered with `configured`, or `failed` where the port is taken or the logs cannot be written. */
export interface ConfigureRequest {
  readonly type: 'configure';
  readonly redis: readonly RedisEndpoint[];
  /** Directory of the containers' log files; made when missing. */
  readonly logDir: string;
  /** Port of the one address in front of all pods; 0 takes a free one. */
  readonly balancerPort: number;
  /** Paths that are published from the start. */
  readonly pages?: readonly string[];
}

/** Everything that the supervisor sends. */
export type WebRequest =
  | ConfigureRequest
  | { readonly type: 'addPod'; readonly pod: WebPod }
  | { readonly type: 'removePod'; readonly name: string }
  | { readonly type: 'setRedis'; readonly redis: readonly RedisEndpoint[] }
  | { readonly type: 'publish'; readonly path: string }
  | { readonly type: 'unpublish'; readonly path: string }
  | { readonly type: 'pages' }
  /** Tells a pod what to do beside its work for so many seconds, see `src/behaviour/behaviour.ts`. */
  | { readonly type: 'behave'; readonly pod: string; readonly id: string; readonly behaviour: Behaviour; readonly seconds: number }
  /** Also for what isn't there. */
  | { readonly type: 'unbehave'; readonly pod: string; readonly id: string }
  | { readonly type: 'behaviours'; readonly pod: string };

/** Everything that the host answers. Each request gets one answer. */
export type WebReply =
  | { readonly type: 'configured'; readonly balancerPort: number }
  | { readonly type: 'podStarted'; readonly name: string; readonly port: number }
  | { readonly type: 'podFailed'; readonly name: string; readonly message: string; readonly error: WebFailure }
  /** Also for a pod that was not there. */
  | { readonly type: 'podStopped'; readonly name: string }
  | { readonly type: 'redisSet' }
  | { readonly type: 'published'; readonly path: string }
  | { readonly type: 'unpublished'; readonly path: string }
  /** Published paths, sorted; the built-in ones are not among them. */
  | { readonly type: 'pages'; readonly pages: readonly string[] }
  /** What the pod was told to do, after each of the three messages about it. */
  | { readonly type: 'behaviours'; readonly pod: string; readonly behaviours: readonly TimedBehaviour[] }
  | { readonly type: 'failed'; readonly request: WebRequest['type']; readonly path?: string; readonly pod?: string; readonly error: WebFailure };

/** Paths that every web pod serves without being told; `/archive/<n>` comes on top. */
export const builtInPaths: readonly string[] = [
  '/',
  '/about',
  '/entries',
  '/favicon.ico',
  '/healthz',
  '/style.css',
];
