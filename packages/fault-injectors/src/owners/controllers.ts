import { valueAt } from '../probes/valueAt.ts';
import type { OwnerRule } from './types.ts';

/** What Kubernetes' own controllers make and replace: that they do is the point of a fault on it. */
const REPLACED: ReadonlySet<string> = new Set(['Pod', 'ReplicaSet', 'EndpointSlice', 'ControllerRevision']);

/** A controller that made the object (an owner reference with `controller: true`): an operator, mostly, which keeps it as it should be. */
export const controllerReference: OwnerRule = {
  accesses: () => [],
  find: (touched) =>
    Promise.resolve(
      REPLACED.has(touched.object.kind)
        ? []
        : (touched.found.metadata.ownerReferences ?? [])
            .filter(({ controller }) => controller === true)
            .map(({ kind, name, apiVersion }) => ({
              kind: 'controller' as const,
              owner: `${kind} ${touched.object.namespace === undefined ? '' : `${touched.object.namespace}/`}${name}`,
              keeps: ['*'],
              effect: 'undoes' as const,
              why: `it is controlled by that ${kind} (${apiVersion}), whose operator sets it back; pause the operator, or inject into what it reads`,
            })),
    ),
};

/** A paused Deployment doesn't roll a changed template out (kubernetes pkg/controller/deployment: `d.Spec.Paused` only scales). */
export const pausedDeployment: OwnerRule = {
  accesses: () => [],
  find: (touched) =>
    Promise.resolve(
      touched.object.kind === 'Deployment' && valueAt(touched.found, 'spec.paused') === true
        ? [{ kind: 'paused' as const, owner: `Deployment ${touched.object.namespace ?? ''}/${touched.object.name}`, keeps: ['spec.template'], effect: 'hides' as const, why: 'it is paused: a changed pod template is not rolled out; resume it before the fault' }]
        : [],
    ),
};
