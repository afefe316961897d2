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
  } finally {
    done.abort();
  }
}
