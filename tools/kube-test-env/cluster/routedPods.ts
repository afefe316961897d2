import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig, Watch } from '@kubernetes/client-node';
import type { KubeClient } from '../client.ts';

/** Pods of a namespace: by name, whether they are there yet or not, or by their labels, whatever they are called. */
export interface RoutedPods {
  readonly namespace: string;
  readonly pods: string | readonly string[] | { readonly labels: Readonly<Record<string, string>> };
}

interface PodList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

const AGAIN_MS = 100;

/** Follows which pods are meant. `changed` is told the names at first and at each change, one after the other. */
export async function followPods(
  { namespace, pods }: RoutedPods,
  { client, kubeconfig, changed }: { readonly client: KubeClient; readonly kubeconfig: string; readonly changed: (names: readonly string[]) => Promise<void> },
): Promise<{ close(): void }> {
  if (typeof pods === 'string' || !('labels' in pods)) {
    await changed(typeof pods === 'string' ? [pods] : pods);
    return { close: () => undefined };
  }
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  const labelSelector = Object.entries(pods.labels).map((pair) => pair.join('=')).join(',');
  const closed = new AbortController();
  let told: string | undefined;

  const list = async (): Promise<string> => {
    const { status, body } = await client.request({ path, query: { labelSelector } });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    const { metadata, items } = body as PodList;
    const names = items.map((item) => item.metadata.name).sort();
    if (names.join() !== told) await changed(names);
    told = names.join();
    return metadata.resourceVersion;
  };

  /** Ends at the first event: the list says what it came to. Ends as well when the server is away, or has forgotten this version. */
  const untilEvent = async (resourceVersion: string): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (): void => resolve();
    closed.signal.addEventListener('abort', end, { once: true });
    const watch = await new Watch(config).watch(path, { labelSelector, resourceVersion }, end, end).catch(() => undefined);
    if (watch !== undefined && !closed.signal.aborted) await promise;
    watch?.abort();
    closed.signal.removeEventListener('abort', end);
  };

  let version: string | undefined = await list();
  void (async () => {
    while (!closed.signal.aborted) {
      if (version === undefined) await sleep(AGAIN_MS, undefined, { ref: false });
      else await untilEvent(version);
      if (!closed.signal.aborted) version = await list().catch(() => undefined);
    }
  })();
  return { close: () => closed.abort() };
}
