import { isPodscopeError } from '@podscope/core';
import type { Access, KubernetesApi, KubernetesObject, ObjectRef } from '../kubernetes/api/types.ts';
import { horizontalPodAutoscaler, kedaScaledObject, verticalPodAutoscaler } from './autoscalers.ts';
import { controllerReference, pausedDeployment } from './controllers.ts';
import { argoCd, fluxHelmRelease, fluxKustomization, marked } from './deliverers.ts';
import { touches } from './paths.ts';
import type { Owner, OwnerLists, OwnerRule, OwnersFound, TouchedObject } from './types.ts';

const rules: readonly OwnerRule[] = [horizontalPodAutoscaler, verticalPodAutoscaler, kedaScaledObject, argoCd, fluxKustomization, fluxHelmRelease, marked, controllerReference, pausedDeployment];

/** What {@link findOwners} reads beside the objects themselves. All of it is optional: what may not be read is told, not an error. */
export function ownerAccesses(namespace: string | undefined): readonly Access[] {
  return rules.flatMap((rule) => rule.accesses(namespace));
}

/**
 * Finds who would undo a change of these objects, or keep it from having an effect, before it is made.
 *
 * @param touched the objects, with the paths that are changed. One that isn't there has no owner.
 * @throws PodscopeError KUBE_UNREACHABLE, KUBE_UNAUTHORIZED, KUBE_FORBIDDEN for the objects themselves
 */
export async function findOwners(api: Pick<KubernetesApi, 'read' | 'list'>, touched: readonly TouchedObject[]): Promise<OwnersFound> {
  const unasked = new Set<string>();
  const lists = listsOf(api, unasked);
  const found = await Promise.all(
    touched.map(async (each) => {
      const object = await api.read(each.object);
      if (object === undefined) return [];
      const owners = await Promise.all(rules.map((rule) => rule.find({ ...each, found: object }, lists)));
      return owners.flat().filter(({ keeps }) => touches(each.paths, keeps)).map((owner): Owner => ({ object: each.object, ...owner }));
    }),
  );
  return { owners: found.flat(), unasked: [...unasked].sort() };
}

/** Owners that a fault must not be injected beside, unless it is told to. */
export function opposing(owners: readonly Owner[]): readonly Owner[] {
  return owners.filter(({ effect }) => effect !== 'later');
}

/** One line for people. */
export function ownerText({ object, owner, effect, keeps, why }: Owner): string {
  const what = keeps.includes('*') ? 'changes' : keeps.join(', ');
  const verb = { undoes: `undoes ${what} of`, hides: `keeps ${what} without effect on`, 'may-undo': `may undo ${what} of`, later: `undoes ${what} with its next change of` }[effect];
  return `${owner} ${verb} ${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}: ${why}.`;
}

function listsOf(api: Pick<KubernetesApi, 'read' | 'list'>, unasked: Set<string>): OwnerLists {
  const kept = new Map<string, Promise<readonly KubernetesObject[]>>();
  return {
    of({ apiVersion, kind }, namespace) {
      const key = `${apiVersion} ${kind} ${namespace ?? ''}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const asked = api.list({ apiVersion, kind, namespace }).catch((error: unknown): readonly KubernetesObject[] => {
        if (isPodscopeError(error, 'KUBE_KIND_UNKNOWN')) return [];
        if (!isPodscopeError(error, 'KUBE_FORBIDDEN')) throw error;
        unasked.add(`${kind} (${apiVersion})${namespace === undefined ? '' : ` in ${namespace}`}`);
        return [];
      });
      kept.set(key, asked);
      return asked;
    },
    async one(ref: ObjectRef) {
      try {
        return await api.read(ref);
      } catch (error) {
        if (isPodscopeError(error, 'KUBE_KIND_UNKNOWN')) return undefined;
        if (!isPodscopeError(error, 'KUBE_FORBIDDEN')) throw error;
        unasked.add(`${ref.kind} ${ref.namespace ?? ''}/${ref.name}`);
        return 'unknown';
      }
    },
  };
}
