import type { ClusterEvent, PodPhase } from '@podscope/console/api';

/** One simulated node: room for a number of pods, and nothing else. */
export interface ModelNode {
  readonly name: string;
  readonly capacity: number;
}

/** A deployment as it was declared, and how many pods it should have now. */
export interface ModelDeployment {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
  readonly desired: number;
  /** `hash`: `frontend-7d4f…-x2b9k`, another name each time; `ordinal`: `redis-replica-1`, the same name again. */
  readonly naming: 'hash' | 'ordinal';
  /** The replica set's part of a pod's name. */
  readonly hash: string;
}

/** One pod of the simulation. `ready` and `terminating` are what the phase doesn't tell. */
export interface ModelPod {
  readonly namespace: string;
  readonly name: string;
  readonly deployment: string;
  readonly container: string;
  readonly containerId: string;
  readonly node: string | null;
  readonly phase: PodPhase;
  readonly reason: string | null;
  readonly restarts: number;
  readonly createdAt: string;
  readonly port: number | null;
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly role?: 'primary' | 'replica';
}

/** The whole simulated cluster. Plain data; {@link ../cluster/reduce.ts} makes the next one. */
export interface ClusterModel {
  readonly nodes: readonly ModelNode[];
  readonly deployments: readonly ModelDeployment[];
  /** Oldest first. */
  readonly pods: readonly ModelPod[];
  /** State of the generator of names. */
  readonly random: number;
}

/** Something that happened or was asked for. `at` is ISO 8601. */
export type ClusterAction =
  | { readonly type: 'scale'; readonly deployment: string; readonly replicas: number; readonly at: string }
  | { readonly type: 'delete'; readonly pod: string; readonly at: string }
  | { readonly type: 'started'; readonly pod: string; readonly containerId: string; readonly port: number | null; readonly at: string }
  | { readonly type: 'exited'; readonly pod: string; readonly containerId: string; readonly message: string; readonly at: string }
  | { readonly type: 'stopped'; readonly pod: string; readonly at: string }
  | { readonly type: 'role'; readonly pod: string; readonly role: 'primary' | 'replica' }
  | { readonly type: 'remind'; readonly at: string };

/** What has to be done outside for the model to come true. */
export interface ClusterEffect {
  readonly kind: 'start' | 'stop';
  readonly pod: ModelPod;
}

/** The next model, what to tell, and what to do. */
export interface Reduction {
  readonly model: ClusterModel;
  readonly events: readonly ClusterEvent[];
  readonly effects: readonly ClusterEffect[];
}
