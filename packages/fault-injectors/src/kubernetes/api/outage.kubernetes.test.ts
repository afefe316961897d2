import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../tools/kube-test-env/cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../../tools/kube-test-env/fixtures/cluster.ts';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { connectKubernetes } from './api.ts';
import type { KubernetesApi, KubernetesObject } from './types.ts';

describe.skipIf(!hasCluster)(`while the API server is killed and comes back (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let folder: string;
  /** A user of RBAC, whom a server that has just begun does not know yet. */
  let api: KubernetesApi;
  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed });
    folder = await mkdtemp(join(tmpdir(), 'podscope-outage-'));
    const user = await cluster.user('injector', { rules: [{ apiGroups: ['', 'apps'], resources: ['configmaps', 'deployments', 'deployments/scale', 'pods'], verbs: ['*'] }] });
    await writeFile(join(folder, 'kubeconfig'), user.kubeconfig, { mode: 0o600 });
    api = await connectKubernetes({ kubeconfig: join(folder, 'kubeconfig') });
    await api.version();
  }, 45 * 60_000);
  afterAll(async () => {
    api?.close();
    await cluster?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const ref = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name });
  const map = (name: string, data: Record<string, string>, labels: Record<string, string> = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', labels }, data });

  /** Does something over and over while the API server is killed and comes back, and for some times after that. */
  async function through(work: (turn: number) => Promise<void>, downMs = 1_000): Promise<number> {
    let back = false;
    let turn = 0;
    const restarted = (async () => {
      while (turn < 5) await new Promise((resolve) => setTimeout(resolve, 5));
      await cluster.restartApiServer({ downMs });
      back = true;
    })();
    for (let after = 0; after < 5; turn += 1) {
      await work(turn);
      if (back) after += 1;
    }
    await restarted;
    return turn;
  }

  it('each guarded change is made exactly once', async () => {
    await api.create(map('counter', { count: '0' }));
    const turns = await through(async (turn) => {
      const { metadata, data } = (await api.read(ref('counter'))) as KubernetesObject & { readonly data: { readonly count: string } };
      expect(data.count).toBe(String(turn));
      const count = String(Number(data.count) + 1);
      const version = metadata.resourceVersion ?? '';
      const op = turn % 4 === 0 ? 'test' : 'replace';
      if (turn % 2 === 0) await api.patch(ref('counter'), [{ op, path: '/metadata/resourceVersion', value: version }, { op: 'replace', path: '/data/count', value: count }]);
      else await api.replace({ ...map('counter', { count }), metadata: { name: 'counter', namespace: 'default', resourceVersion: version } });
    });
    expect((await api.read(ref('counter')))?.['data']).toEqual({ count: String(turns) });
  });

  it('everything is made, applied and deleted, in parallel too', async () => {
    const turns = await through(async (turn) => {
      const names = Array.from({ length: 12 }, (_, index) => `made-${turn}-${index}`);
      const made = await Promise.all(names.map((name) => api.create(map(name, { turn: String(turn) }, { made: 'yes' }))));
      expect(made.map(({ object }) => object.metadata.name)).toEqual(names);
      await Promise.all(names.map((name) => api.apply(map(`${name}-applied`, { turn: String(turn) }, { applied: 'yes' }))));
      // Half of them, each by what it is.
      const removed = await Promise.all(made.slice(6).map(({ object }) => api.remove(ref(object.metadata.name), { uid: object.metadata.uid ?? '' })));
      expect(removed).toEqual(removed.map(() => true));
    });
    expect(await api.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', labelSelector: 'made=yes' }, ({ metadata }) => metadata.name)).toHaveLength(turns * 6);
    expect(await api.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', labelSelector: 'applied=yes' }, ({ metadata }) => metadata.name)).toHaveLength(turns * 12);
  });

  it('what nothing guards is made at most once, and an answer that is lost is told', async () => {
    const told: string[] = [];
    await api.create({ ...map('list', {}), metadata: { name: 'list', namespace: 'default', finalizers: ['podscope.test/first'] } });
    const turns = await through(async (turn) => {
      const finalizer = `podscope.test/${turn}`;
      try {
        await api.patch(ref('list'), [{ op: 'add', path: '/metadata/finalizers/-', value: finalizer }]);
        told.push(finalizer);
      } catch (error) {
        expect(error).toMatchObject({ code: 'KUBE_UNREACHABLE' });
      }
    });
    const { finalizers = [] } = (await api.read(ref('list')))?.metadata ?? {};
    expect(new Set(finalizers).size).toBe(finalizers.length);
    expect(finalizers).toEqual(expect.arrayContaining(told));
    expect(told.length).toBeGreaterThanOrEqual(turns - 1);
    await api.patch(ref('list'), { metadata: { finalizers: [] } });
  });

  it('a watch misses nothing', async () => {
    const stop = new AbortController();
    const state = new Map<string, string>();
    const seen = { added: 0, deleted: 0 };
    const reached = Promise.withResolvers<void>();
    const watching = (async () => {
      for await (const event of api.watch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', labelSelector: 'watched=yes' }, { signal: stop.signal, project: (object) => ({ name: object.metadata.name, turn: (object['data'] as { readonly turn: string }).turn }) })) {
        if (event.type === 'initial') continue;
        if (event.type === 'deleted') {
          expect(state.delete(event.object.name)).toBe(true);
          seen.deleted += 1;
        } else {
          // Told as what it is: added what was not there, modified what was.
          expect(state.has(event.object.name)).toBe(event.type === 'modified');
          state.set(event.object.name, event.object.turn);
          if (event.type === 'added') seen.added += 1;
        }
        if (event.object.name === 'watched-last') reached.resolve();
      }
    })();
    let anew = '';
    let short = '';
    // One object that changes, one that is deleted and made anew, and one that is deleted, with each turn.
    const turns = await through(async (turn) => {
      await api.apply(map('watched-same', { turn: String(turn) }, { watched: 'yes' }));
      if (turn > 0) expect(await api.remove(ref('watched-anew'), { uid: anew })).toBe(true);
      if (turn > 0) expect(await api.remove(ref(`watched-${turn - 1}`), { uid: short })).toBe(true);
      anew = (await api.create(map('watched-anew', { turn: String(turn) }, { watched: 'yes' }))).object.metadata.uid ?? '';
      short = (await api.create(map(`watched-${turn}`, { turn: String(turn) }, { watched: 'yes' }))).object.metadata.uid ?? '';
    });
    await api.create(map('watched-last', { turn: 'last' }, { watched: 'yes' }));
    await reached.promise;
    stop.abort();
    await watching;
    const last = String(turns - 1);
    expect(Object.fromEntries(state)).toEqual({ 'watched-same': last, 'watched-anew': last, [`watched-${last}`]: last, 'watched-last': 'last' });
    expect(seen.added - seen.deleted).toBe(state.size);
  });
});
