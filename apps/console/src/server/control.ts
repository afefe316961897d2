import type { ClusterState, ExecResult, HuntView } from '../api/index.ts';

/** The public verbs of the running system, as far as the console uses them. */
export interface ConsoleControl {
  state(): Promise<ClusterState>;
  scale(deployment: string, replicas: number): Promise<void>;
  restart(target: string): Promise<void>;
  exec(pod: string, command: readonly string[]): Promise<ExecResult>;
  logs(pod: string, tail: number): Promise<readonly string[]>;
  stopClient(id: string): Promise<void>;
  publish(path: string): Promise<void>;
  hunts(): Promise<readonly HuntView[]>;
  startHunt(id: string): Promise<HuntView>;
  takeHint(id: string): Promise<HuntView>;
  answerHunt(id: string, answers: Readonly<Record<string, string>>): Promise<HuntView>;
  submitHunt(id: string): Promise<HuntView>;
  stopHunt(id: string): Promise<HuntView>;
}
