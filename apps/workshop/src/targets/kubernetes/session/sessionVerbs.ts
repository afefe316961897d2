import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterState, ExecResult } from '@podscope/console/api';
import { PodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { builtInPaths } from '@podscope/guestbook/web';
import type { PublicVerbs } from '../../../control/controlHandlers.ts';
import { execRedisCli } from '../../../redis/exec.ts';
import type { Visitors } from '../../embedded/supervisor/visitors.ts';
import type { ClusterWatch } from './clusterWatch.ts';
import { clusterView, isOf } from './clusterView.ts';
import type { PodFacts, WorkloadFacts } from './clusterFacts.ts';
import type { PublishedPaths } from './publishedPages.ts';
import type { RedisForwards } from './redisForwards.ts';

/** What the verbs act on. */
export interface SessionParts {
  readonly api: KubernetesApi;
  readonly watch: ClusterWatch;
  /** Those of the workshop; the guestbook's first. */
  readonly namespaces: readonly [guestbook: string, ...others: string[]];
  readonly redis: RedisForwards;
  readonly visitors: Visitors;
  readonly pages: PublishedPaths;
  readonly urls: ClusterState['urls'];
  /** Rolls the data streams over; gives the new backing indices. */
  rollover(): Promise<{ readonly indices: readonly string[] }>;
}

const SCALABLE = 'frontend';
const MOST_REPLICAS = 5_000;
const RESTART_TIMEOUT = 180_000;
const MOST_LOG_LINES = 10_000;

/** The public verbs on a real cluster: each is one or a few requests to its API server, or to Redis through it. */
export function sessionVerbs(parts: SessionParts): PublicVerbs {
  const { api, watch, namespaces, redis, visitors, pages } = parts;

  const workload = (name: string): WorkloadFacts => {
    const found = watch.facts().workloads.find((each) => each.name === name && namespaces.includes(each.namespace));
    if (found !== undefined) return found;
    throw new PodscopeError('DEPLOYMENT_NOT_FOUND', `There is no deployment ${name}.`, { hint: 'See "podscope get deployments".' });
  };
  const podsNow = (): readonly PodFacts[] => watch.facts().pods.filter((pod) => namespaces.includes(pod.namespace) && !pod.terminating);
  const podOf = (name: string): PodFacts => {
    const found = podsNow().find((pod) => pod.name === name);
    if (found !== undefined) return found;
    throw new PodscopeError('POD_NOT_FOUND', `There is no pod ${name}.`, { hint: 'See "podscope get pods".' });
  };
  const isRedis = ({ labels }: PodFacts): boolean => /^redis-(primary|replica)$/.test(labels['app'] ?? '');

  async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + RESTART_TIMEOUT;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new PodscopeError('RESTART_TIMEOUT', `${what} was not replaced within ${RESTART_TIMEOUT / 1000} s.`, { hint: `See "podscope describe pod/${what}".` });
      await sleep(200);
    }
  }

  /** Redis keeps its data in the pod's own volume: the process saves and ends, and the kubelet starts its container again in the same pod. */
  async function restartRedis({ name }: PodFacts): Promise<void> {
    const link = await redis.connect(name);
    const runOf = async (): Promise<string> => {
      const again = await redis.connect(name);
      try {
        return /^run_id:(\w+)/m.exec(String(await again.command('INFO', 'server')))?.[1] ?? '';
      } finally {
        again.close();
      }
    };
    const before = await runOf();
    // The answer to it is the end of the connection.
    await link.command('SHUTDOWN', 'SAVE').catch(() => undefined);
    link.close();
    await until(name, async () => {
      // Nobody answers while the container is started again.
      const now = await runOf().catch(() => '');
      return now !== '' && now !== before;
    });
    await redis.observeRoles();
  }

  async function replacePod(pod: PodFacts): Promise<void> {
    await api.remove({ apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace, name: pod.name });
    const owner = watch.facts().workloads.find((each) => isOf(pod, each));
    await until(pod.name, () => {
      const isGone = !watch.facts().pods.some((each) => each.namespace === pod.namespace && each.name === pod.name && each.createdAt === pod.createdAt && each.terminating === pod.terminating);
      if (!isGone || owner === undefined) return isGone;
      const ours = podsNow().filter((each) => each.namespace === pod.namespace && each.owner === pod.owner);
      return ours.every((each) => each.ready || each.reason === 'Unschedulable');
    });
  }

  const restartPod = (pod: PodFacts): Promise<void> => (isRedis(pod) ? restartRedis(pod) : replacePod(pod));

  return {
    async state(): Promise<ClusterState> {
      // Without Redis nobody knows the pages, and the rest has to be told at once.
      const [clients, published] = await Promise.all([visitors.clients(), pages.list(0).catch(() => [])]);
      return {
        target: 'kubernetes',
        context: api.context,
        ...clusterView(watch.facts(), { namespaces, redis }),
        clients,
        pages: [...new Set([...builtInPaths, ...published])].toSorted(),
        events: watch.events(),
        urls: parts.urls,
      };
    },
    async scale(target, replicas) {
      const name = target.replace(/^deployment\//, '');
      const { kind, namespace } = workload(name);
      if (name !== SCALABLE || kind !== 'Deployment') throw new PodscopeError('NOT_SCALABLE', `The deployment ${name} has a fixed number of pods.`, { hint: `Only ${SCALABLE} can be scaled.` });
      if (!Number.isInteger(replicas) || replicas < 0 || replicas > MOST_REPLICAS) {
        throw new PodscopeError('BAD_REPLICAS', `${replicas} is no number of replicas.`, { hint: `Give a whole number from 0 to ${MOST_REPLICAS}.` });
      }
      await api.patch({ apiVersion: 'apps/v1', kind, namespace, name }, { spec: { replicas } }, { subresource: 'scale' });
      await until(name, () => workload(name).desired === replicas);
    },
    async restart(target) {
      if (!target.startsWith('deployment/')) return restartPod(podOf(target.replace(/^pod\//, '')));
      const wanted = workload(target.slice('deployment/'.length));
      for (const pod of podsNow().filter((each) => isOf(each, wanted) && each.node !== null)) await restartPod(pod);
    },
    async exec(target, command): Promise<ExecResult> {
      const pod = podOf(target.replace(/^pod\//, ''));
      if (!isRedis(pod)) throw new PodscopeError('EXEC_REFUSED', `Only redis-cli in a Redis pod can be run, and ${pod.name} is none.`, { hint: '"podscope get pods" lists them; for anything else take kubectl exec.' });
      const ports = await Promise.all(podsNow().filter(isRedis).map(({ name }) => redis.port(name)));
      const result = await execRedisCli(await redis.port(pod.name), command, ports);
      await redis.observeRoles();
      return result;
    },
    async logs(target, tail) {
      const pod = podOf(target.replace(/^pod\//, ''));
      const tailLines = Number.isInteger(tail) && tail > 0 ? Math.min(tail, MOST_LOG_LINES) : 100;
      const text = await api.logs({ namespace: pod.namespace, name: pod.name, container: pod.container }, { tailLines });
      return text.split('\n').filter((line, index, all) => line !== '' || index < all.length - 1);
    },
    stopClient: (id) => visitors.stopClient(id),
    async publish(path) {
      requirePage(path);
      await pages.add(path);
    },
    setVisitorRate: (rate) => visitors.setRate(rate),
    rollover: () => parts.rollover(),
  };
}

/** What a web pod would not serve, it leaves out without a word; so it is refused here. @throws PodscopeError GUESTBOOK_PAGE_INVALID */
function requirePage(path: string): void {
  if (path.startsWith('/') && path.length <= 1_024 && /^[!-~]+$/.test(path) && !/[?#]/.test(path) && !builtInPaths.includes(path)) return;
  throw new PodscopeError('GUESTBOOK_PAGE_INVALID', `Cannot publish ${JSON.stringify(path)}.`, { hint: 'Give the path as the access log shows it, such as /spring/offer.html.' });
}
