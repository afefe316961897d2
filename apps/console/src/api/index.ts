export type {
  ClientState,
  ClusterEvent,
  ClusterState,
  DeploymentState,
  ExecResult,
  NodeState,
  PodPhase,
  PodState,
} from './cluster.ts';
export type { Overview, SearchRequest } from './http.ts';
export type { HuntAspect, HuntQuestionView, HuntVerdictView, HuntView } from './hunts.ts';
