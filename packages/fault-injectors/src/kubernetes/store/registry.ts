import { isPodscopeError, PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { KillSwitch } from '../../engine/types.ts';
import { sleep } from '../../engine/until.ts';
import type { Claim } from '../../stores/admission.ts';
import type { KubernetesApi, KubernetesObject } from '../api/types.ts';
import { registryRef } from './names.ts';

/** Others are quick; a registry that changes between every look and write is not one of injectors. */
const TRIES = 50;

/** What all injectors of a cluster agree on. */
export interface Registry {
  readonly claims: readonly Claim[];
  readonly stopped?: KillSwitch;
}

const EMPTY: Registry = { claims: [] };

const claim = z.looseObject({ id: z.string(), fault: z.string(), target: z.string(), unit: z.string(), count: z.number(), of: z.number(), taken: z.array(z.string()) });
const registry = z.object({ claims: z.array(claim), stopped: z.object({ since: z.string(), by: z.string() }).optional() });

/**
 * The registry as it is.
 *
 * @throws PodscopeError FAULT_REGISTRY_UNREADABLE where somebody damaged it
 */
export async function readRegistry(api: KubernetesApi, namespace: string): Promise<Registry> {
  return registryIn(await api.read(registryRef(namespace)), namespace);
}

function registryIn(found: KubernetesObject | undefined, namespace: string): Registry {
  const text = (found?.['data'] as Readonly<Record<string, string>> | undefined)?.['registry'];
  if (text === undefined) return EMPTY;
  try {
    return registry.parse(JSON.parse(text)) as Registry;
  } catch (cause) {
    throw new PodscopeError('FAULT_REGISTRY_UNREADABLE', `The ConfigMap ${namespace}/${registryRef(namespace).name}, which says what belongs to which fault, can't be read.`, {
      hint: `Delete it ("kubectl --namespace ${namespace} delete configmap ${registryRef(namespace).name}"), then "podscope fault recover": the faults themselves are kept in Secrets.`,
      cause,
    });
  }
}

/**
 * Changes the registry unless somebody else did meanwhile: then `change` is asked again with what it is by then. One that is empty is removed.
 * `undefined` leaves it as it is.
 *
 * @throws whatever `change` throws; PodscopeError FAULT_REGISTRY_UNREADABLE, and those of the API
 */
export async function changeRegistry(api: KubernetesApi, namespace: string, change: (registry: Registry) => Registry | undefined | Promise<Registry | undefined>): Promise<void> {
  const ref = registryRef(namespace);
  for (let tries = 1; ; tries += 1) {
    const found = await api.read(ref);
    const next = await change(registryIn(found, namespace));
    if (next === undefined) return;
    const { uid, resourceVersion } = found?.metadata ?? {};
    const labels = { 'app.kubernetes.io/managed-by': 'podscope' };
    const object = { apiVersion: ref.apiVersion, kind: ref.kind, metadata: { name: ref.name, namespace, labels, ...(resourceVersion === undefined ? {} : { resourceVersion }) }, data: { registry: JSON.stringify(next) } };
    try {
      if (next.claims.length > 0 || next.stopped) await (found ? api.replace(object) : api.create(object));
      else if (found && uid !== undefined && resourceVersion !== undefined) await api.remove(ref, { uid, resourceVersion });
      return;
    } catch (error) {
      // Gone between the look and the replacement is somebody else's change, too.
      const isOther = isPodscopeError(error, 'KUBE_CONFLICT') || (found !== undefined && isPodscopeError(error, 'KUBE_NOT_FOUND'));
      if (!isOther || tries >= TRIES) throw error;
      await sleep(Math.random() * 20 * Math.min(tries, 10));
    }
  }
}
