import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../tools/kube-test-env/cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../tools/kube-test-env/fixtures/cluster.ts';
import { printed } from '../../../../tools/kube-test-env/fixtures/printed.ts';
import { clusterState, diffStates } from '../../../../tools/kube-test-env/stateHash.ts';
import { randomKills } from '../kubernetes/objects/fixtures/randomKills.ts';
import { openShop, type Shop } from '../kubernetes/objects/fixtures/shop.ts';

const HOUR = 60 * 60_000;
const KILLS = 100;

describe.skipIf(!hasCluster)(`a hundred injectors killed by chance (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let shop: Shop;
  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed });
    shop = await openShop(cluster);
  }, HOUR);
  afterAll(() => shop?.[Symbol.asyncDispose]());

  it.each([
    ['', false],
    [', with the API server restarted meanwhile', true],
  ] as const)('leave nothing that recover does not bring back%s', async (_, restarts) => {
    const seed = randomInt(2 ** 31);
    const before = await clusterState(cluster.admin.client);
    const differences = async () => diffStates(before, await clusterState(cluster.admin.client));
    const restart = restarts ? (downMs: number) => cluster.restartApiServer({ downMs }) : undefined;
    let dead = 0;
    for await (const { title, killed, notRecovered, differences: left } of randomKills(shop, { kills: KILLS, seed, kubeconfig: await shop.fileOf(cluster.admin.kubeconfig), differences, restart })) {
      expect({ notRecovered, left }, title).toEqual({ notRecovered: [], left: [] });
      if (killed) dead += 1;
      process.stdout.write(`${title.slice(0, 120)}\n`);
    }
    process.stdout.write(`seed ${seed}: ${dead} of ${KILLS} injectors killed${restarts ? ', the API server restarted beside each' : ''}; none left over\n`);
    expect(dead).toBeGreaterThan(KILLS / 2);
  }, 3 * HOUR);
});
