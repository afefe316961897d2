import { isPodscopeError } from '@podscope/core';
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

/** The registry as it is. */
export async function readRegistry(api: KubernetesApi, namespace: string): Promise<Registry> {
  return registryIn(await api.read(registryRef(namespace)));
}

function registryIn(found: KubernetesObject | undefined): Registry {
  const text = (found?.['data'] as Readonly<Record<string, string>> | undefined)?.['registry'];
  return text === undefined ? EMPTY : (JSON.parse(text) as Registry);
}

/**
 * Changes the registry unless somebody else did meanwhile: then `change` is asked again with what it is by then. One that is empty is removed.
 * `undefined` leaves it as it is.
 *
 * @throws whatever `change` throws; PodscopeError of the API
 */
export async function changeRegistry(api: KubernetesApi, namespace: string, change: (registry: Registry) => Registry | undefined | Promise<Registry | undefined>): Promise<void> {
  const ref = registryRef(namespace);
  for (let tries = 1; ; tries += 1) {
    const found = await api.read(ref);
    const next = await change(registryIn(found));
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
