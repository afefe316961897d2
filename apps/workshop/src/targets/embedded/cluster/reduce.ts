import type { ClusterEvent } from '@podscope/console/api';
import type { ClusterAction, ClusterEffect, ClusterModel, ModelDeployment, ModelPod, Reduction } from './model.ts';
import { drawContainerId, drawSuffix } from './names.ts';

/** Model under change, with what it causes. Lives for one reduction only. */
interface Draft {
  readonly deployments: ModelDeployment[];
  pods: ModelPod[];
  random: number;
  readonly events: ClusterEvent[];
  readonly effects: ClusterEffect[];
}

/** How many pods hold a slot of each node; terminating pods still hold theirs. */
export function allocation(model: Pick<ClusterModel, 'nodes' | 'pods'>): ReadonlyMap<string, number> {
  const taken = new Map(model.nodes.map((node) => [node.name, 0]));
  for (const pod of model.pods) if (pod.node !== null) taken.set(pod.node, (taken.get(pod.node) ?? 0) + 1);
  return taken;
}

/** The next model of the simulation. Pure: the same model and action give the same result. */
export function reduce(model: ClusterModel, action: ClusterAction): Reduction {
  const draft: Draft = {
    deployments: [...model.deployments],
    pods: [...model.pods],
    random: model.random,
    events: [],
    effects: [],
  };
  if (action.type === 'scale') scale(draft, action);
  else if (action.type === 'remind') remind(model, draft, action.at);
  else change(draft, action);
  if (action.type !== 'role' && action.type !== 'remind') place(model, draft, action.at);
  return {
    model: { nodes: model.nodes, deployments: draft.deployments, pods: draft.pods, random: draft.random },
    events: draft.events,
    effects: draft.effects,
  };
}

function event(draft: Draft, at: string, type: 'Normal' | 'Warning', reason: string, about: { namespace: string; name: string; kind: string }, message: string): void {
  draft.events.push({ at, type, reason, namespace: about.namespace, kind: about.kind, name: about.name, message });
}

function podEvent(draft: Draft, at: string, type: 'Normal' | 'Warning', reason: string, pod: ModelPod, message: string): void {
  event(draft, at, type, reason, { namespace: pod.namespace, name: pod.name, kind: 'Pod' }, message);
}

function replace(draft: Draft, pod: ModelPod): void {
  draft.pods = draft.pods.map((each) => (each.name === pod.name ? pod : each));
}

function scale(draft: Draft, action: Extract<ClusterAction, { type: 'scale' }>): void {
  const index = draft.deployments.findIndex((each) => each.name === action.deployment);
  const before = draft.deployments[index];
  if (before === undefined || before.desired === action.replicas) return;
  draft.deployments[index] = { ...before, desired: action.replicas };
  const direction = action.replicas > before.desired ? 'up' : 'down';
  event(draft, action.at, 'Normal', 'ScalingReplicaSet', { namespace: before.namespace, name: before.name, kind: 'Deployment' },
    `Scaled ${direction} replica set ${before.name}-${before.hash} to ${action.replicas} from ${before.desired}`);
  settle(draft, before.name, action.at);
}

/** Makes as many pods as the deployment wants, or ends the surplus: pending pods first, then the newest. */
function settle(draft: Draft, name: string, at: string): void {
  const deployment = draft.deployments.find((each) => each.name === name);
  if (deployment === undefined) return;
  const alive = draft.pods.filter((pod) => pod.deployment === name && !pod.terminating);
  if (alive.length < deployment.desired) {
    for (let count = alive.length; count < deployment.desired; count++) if (!create(draft, deployment, at)) break;
    return;
  }
  const newestFirst = alive.toReversed();
  const doomed = [...newestFirst.filter((pod) => pod.node === null), ...newestFirst.filter((pod) => pod.node !== null)];
  for (const pod of doomed.slice(0, alive.length - deployment.desired)) end(draft, pod, at);
}

/** False where the name of an ordinal pod is still held by one that is terminating: it follows when that is gone. */
function create(draft: Draft, deployment: ModelDeployment, at: string): boolean {
  const taken = new Set(draft.pods.map((pod) => pod.name));
  let name: string | undefined;
  if (deployment.naming === 'ordinal') {
    for (let ordinal = 0; ordinal < deployment.desired; ordinal++) {
      if (!taken.has(`${deployment.name}-${ordinal}`)) {
        name = `${deployment.name}-${ordinal}`;
        break;
      }
    }
    if (name === undefined) return false;
  } else {
    do {
      const drawn = drawSuffix(draft.random);
      draft.random = drawn.random;
      name = `${deployment.name}-${deployment.hash}-${drawn.text}`;
    } while (taken.has(name));
  }
  const id = drawContainerId(draft.random);
  draft.random = id.random;
  draft.pods.push({
    namespace: deployment.namespace,
    name,
    deployment: deployment.name,
    container: deployment.container,
    containerId: id.text,
    node: null,
    phase: 'Pending',
    reason: null,
    restarts: 0,
    createdAt: at,
    port: null,
    ready: false,
    terminating: false,
  });
  event(draft, at, 'Normal', 'SuccessfulCreate',
    { namespace: deployment.namespace, name: `${deployment.name}-${deployment.hash}`, kind: 'ReplicaSet' }, `Created pod: ${name}`);
  return true;
}

/** A pod that holds no slot goes at once; another one is stopped first and keeps its slot until then. */
function end(draft: Draft, pod: ModelPod, at: string): void {
  if (pod.node === null) {
    draft.pods = draft.pods.filter((each) => each.name !== pod.name);
    return;
  }
  const ending: ModelPod = { ...pod, terminating: true, ready: false, reason: 'Terminating' };
  replace(draft, ending);
  podEvent(draft, at, 'Normal', 'Killing', pod, `Stopping container ${pod.container}`);
  draft.effects.push({ kind: 'stop', pod: ending });
}

function change(draft: Draft, action: Exclude<ClusterAction, { type: 'scale' | 'remind' }>): void {
  const pod = draft.pods.find((each) => each.name === action.pod);
  if (pod === undefined) return;
  switch (action.type) {
    case 'delete':
      if (pod.terminating) return;
      end(draft, pod, action.at);
      settle(draft, pod.deployment, action.at);
      return;
    case 'started':
      if (pod.terminating || pod.containerId !== action.containerId) return;
      replace(draft, { ...pod, phase: 'Running', reason: null, ready: true, port: action.port });
      podEvent(draft, action.at, 'Normal', 'Started', pod, `Started container ${pod.container}`);
      return;
    case 'exited': {
      if (pod.terminating || pod.containerId !== action.containerId) return;
      const id = drawContainerId(draft.random);
      draft.random = id.random;
      const next: ModelPod = { ...pod, containerId: id.text, restarts: pod.restarts + 1, ready: false, reason: 'CrashLoopBackOff' };
      replace(draft, next);
      podEvent(draft, action.at, 'Warning', 'BackOff', pod, `Back-off restarting failed container ${pod.container}: ${action.message}`);
      draft.effects.push({ kind: 'start', pod: next });
      return;
    }
    case 'stopped':
      draft.pods = draft.pods.filter((each) => each.name !== pod.name);
      settle(draft, pod.deployment, action.at);
      return;
    case 'role':
      replace(draft, { ...pod, role: action.role });
  }
}

/** Gives every pending pod the node with the most free slots; tells once where none is left. */
function place(model: ClusterModel, draft: Draft, at: string): void {
  const taken = new Map(allocation({ nodes: model.nodes, pods: draft.pods }));
  for (const pod of draft.pods) {
    if (pod.node !== null) continue;
    let best: { name: string; free: number } | undefined;
    for (const node of model.nodes) {
      const free = node.capacity - (taken.get(node.name) ?? 0);
      if (free > 0 && (best === undefined || free > best.free)) best = { name: node.name, free };
    }
    if (best === undefined) {
      if (pod.reason === 'Unschedulable') continue;
      replace(draft, { ...pod, reason: 'Unschedulable' });
      unschedulable(model, draft, pod, at);
      continue;
    }
    taken.set(best.name, (taken.get(best.name) ?? 0) + 1);
    const placed: ModelPod = { ...pod, node: best.name, reason: 'ContainerCreating' };
    replace(draft, placed);
    podEvent(draft, at, 'Normal', 'Scheduled', pod, `Successfully assigned ${pod.namespace}/${pod.name} to ${best.name}`);
    draft.effects.push({ kind: 'start', pod: placed });
  }
}

function unschedulable(model: ClusterModel, draft: Draft, pod: ModelPod, at: string): void {
  const all = model.nodes.length;
  podEvent(draft, at, 'Warning', 'FailedScheduling', pod, `0/${all} nodes are available: ${all} Too many pods.`);
}

/** Kubernetes' scheduler tries again now and then, and says again that it could not. */
function remind(model: ClusterModel, draft: Draft, at: string): void {
  for (const pod of draft.pods) if (pod.reason === 'Unschedulable') unschedulable(model, draft, pod, at);
}
