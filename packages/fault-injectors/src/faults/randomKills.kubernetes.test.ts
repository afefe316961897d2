import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../tools/kube-test-env/cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../tools/kube-test-env/fixtures/cluster.ts';
import { printed } from '../../../../tools/kube-test-env/fixtures/printed.ts';
import { clusterState, diffStates } from '../../../../tools/kube-test-env/stateHash.ts';
import { randomKills } from '../kubernetes/objects/fixtures/randomKills.ts';
import { openShop, type Shop } from '../kubernetes/objects/fixtures/shop.ts';

const MINUTES = 60_000;

// The same ten each time; `npm run test:soak` takes a hundred others.
describe.skipIf(!hasCluster)(`injectors killed by chance (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let shop: Shop;
  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed });
    shop = await openShop(cluster);
  }, 45 * MINUTES);
  afterAll(() => shop?.[Symbol.asyncDispose]());

  it.each([
    ['', 7, false],
    [', with the API server restarted meanwhile', 3, true],
  ] as const)('leave nothing that recover does not bring back%s', async (_, kills, restarts) => {
    const before = await clusterState(cluster.admin.client);
    const differences = async () => diffStates(before, await clusterState(cluster.admin.client));
    const restart = restarts ? (downMs: number) => cluster.restartApiServer({ downMs }) : undefined;
    let dead = 0;
    for await (const { title, killed, notRecovered, differences: left } of randomKills(shop, { kills, seed: 20_301, kubeconfig: await shop.fileOf(cluster.admin.kubeconfig), differences, restart })) {
      expect({ notRecovered, left }, title).toEqual({ notRecovered: [], left: [] });
      if (killed) dead += 1;
    }
    // A server that is away for longer than an injector waits ends it before its step.
    expect(dead).toBeGreaterThanOrEqual(restarts ? 1 : kills);
  }, 10 * MINUTES);
});
