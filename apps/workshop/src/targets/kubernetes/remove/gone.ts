import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';

/** An object that is awaited to be gone. */
export interface Ending {
  readonly ref: ObjectRef;
  readonly uid?: string | undefined;
}

interface Seen {
  readonly name: string;
  readonly uid: string | undefined;
}

/** Objects of one kind and namespace, which one watch tells of. */
function watched(endings: readonly Ending[]): readonly (readonly Ending[])[] {
  const groups = new Map<string, Ending[]>();
  for (const ending of endings) {
    const key = JSON.stringify([ending.ref.apiVersion, ending.ref.kind, ending.ref.namespace]);
    groups.set(key, [...(groups.get(key) ?? []), ending]);
  }
  return [...groups.values()];
}

/**
 * Waits by watching until objects are gone, or were made anew: then they are others. Ends without a word when the signal is aborted.
 */
export async function untilGone(api: KubernetesApi, endings: readonly Ending[], { signal, onGone }: { readonly signal: AbortSignal; readonly onGone: (ref: ObjectRef) => void }): Promise<void> {
  await Promise.all(watched(endings).map((group) => groupGone(api, group, signal, onGone)));
}

async function groupGone(api: KubernetesApi, group: readonly Ending[], signal: AbortSignal, onGone: (ref: ObjectRef) => void): Promise<void> {
  const [first] = group;
  if (first === undefined || signal.aborted) return;
  const { apiVersion, kind, namespace } = first.ref;
  const left = new Map(group.map((ending) => [ending.ref.name, ending]));
  const went = (name: string): void => {
    const ending = left.get(name);
    if (ending !== undefined && left.delete(name)) onGone(ending.ref);
  };
  const isOther = ({ name, uid }: Seen): boolean => {
    const ending = left.get(name);
    return ending?.uid !== undefined && ending.uid !== uid;
  };
  const done = new AbortController();
  const seen = new Set<string>();
  const project = ({ metadata: { name, uid } }: KubernetesObject): Seen => ({ name, uid });
  const selection = { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), ...(group.length === 1 ? { fieldSelector: `metadata.name=${first.ref.name}` } : {}) };
  try {
    for await (const event of api.watch<Seen>(selection, { signal: AbortSignal.any([signal, done.signal]), project })) {
      if (event.type === 'initial') for (const name of [...left.keys()].filter((each) => !seen.has(each))) went(name);
      else if (event.type === 'deleted' || isOther(event.object)) went(event.object.name);
      else seen.add(event.object.name);
      if (left.size === 0) return;
    }
  } catch (error) {
    if (!isPodscopeError(error, 'KUBE_FORBIDDEN')) throw error;
    await askedUntilGone(api, left, signal, went);
  } finally {
    done.abort();
  }
}

const ASK_EVERY_MS = 500;

/** For who may read and not watch: Secrets are often so. */
async function askedUntilGone(api: KubernetesApi, left: ReadonlyMap<string, Ending>, signal: AbortSignal, went: (name: string) => void): Promise<void> {
  while (!signal.aborted) {
    for (const { ref, uid } of [...left.values()]) {
      const object = await api.read(ref);
      if (object === undefined || (uid !== undefined && object.metadata.uid !== uid)) went(ref.name);
    }
    if (left.size === 0) return;
    await sleep(ASK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
