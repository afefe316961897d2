import { PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { titleOf } from './applySet.ts';

const ESTABLISHED_MS = 30_000;

interface Definition extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[] };
}

/**
 * Waits until the server serves a custom resource, by the definition's conditions.
 *
 * @throws PodscopeError KUBE_NOT_READY with what the conditions say.
 */
export async function established(api: KubernetesApi, ref: ObjectRef, signal?: AbortSignal): Promise<void> {
  const deadline = AbortSignal.timeout(ESTABLISHED_MS);
  let conditions: NonNullable<NonNullable<Definition['status']>['conditions']> = [];
  const selection = { apiVersion: ref.apiVersion, kind: ref.kind, fieldSelector: `metadata.name=${ref.name}` };
  const done = new AbortController();
  try {
    for await (const event of api.watch<Definition>(selection, { signal: AbortSignal.any([deadline, done.signal, ...(signal === undefined ? [] : [signal])]), project: (object) => object })) {
      if (event.type === 'initial' || event.type === 'deleted') continue;
      conditions = event.object.status?.conditions ?? [];
      if (conditions.some(({ type, status }) => type === 'Established' && status === 'True')) return;
    }
  } finally {
    done.abort();
  }
  signal?.throwIfAborted();
  throw new PodscopeError('KUBE_NOT_READY', `${titleOf(ref)} was not established within ${ESTABLISHED_MS / 1000} s.`, { details: conditions.map(({ type, status, message = '' }) => `${type} is ${status}: ${message}`) });
}
