import { PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, Selection, WatchEvent } from '@podscope/fault-injectors/kubernetes';
import { expect, it } from 'vitest';
import { watchCluster } from './clusterWatch.ts';

const node = (name: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name }, status: {} });

/** Watches as a server answers them whose user's token expires; it stands in for one, since a test cluster's tokens don't. */
function expiring(rounds: readonly { readonly nodes: readonly string[]; readonly refused: boolean }[]): Pick<KubernetesApi, 'watch'> {
  let round = 0;
  async function* watch(selection: Selection, { project = (object: KubernetesObject) => object, signal }: { readonly project?: (object: KubernetesObject) => unknown; readonly signal: AbortSignal }): AsyncGenerator<WatchEvent<unknown>> {
    const current = selection.kind === 'Node' ? rounds[round++] : { nodes: [], refused: false };
    for (const name of current?.nodes ?? []) yield { type: 'added', object: project(node(name)) };
    if (current !== undefined && current.nodes.length === 0 && current.refused) throw new PodscopeError('KUBE_UNAUTHORIZED', 'Nodes: the API server does not know the user.');
    yield { type: 'initial' };
    if (current?.refused === true) throw new PodscopeError('KUBE_UNAUTHORIZED', 'Nodes: the API server does not know the user.');
    await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
  }
  return { watch: watch as KubernetesApi['watch'] };
}

it('tells of a watch that the server refuses, and goes on when it no longer does', async () => {
  const watch = await watchCluster(expiring([{ nodes: ['a', 'b'], refused: true }, { nodes: [], refused: true }, { nodes: ['b', 'c'], refused: false }]), ['guestbook'], 50);
  const names = (): readonly string[] => watch.facts().nodes.map(({ name }) => name);
  expect(names()).toEqual(['a', 'b']);
  await expect.poll(() => watch.problem()).toBe('Node: Nodes: the API server does not know the user.');
  expect(names()).toEqual(['a', 'b']);
  await expect.poll(() => watch.problem()).toBeNull();
  // What went in between is gone.
  expect(names()).toEqual(['b', 'c']);
  await watch.close();
});

it('does not begin where the server refuses from the start', async () => {
  await expect(watchCluster(expiring([{ nodes: [], refused: true }]), ['guestbook'], 50)).rejects.toMatchObject({ code: 'KUBE_UNAUTHORIZED' });
});
