import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, Selection, WatchEvent } from '@podscope/fault-injectors/kubernetes';
import { eventView } from './eventView.ts';
import { podView } from './podView.ts';
import type { Surroundings } from './state.ts';

const EVENTS = { apiVersion: 'v1', kind: 'Event' } as const;
const PODS = { apiVersion: 'v1', kind: 'Pod' } as const;

/** What the volume controller says without a warning: nobody wants the volume yet, and there is none without a storage class (`pkg/controller/volume/persistentvolume/pv_controller.go`). */
const ORDINARY = new Set(['WaitForFirstConsumer', 'FailedBinding']);

/** Warnings, and the ordinary events that say why something isn't there. */
const told = (object: KubernetesObject): boolean => (object as { readonly type?: string }).type === 'Warning' || ORDINARY.has((object as { readonly reason?: string }).reason ?? '');

/** Pods and warnings of namespaces as they are now; none where the user may not see them. */
export async function readSurroundings(api: KubernetesApi, namespaces: readonly string[]): Promise<Surroundings> {
  const seen = async <Item>(list: Promise<readonly Item[]>): Promise<readonly Item[]> => {
    try {
      return await list;
    } catch (error) {
      if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return [];
      throw error;
    }
  };
  const all = async <Item>(kind: Selection, project: (object: KubernetesObject) => Item): Promise<readonly Item[]> => (await Promise.all(namespaces.map((namespace) => seen(api.list({ ...kind, namespace }, project))))).flat();
  const [pods, events] = await Promise.all([all(PODS, podView), all(EVENTS, (object) => (told(object) ? eventView(object) : undefined))]);
  return { pods, events: events.filter((event) => event !== undefined) };
}

/** Follows pods and warnings of namespaces. `current` is what there is; `changed` is called after each change. */
export function followSurroundings(api: KubernetesApi, namespaces: readonly string[], signal: AbortSignal, changed: () => void): { readonly current: () => Surroundings; readonly ended: Promise<unknown> } {
  const pods = new Map<string, Surroundings['pods'][number]>();
  const events = new Map<string, Surroundings['events'][number] | undefined>();
  const follow = async <Item>(kind: Selection, namespace: string, known: Map<string, Item>, project: (object: KubernetesObject) => Item): Promise<void> => {
    try {
      const watch = api.watch({ ...kind, namespace }, { signal, project: (object) => ({ key: `${namespace}/${object.metadata.name}`, item: project(object) }) });
      for await (const event of watch as AsyncIterable<WatchEvent<{ readonly key: string; readonly item: Item }>>) {
        if (event.type === 'deleted') known.delete(event.object.key);
        else if (event.type !== 'initial') known.set(event.object.key, event.object.item);
        changed();
      }
    } catch (error) {
      // Reasons are less good without them.
      if (!isPodscopeError(error, 'KUBE_FORBIDDEN')) throw error;
    }
  };
  const ended = Promise.all(namespaces.flatMap((namespace) => [follow(PODS, namespace, pods, podView), follow(EVENTS, namespace, events, (object) => (told(object) ? eventView(object) : undefined))]));
  return { current: () => ({ pods: [...pods.values()], events: [...events.values()].filter((event) => event !== undefined) }), ended };
}
