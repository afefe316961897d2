/** What the cluster tells about itself: the same for the command, the console and the hunts' checkers. */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

export interface NodeState {
  readonly name: string;
  /** How many pods fit. */
  readonly capacity: number;
  readonly allocated: number;
}

export interface DeploymentState {
  readonly namespace: string;
  readonly name: string;
  readonly desired: number;
  readonly available: number;
  readonly unavailable: number;
}

export interface PodState {
  readonly namespace: string;
  readonly name: string;
  readonly deployment: string;
  readonly container: string;
  readonly containerId: string;
  readonly node: string | null;
  readonly phase: PodPhase;
  /** `Unschedulable`, `CrashLoopBackOff`… */
  readonly reason: string | null;
  readonly restarts: number;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Loopback port of a pod that listens. */
  readonly port: number | null;
  /** Present for Redis pods. */
  readonly role?: 'primary' | 'replica';
}

export interface ClientState {
  readonly id: string;
  readonly userAgent: string;
  /** Source address that the access log shows. */
  readonly address: string;
  /** Requests in a second that the client aims at. */
  readonly rate: number;
  readonly startedAt: string;
}

export interface ClusterEvent {
  readonly at: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly message: string;
}

/** `GET /v1/state` */
export interface ClusterState {
  readonly target: 'embedded' | 'kubernetes';
  /** Of a cluster: the context's name, which the badge shows. */
  readonly context?: string;
  readonly nodes: readonly NodeState[];
  readonly deployments: readonly DeploymentState[];
  readonly pods: readonly PodState[];
  readonly clients: readonly ClientState[];
  /** Paths that the web tier serves. */
  readonly pages: readonly string[];
  /** The last 200 events, oldest first. */
  readonly events: readonly ClusterEvent[];
  readonly urls: { readonly console: string; readonly opensearch: string; readonly guestbook: string };
}

/** Result of `POST /v1/exec`: only `redis-cli` exists in a Redis pod. */
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
