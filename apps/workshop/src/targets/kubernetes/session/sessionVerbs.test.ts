import type { KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import { expect, it } from 'vitest';
import type { Visitors } from '../../embedded/supervisor/visitors.ts';
import { type PodFacts, podFacts, workloadFacts } from './clusterFacts.ts';
import type { ClusterWatch } from './clusterWatch.ts';
import { publishedPaths } from './publishedPages.ts';
import { redisForwards } from './redisForwards.ts';
import { sessionVerbs } from './sessionVerbs.ts';

const podOf = (name: string, owner: string, app: string): PodFacts => podFacts({
  apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'opensearch', labels: { app }, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'any', name: owner, uid: owner, controller: true }] },
  spec: { nodeName: 'node-1', containers: [{ name: app }] }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
} as KubernetesObject);
const workloadOf = (kind: 'Deployment' | 'StatefulSet', name: string) => workloadFacts({ apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'opensearch' }, spec: { replicas: 1, selector: { matchLabels: { app: name } }, template: { spec: { containers: [] } } } });

/** A cluster of two workloads, one of whose names begins with the other's, and no Redis; it stands in for a control plane, which other tests have. */
function session() {
  let pods = [podOf('opensearch-0', 'opensearch', 'opensearch'), podOf('opensearch-dashboards-5d9c-x', 'opensearch-dashboards-5d9c', 'opensearch-dashboards')];
  const removed: string[] = [];
  const workloads = [workloadOf('StatefulSet', 'opensearch'), workloadOf('Deployment', 'opensearch-dashboards')];
  const watch: ClusterWatch = { facts: () => ({ nodes: [], pods, workloads }), events: () => [], problem: () => null, close: async () => undefined };
  const api = {
    context: 'test',
    async remove({ name }: { readonly name: string }) {
      removed.push(name);
      pods = pods.filter((pod) => pod.name !== name);
      return true;
    },
  } as unknown as KubernetesApi;
  const redis = redisForwards(api, () => []);
  const verbs = sessionVerbs({ api, watch, namespaces: ['guestbook', 'opensearch'], redis, visitors: { clients: async () => [] } as unknown as Visitors, pages: publishedPaths(redis), urls: { console: '', opensearch: '', guestbook: '' }, rollover: async () => ({ indices: [] }) });
  return { verbs, removed, redis };
}

it('says how the cluster is at once, also where no Redis answers', async () => {
  const { verbs, redis } = session();
  // It used to look for a primary for half a minute, which is longer than anybody who asks waits.
  const state = await verbs.state();
  expect([state.deployments.length, state.pods.length, state.pages.length > 0]).toEqual([2, 2, true]);
  await expect(redis.primary(0)).rejects.toMatchObject({ code: 'NO_REDIS' });
  await redis.close();
});

it('restarts the pods of one workload, not of another whose name begins with its', async () => {
  const { verbs, removed, redis } = session();
  await verbs.restart('deployment/opensearch');
  expect(removed).toEqual(['opensearch-0']);
  await verbs.restart('deployment/opensearch-dashboards');
  expect(removed).toEqual(['opensearch-0', 'opensearch-dashboards-5d9c-x']);
  await redis.close();
});
