import type { TargetOptions } from '../options.ts';

/** What a session on a cluster needs to know before it starts. Holds no secret: who asks a given server is read from the environment. */
export interface SessionOptions {
  /** Directory of everything that it writes. Absolute. */
  readonly runDir: string;
  /** Where compiled code is kept. Absolute. */
  readonly cacheDir: string;
  readonly kubeconfig?: string;
  readonly context: string;
  readonly target: TargetOptions;
  /** Loopback ports; 0 takes a free one. */
  readonly ports: { readonly console: number; readonly guestbook: number };
  /** Seeds the guestbook's entries and the visitors. */
  readonly seed: string;
  /** Requests in a second of the ordinary visitors. */
  readonly visitorRate: number;
  /** Absolute path of the `podscope.config.ts` to load, if there is one. */
  readonly config?: string;
  /** True: once everything runs, outlives the process that started it. */
  readonly detach?: boolean;
}
