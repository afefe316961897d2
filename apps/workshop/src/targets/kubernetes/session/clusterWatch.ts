import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterEvent } from '@podscope/console/api';
import type { KubernetesApi, KubernetesObject, Selection } from '@podscope/fault-injectors/kubernetes';
import { nodeFacts, podFacts, workloadFacts } from './clusterFacts.ts';
import { type ClusterFacts, eventView } from './clusterView.ts';

const MOST_EVENTS = 200;
/** After how long a watch that the server has refused is tried again, milliseconds. */
const AGAIN = 10_000;

/** A cluster, kept up to date by watches. */
export interface ClusterWatch {
  facts(): ClusterFacts;
  /** The last 200, oldest first. */
  events(): readonly ClusterEvent[];
  /** Why the watch is behind, or null. */
  problem(): string | null;
  close(): Promise<void>;
}

/** What a watch of one kind keeps, by namespace and name. */
interface Kept<Item> {
  readonly items: Map<string, Item>;
  readonly ready: Promise<void>;
  readonly done: Promise<void>;
}

/**
 * Watches nodes, pods, workloads and events. Resolves when all of them are known. What the server refuses later is told as a problem and tried
 * again.
 *
 * @param namespaces whose workloads and events are kept.
 */
export async function watchCluster(api: Pick<KubernetesApi, 'watch'>, namespaces: readonly string[], againMs = AGAIN): Promise<ClusterWatch> {
  const ending = new AbortController();
  const problems = new Map<string, string>();

  function keep<Item>(selection: Selection, project: (object: KubernetesObject) => Item): Kept<Item> {
    const items = new Map<string, Item>();
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
    const named = (object: KubernetesObject): { readonly key: string; readonly item: Item } => ({ key: `${object.metadata.namespace ?? ''}/${object.metadata.name}`, item: project(object) });
    const what = `${selection.kind} ${selection.namespace ?? ''}`;
    /** Follows from a list on; ends with the watch. */
    async function follow(): Promise<void> {
      const seen = new Set<string>();
      for await (const event of api.watch(selection, { project: named, signal: ending.signal })) {
        if (event.type === 'initial') {
          for (const key of items.keys()) if (!seen.has(key)) items.delete(key);
          problems.delete(what);
          resolve();
        } else if (event.type === 'deleted') items.delete(event.object.key);
        else {
          seen.add(event.object.key);
          items.set(event.object.key, event.object.item);
        }
      }
    }
    let isReady = false;
    void ready.then(() => (isReady = true), () => undefined);
    const done = (async () => {
      while (!ending.signal.aborted) {
        try {
          await follow();
        } catch (error) {
          if (ending.signal.aborted) return;
          problems.set(what, error instanceof Error ? error.message : String(error));
          reject(error instanceof Error ? error : new Error(String(error)));
          if (!isReady) return;
        }
        // A token that has expired is renewed by a person, who then needs no new session.
        await sleep(againMs, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    })();
    return { items, ready, done };
  }

  const nodes = keep({ apiVersion: 'v1', kind: 'Node' }, nodeFacts);
  const pods = keep({ apiVersion: 'v1', kind: 'Pod' }, podFacts);
  const workloads = namespaces.flatMap((namespace) => (['Deployment', 'StatefulSet'] as const).map((kind) => keep({ apiVersion: 'apps/v1', kind, namespace }, workloadFacts)));
  const events = namespaces.map((namespace) => keep({ apiVersion: 'v1', kind: 'Event', namespace }, eventView));
  const all: readonly Kept<unknown>[] = [nodes, pods, ...workloads, ...events];
  const close = async (): Promise<void> => {
    ending.abort();
    await Promise.all(all.map(({ done }) => done));
  };
  try {
    await Promise.all(all.map(({ ready }) => ready));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    facts: () => ({ nodes: [...nodes.items.values()], pods: [...pods.items.values()], workloads: workloads.flatMap(({ items }) => [...items.values()]) }),
    events: () => events.flatMap(({ items }) => [...items.values()]).toSorted((one, other) => (one.at < other.at ? -1 : 1)).slice(-MOST_EVENTS),
    problem: () => [...problems].map(([what, why]) => `${what.trim()}: ${why}`)[0] ?? null,
    close,
  };
}
