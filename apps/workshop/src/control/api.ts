import type { ClusterState, ExecResult, HuntView } from '@podscope/console/api';

/** One of the processes behind the pods, as `podscope status` shows it. */
export interface PartState {
  readonly name: string;
  readonly running: boolean;
  readonly pid: number | null;
  /** How often it was started again since the system is up. */
  readonly restarts: number;
  /** Why it doesn't run; null while it does. */
  readonly problem: string | null;
}

/**
 * What the supervisor of the embedded target takes over its control socket (`<run dir>/control.sock`, HTTP with JSON).
 * The commands, the console and the learners' fixes all use these public verbs; errors come back as
 * `{ error: PodscopeError#toJSON }` with status 4xx or 5xx.
 */
export interface ControlClient {
  /** GET /v1/state */
  state(): Promise<ClusterState>;
  /** POST /v1/scale */
  scale(deployment: string, replicas: number): Promise<void>;
  /** POST /v1/restart: `deployment/frontend` or `pod/redis-primary-0`. Redis saves first and loads afterwards. */
  restart(target: string): Promise<void>;
  /** POST /v1/exec */
  exec(pod: string, command: readonly string[]): Promise<ExecResult>;
  /** GET /v1/logs?pod=…&tail=… */
  logs(pod: string, tail: number): Promise<readonly string[]>;
  /** POST /v1/clients/stop */
  stopClient(id: string): Promise<void>;
  /** POST /v1/publish: the web tier serves this path from now on. */
  publish(path: string): Promise<void>;
  /** GET /v1/hunts */
  hunts(): Promise<readonly HuntView[]>;
  /** POST /v1/hunts/start. Without a seed, a random one. */
  startHunt(id: string, seed?: string): Promise<HuntView>;
  /** POST /v1/hunts/hint: reveals the next hint, at its cost. */
  takeHint(id: string): Promise<HuntView>;
  /** POST /v1/hunts/answer: keeps answers by question id; may be called again. */
  answerHunt(id: string, answers: Readonly<Record<string, string>>): Promise<HuntView>;
  /** POST /v1/hunts/submit: grades the answers and the state of the system. */
  submitHunt(id: string): Promise<HuntView>;
  /** POST /v1/hunts/stop: reverts the fault and reveals the debrief. */
  stopHunt(id: string): Promise<HuntView>;
  /** POST /v1/down: ends everything in order. */
  shutdown(): Promise<void>;
}
