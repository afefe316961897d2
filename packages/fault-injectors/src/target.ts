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
}
