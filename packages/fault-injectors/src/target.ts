/** A client of the web tier that a fault starts. */
export interface FaultClient {
  readonly id: string;
  readonly userAgent: string;
  /** Source address that the access log shows. */
  readonly address: string;
  /** Requests in a second. */
  readonly rate: number;
  readonly paths: readonly string[];
}

/** Commands to one Redis instance. */
export interface RedisSession {
  command(...args: readonly string[]): Promise<unknown>;
  /** Sends many commands at once; answers in order. */
  pipeline(commands: readonly (readonly string[])[]): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** A pod of the target, as far as faults look at it. */
export interface FaultPod {
  readonly namespace: string;
  readonly name: string;
  readonly deployment: string;
  readonly role?: 'primary' | 'replica';
}

/** Something that a web pod of the guestbook can be told to do for a while (apps/guestbook, src/behaviour/behaviour.ts). */
export type WebBehaviour =
  | { readonly kind: 'errors'; readonly share: number; readonly paths: readonly string[]; readonly status: number }
  | { readonly kind: 'latency'; readonly share: number; readonly paths: readonly string[]; readonly milliseconds: number }
  | { readonly kind: 'log-lines'; readonly perSecond: number }
  | { readonly kind: 'log-format'; readonly format: 'json' | 'pipes' }
  | { readonly kind: 'clock'; readonly offsetSeconds: number };

/** The switch of the guestbook's web pods, and what shows that it was used. */
export interface WebSwitch {
  /** What a pod was told to do. */
  behaviours(pod: string): Promise<readonly { readonly id: string; readonly behaviour: WebBehaviour; readonly endsAt: string }[]>;
  /** Tells a pod to do something; it ends by itself after so many seconds. Replaces what has the same id. */
  behave(pod: string, id: string, behaviour: WebBehaviour, seconds: number): Promise<void>;
  /** Nothing of that id is fine. */
  unbehave(pod: string, id: string): Promise<void>;
  /** One GET to a pod, and how long its answer took. */
  request(pod: string, path: string): Promise<{ readonly status: number; readonly milliseconds: number }>;
  /** The last lines of a pod's log, or more of them, without stamps of the runtime; undefined where there is none to read. */
  log(pod: string, lines: number): Promise<readonly string[] | undefined>;
}

/** What a fault may do to a system. The embedded cluster implements it; so can anything else. */
export interface FaultTarget {
  /** Names the target in journals. */
  readonly id: string;
  pods(): Promise<readonly FaultPod[]>;
  replicas(deployment: string): Promise<number>;
  setReplicas(deployment: string, replicas: number): Promise<void>;
  clients(): Promise<readonly string[]>;
  startClient(client: FaultClient): Promise<void>;
  stopClient(id: string): Promise<void>;
  publishedPages(): Promise<readonly string[]>;
  unpublish(path: string): Promise<void>;
  redis(pod: string): Promise<RedisSession>;
  restart(pod: string): Promise<void>;
  /** Where its web pods have a switch. */
  readonly web?: WebSwitch;
}
