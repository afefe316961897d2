import { PodscopeError } from '@podscope/core';
import type { AnyTarget, KubernetesTarget } from '../definition/targets.ts';
import type { KubernetesObject } from '../kubernetes/api/types.ts';
import type { FaultStep } from './experiment.ts';

/** Where parameters that labels stand for are put, and a name that passes for one until they are looked up. */
const PLACES = { pods: ['workload', 'found'], nodes: ['node', 'found'], namespaces: ['namespaces', ['found']] } as const;

/** Parameters with a name in the place of each that labels stand for: to be checked before anything is asked of a cluster. */
export function withPlaceholders({ params, find }: FaultStep): Readonly<Record<string, unknown>> {
  const filled: Record<string, unknown> = { ...params };
  for (const [by, [name, value]] of Object.entries(PLACES)) if (find?.[by as keyof typeof PLACES] !== undefined) filled[name] = value;
  return filled;
}

/**
 * Parameters with the objects that labels stand for: the workload whose pods have them, the node, the namespaces.
 *
 * @throws PodscopeError EXPERIMENT_INVALID when none or several are found, FAULT_TARGET_UNFIT where the target is no cluster
 */
export async function found({ fault, params, find }: FaultStep, target: AnyTarget): Promise<Readonly<Record<string, unknown>>> {
  if (find === undefined) return params;
  if (target.kind !== 'kubernetes') throw new PodscopeError('FAULT_TARGET_UNFIT', `What ${fault} is done to is looked up by labels, and the target is no cluster.`, { hint: 'Name it in the parameters.' });
  return {
    ...params,
    ...(find.pods === undefined ? {} : { workload: await workloadOf(target, String(params['namespace'] ?? 'default'), find.pods) }),
    ...(find.nodes === undefined ? {} : { node: one('node', await names(target, 'Node', find.nodes), find.nodes) }),
    ...(find.namespaces === undefined ? {} : { namespaces: await names(target, 'Namespace', find.namespaces) }),
  };
}

async function names({ api }: KubernetesTarget, kind: 'Node' | 'Namespace', labelSelector: string): Promise<readonly string[]> {
  return await api.list({ apiVersion: 'v1', kind, labelSelector }, ({ metadata }) => metadata.name);
}

function one(what: string, all: readonly string[], selector: string): string {
  const [first, ...others] = [...new Set(all)];
  if (first !== undefined && others.length === 0) return first;
  throw new PodscopeError('EXPERIMENT_INVALID', `${first === undefined ? `No ${what} has` : `${others.length + 1} of the kind ${what} have`} the labels ${selector}.`, { hint: `One was expected${first === undefined ? '' : `; found are ${[first, ...others].slice(0, 5).join(', ')}`}. Nothing was run.` });
}

const controllerOf = ({ metadata }: KubernetesObject) => metadata.ownerReferences?.find(({ controller }) => controller === true);

/** `deployment/frontend`: what makes the pods with these labels, above their ReplicaSets. */
async function workloadOf({ api }: KubernetesTarget, namespace: string, labelSelector: string): Promise<string> {
  const controllers = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector }, controllerOf);
  const above = new Map<string, Promise<string>>();
  for (const controller of controllers) {
    if (controller === undefined || above.has(controller.uid)) continue;
    above.set(controller.uid, api.read({ ...controller, namespace }).then((object) => {
      const top = (object === undefined ? undefined : controllerOf(object)) ?? controller;
      return `${top.kind.toLowerCase()}/${top.name}`;
    }));
  }
  return one('workload', await Promise.all(above.values()), `${labelSelector} in ${namespace}`);
}
