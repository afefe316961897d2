import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../tools/kube-test-env/cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../tools/kube-test-env/fixtures/cluster.ts';
import { printed } from '../../../../tools/kube-test-env/fixtures/printed.ts';
import { clusterState, diffStates } from '../../../../tools/kube-test-env/stateHash.ts';
import { recoverFaults } from '../engine/recover.ts';
import { type Scene, SHOP, scenes } from '../kubernetes/objects/fixtures/scenes.ts';
import { openShop, type Shop } from '../kubernetes/objects/fixtures/shop.ts';
import { clusterStore } from '../kubernetes/store/clusterStore.ts';
import { faultCatalogue } from './catalogue.ts';

const program = join(import.meta.dirname, '../kubernetes/objects/fixtures/dyingInjector.ts');
const HOUR = 60 * 60_000;

/** Injects and reverts in a process of its own, which kills itself at a step. */
async function run(scene: Pick<Scene, 'fault' | 'params'>, at: string, kubeconfig: string, flags: readonly string[] = []): Promise<{ readonly said: string; readonly killed: boolean }> {
  const child = spawn(process.execPath, ['--conditions=@podscope/source', ...flags, program, kubeconfig, scene.fault, JSON.stringify(scene.params), at], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(code ?? signal).toSatisfy((end) => end === 0 || end === 'SIGKILL');
  return { said: said.trim(), killed: signal !== null };
}

/** An earlier drain has moved what was on the node: made anew, the pods go where they prefer to be. */
async function fillNode({ admin, settled }: Shop): Promise<void> {
  for (const name of ['store-0', 'store-1']) {
    const ref = { apiVersion: 'v1', kind: 'Pod', namespace: SHOP, name };
    const uid = (await admin.read(ref))?.metadata.uid;
    await admin.remove(ref);
    await expect.poll(async () => (await admin.read(ref))?.metadata.uid ?? uid, { timeout: 60_000 }).not.toBe(uid);
  }
  await settled();
}

describe.skipIf(!hasCluster)(`faults on objects, killed at every step (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let shop: Shop;
  let kubeconfig: string;
  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed });
    shop = await openShop(cluster);
    kubeconfig = await shop.fileOf(cluster.admin.kubeconfig);
  }, HOUR);
  afterAll(() => shop?.[Symbol.asyncDispose]());

  it.each(scenes().map((scene) => [[scene.fault, scene.of].filter(Boolean).join(', '), scene] as const))('%s is brought back from each', async (_, scene) => {
    const before = await clusterState(cluster.admin.client);
    let at = 0;
    for (; ; at += 1) {
      if (scene.fault === 'node-drain') await fillNode(shop);
      const { said, killed } = await run(scene, String(at), kubeconfig);
      if (!killed) break;
      const outcomes = await recoverFaults({ target: shop.target, store: clusterStore(shop.admin), faults: faultCatalogue });
      expect(outcomes.filter(({ outcome }) => outcome !== 'reverted'), said).toEqual([]);
      await shop.settled();
      expect(diffStates(before, await clusterState(cluster.admin.client)), said).toEqual([]);
    }
    // Before and after each write of the store, of the fault and of its revert.
    expect(at).toBeGreaterThanOrEqual(10);
  }, HOUR);
});

describe.skipIf(!hasCluster)(`a storm on a hundred nodes (${NEEDS_CLUSTER})`, () => {
  it('of 5,000 pods is injected, verified and reverted in at most 200 MB', async () => {
    // Controllers of a large cluster may ask more often than those of a small one; by default they ask 20 and 50 times a second.
    const often = { 'kube-api-qps': '500', 'kube-api-burst': '1000' };
    const cluster = await startKubeCluster({ onProgress: printed, nodes: Array.from({ length: 100 }, () => ({ pods: 40 })), controllerManagerFlags: often, schedulerFlags: often });
    await using shop = await openShop(cluster, 100);
    const before = await clusterState(cluster.admin.client);
    const storm = { fault: 'replica-storm', params: { namespace: SHOP, deployment: 'web', replicas: 5_000 } };
    // As `podscope` and the watchdog's Job start: V8's young generation otherwise grows to 128 MB, whatever lives in it.
    const { said } = await run(storm, 'never', await shop.fileOf(cluster.admin.kubeconfig), ['--max-semi-space-size=8']);
    const { state, found, memoryKiB } = JSON.parse(said) as { readonly state: string; readonly found: readonly string[]; readonly memoryKiB: number };
    expect(state).toBe('reverted');
    expect(found[0]).toMatch(/^1[01]\d\d of 5000 pods are Pending with the reason Unschedulable, 38\d\d are Running$/);
    expect(memoryKiB).toBeLessThan(200 * 1_024);
    expect(diffStates(before, await clusterState(cluster.admin.client))).toEqual([]);
  }, HOUR);
});
