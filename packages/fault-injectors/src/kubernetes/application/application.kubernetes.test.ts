import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../tools/kube-test-env/cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../../tools/kube-test-env/fixtures/cluster.ts';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { clusterState, type ClusterState, diffStates } from '../../../../../tools/kube-test-env/stateHash.ts';
import type { Fault } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import { injectFault } from '../../engine/inject.ts';
import { clockSkew } from '../../faults/clock-skew/index.ts';
import { connectionExhaustion } from '../../faults/connection-exhaustion/index.ts';
import { httpErrors } from '../../faults/http-errors/index.ts';
import { httpLatency } from '../../faults/http-latency/index.ts';
import { logFlood } from '../../faults/log-flood/index.ts';
import { logFormatChange } from '../../faults/log-format-change/index.ts';
import { notFoundStorm } from '../../faults/not-found-storm/index.ts';
import { redisFragmentation } from '../../faults/redis-fragmentation/index.ts';
import { redisMaxmemoryEviction } from '../../faults/redis-maxmemory-eviction/index.ts';
import { redisReplicationBroken } from '../../faults/redis-replication-broken/index.ts';
import { redisSlowCommands } from '../../faults/redis-slow-commands/index.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { guestbookObjects } from '../../testing/guestbookObjects.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type RedisTierOfTest, startRedisTier } from '../../testing/redisTier.ts';
import { startWebPods, type WebPods } from '../../testing/webPods.ts';
import { connectKubernetes } from '../api/api.ts';
import type { KubernetesApi } from '../api/types.ts';
import { faultRole } from '../role/faultRole.ts';
import { kubernetesTarget, kubernetesTargetAccesses } from './kubernetesTarget.ts';

const WAIT = { timeout: 60_000, interval: 200 };
const GUESTBOOK = fileURLToPath(new URL('../../../../../', import.meta.url));

describe.skipIf(!hasCluster)(`faults of applications behind a cluster's port forwards (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let redis: RedisTierOfTest;
  let web: WebPods;
  let folder: string;
  let admin: KubernetesApi;
  let target: KubernetesTarget;
  let before: ClusterState;
  let files = 0;

  const fileOf = async (kubeconfig: string): Promise<string> => {
    const path = join(folder, `${(files += 1)}.kubeconfig`);
    await writeFile(path, kubeconfig, { mode: 0o600 });
    return path;
  };
  const podNames = async (app: string): Promise<readonly string[]> => (await admin.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'guestbook', labelSelector: `app=${app}`, fieldSelector: 'status.phase=Running' }, ({ metadata }) => metadata.name)).toSorted();
  const now = (): Promise<ClusterState> => clusterState(cluster.admin.client);
  /** The cluster, the servers' settings, roles and keys, and what the web pods are told, are as they were. */
  const asBefore = async (state: unknown): Promise<void> => {
    await expect.poll(async () => diffStates(before, await now()), WAIT).toEqual([]);
    await expect.poll(() => redis.state(), WAIT).toEqual(state);
    expect(await web.told()).toEqual([[], []]);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podscope-application-'));
    [cluster, redis] = await Promise.all([startKubeCluster({ onProgress: printed }), startRedisTier()]);
    web = await startWebPods(['one', 'two'], `127.0.0.1:${redis.redis[0]?.port}`);
    admin = await connectKubernetes({ kubeconfig: await fileOf(cluster.admin.kubeconfig) });
    for (const object of guestbookObjects) await admin.apply(object);
    await vi.waitFor(async () => expect([await podNames('frontend'), await podNames('redis-replica'), await podNames('redis-primary')].map(({ length }) => length)).toEqual([2, 2, 1]), WAIT);
    for (const { name, port } of redis.redis) await cluster.routePort({ namespace: 'guestbook', pods: name, port: 6379, to: { host: '127.0.0.1', port } });
    for (const [index, pod] of (await podNames('frontend')).entries()) {
      const { port = 0, adminPort = 0, logFile = '' } = web.web[index] ?? {};
      await cluster.routePort({ namespace: 'guestbook', pods: pod, port: 8080, to: { host: '127.0.0.1', port } });
      await cluster.routePort({ namespace: 'guestbook', pods: pod, port: 8081, to: { host: '127.0.0.1', port: adminPort } });
      // A log that isn't there yet has no route.
      await fetch(`http://127.0.0.1:${port}/healthz`);
      await cluster.routeLogs({ namespace: 'guestbook', pods: pod, container: 'frontend', file: logFile });
    }
    target = await kubernetesTarget(admin);
    before = await now();
  }, 45 * 60_000);
  afterAll(async () => {
    admin?.close();
    await cluster?.stop();
    await web?.[Symbol.asyncDispose]();
    await redis?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  let accounts = 0;
  /** A target of an account with exactly the documented Role, less what is left out. */
  async function targetWith(fault: Fault, leaveOut?: string): Promise<{ readonly target: KubernetesTarget; readonly api: KubernetesApi }> {
    const name = `injector-${(accounts += 1)}`;
    const { kubeconfig } = await cluster.user(name);
    for (const object of faultRole([fault], { subject: { kind: 'User', name }, name, owners: false, more: kubernetesTargetAccesses })) {
      const rules = (object['rules'] as readonly { readonly resources: readonly string[] }[] | undefined)?.filter(({ resources }) => leaveOut === undefined || !resources.includes(leaveOut));
      // What isn't the fault's own, the store's, isn't needed here.
      if (object.metadata.namespace === 'podscope-faults') continue;
      await admin.apply(rules === undefined ? object : { ...object, rules });
    }
    const api = await connectKubernetes({ kubeconfig: await fileOf(kubeconfig) });
    return { api, target: await kubernetesTarget(api) };
  }
  // Also after a test that failed, so that the next one begins as this one did.
  afterEach(() => removeAccount());
  const removeAccount = async (): Promise<void> => {
    const name = `injector-${accounts}`;
    for (const kind of ['Role', 'RoleBinding']) await admin.remove({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, namespace: 'guestbook', name });
    for (const kind of ['ClusterRole', 'ClusterRoleBinding']) await admin.remove({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, name });
  };

  const client = { id: 'crawler', userAgent: 'Pagewalker/2.1', rate: 20, paths: ['/old/one', '/old/two'] };
  const faults: readonly (readonly [string, () => Fault])[] = [
    ['redis-replication-broken', () => redisReplicationBroken({})],
    ['redis-maxmemory-eviction', () => redisMaxmemoryEviction({})],
    ['redis-slow-commands', () => redisSlowCommands({ milliseconds: 80, every: 100 })],
    ['connection-exhaustion', () => connectionExhaustion({ instance: 'replica', connections: 8 })],
    ['redis-fragmentation', () => redisFragmentation({ prefix: 'cart:', seed: 'a', keys: 120_000 })],
    ['http-errors', () => httpErrors({ share: 0.5 })],
    ['http-latency', () => httpLatency({ share: 1, milliseconds: 300, pods: 1 })],
    ['log-flood', () => logFlood({ perSecond: 100 })],
    ['log-format-change', () => logFormatChange({})],
    ['clock-skew', () => clockSkew({ offsetSeconds: -90_000 })],
    ['not-found-storm', () => notFoundStorm({ client, from: 'injector' })],
  ];
  it.each(faults)('%s: an account with exactly its Role injects it, sees it and gives everything back', async (_id, make) => {
    const state = await redis.state();
    const fault = make();
    const { target: own, api } = await targetWith(fault);
    try {
      const injected = await injectFault(fault, { target: own, store: memoryStore() });
      expect(injected).toMatchObject({ state: 'injected', blastRadius: { unit: 'pods' } });
      await injected.revert();
    } finally {
      api.close();
      await removeAccount();
    }
    await asBefore(state);
  }, 120_000);

  it('an account without the right to forward ports is told so, and nothing is changed', async () => {
    const state = await redis.state();
    const { target: own, api } = await targetWith(redisReplicationBroken({}), 'pods/portforward');
    await expect(injectFault(redisReplicationBroken({}), { target: own, store: memoryStore() })).rejects.toMatchObject({ code: 'FAULT_FORBIDDEN', message: expect.stringContaining('pods/portforward') });
    api.close();
    await removeAccount();
    await asBefore(state);
  });

  it('refuses pods whose workload did not opt in', async () => {
    await admin.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'guestbook', name: 'frontend' }, { metadata: { labels: { 'podscope.dev/faults': null } } });
    await expect(injectFault(httpErrors({}), { target, store: memoryStore() })).rejects.toMatchObject({ code: 'FAULT_NOT_OPTED_IN' });
    await admin.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'guestbook', name: 'frontend' }, { metadata: { labels: { 'podscope.dev/faults': 'allowed' } } });
    await asBefore(await redis.state());
  });

  /** Runs what the pod of a client would run, as it stands in the cluster, against the real processes: kwok's pods run nothing. */
  async function runClient(name: string, replace: (arg: string) => string): Promise<ChildProcess> {
    const [pod] = await admin.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'guestbook', labelSelector: `app=${name}` });
    const [container] = (pod?.['spec'] as { readonly containers: readonly { readonly command: readonly string[]; readonly args: readonly string[] }[] }).containers;
    const [, ...command] = container?.command ?? [];
    const child = spawn(process.execPath, [...command, ...(container?.args ?? []).map(replace)], { cwd: GUESTBOOK, stdio: ['ignore', 'ignore', 'inherit'] });
    await once(child, 'spawn');
    return child;
  }
  const port = (name: string): number => redis.redis.find((each) => each.name === name)?.port ?? 0;

  it.each([
    // An agent of its own: what the injector's client asked a moment ago is still in the log.
    ['not-found-storm', 'crawler', () => notFoundStorm({ client: { ...client, userAgent: 'SpringBot/2.0' }, image: 'registry.example/guestbook:1' }), (arg: string) => arg.replace('http://frontend', `http://127.0.0.1:${web.web[0]?.port}`)],
    ['redis-slow-commands', 'reporting', () => redisSlowCommands({ image: 'registry.example/guestbook:1', milliseconds: 80, every: 100 }), (arg: string) => arg.replace(/^[\d.]+:6379$/, `127.0.0.1:${port('redis-primary-0')}`)],
    ['connection-exhaustion', 'worker-pool', () => connectionExhaustion({ instance: 'replica', connections: 8, image: 'registry.example/guestbook:1' }), (arg: string) => arg.replace(/^[\d.]+:6379$/, `127.0.0.1:${port('redis-replica-0')}`)],
  ] as const)('%s by a client in the cluster: the very command of its pod shows the symptom', async (_id, name, make, replace) => {
    const state = await redis.state();
    const fault = make();
    const { target: own, api } = await targetWith(fault);
    let child: ChildProcess | undefined;
    {
      await using injected = await injectFault(fault, { target: own, store: memoryStore(), verifyMs: 0 });
      await expect.poll(() => podNames(name), WAIT).toHaveLength(1);
      const policies = await admin.list({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: 'guestbook' }, ({ metadata }) => metadata.name);
      // The pods that it speaks to are closed off by a policy already, so that it needs one of its own.
      expect(policies.filter((each) => each.startsWith(name)).toSorted()).toEqual([`${name}-in`, `${name}-out`]);
      expect((await injected.verify()).symptom).not.toBe('present');
      child = await runClient(name, replace);
      await expect.poll(async () => (await injected.verify()).symptom, WAIT).toBe('present');
      // As kubelet does when the Deployment is gone.
      const ending = vi.waitFor(async () => expect(await podNames(name)).toHaveLength(0), WAIT).finally(() => child?.kill('SIGTERM'));
      await injected.revert();
      await ending;
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    api.close();
    await removeAccount();
    await asBefore(state);
  }, 180_000);

  it('leaves alone a pod that was made anew since', async () => {
    const state = await redis.state();
    const injected = await injectFault(httpErrors({ share: 1 }), { target, store: memoryStore() });
    const [gone = ''] = await podNames('frontend');
    const [first] = web.web;
    // The container's end: whoever comes next was never told.
    await fetch(`http://127.0.0.1:${first?.adminPort}/behaviours/${injected.id}`, { method: 'DELETE' });
    await admin.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'guestbook', name: gone });
    await expect.poll(() => podNames('frontend'), WAIT).toHaveLength(2);
    await injected.revert();
    await asBefore(state);
  });

  it.each([
    ['redis-replication-broken', () => redisReplicationBroken({}), 2],
    ['not-found-storm by a client', () => notFoundStorm({ client, image: 'registry.example/guestbook:1' }), 6],
  ] as const)('%s is given back when the injector is killed at any step', async (id, make, count) => {
    const state = await redis.state();
    const kubeconfig = await fileOf(cluster.admin.kubeconfig);
    // The web pods are routed by name: the one that was made anew above is not reached any more.
    if (id.startsWith('not-found')) await cluster.routePort({ namespace: 'guestbook', pods: await podNames('frontend'), port: 8080, to: { host: '127.0.0.1', port: web.web[0]?.port ?? 0 } });
    const steps = await killAtEachStep(make(), 'kubernetes', { kubeconfig }, async ({ changed, restored }) => {
      expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
      await asBefore(state);
    });
    expect(steps).toBe(count);
  }, 300_000);

  it('keeps passwords out of errors', async () => {
    await redis.command('redis-primary-0', 'CONFIG', 'SET', 'requirepass', 'hunter2');
    const wrong = await kubernetesTarget(admin, { redisPassword: 'not-hunter2' });
    const pod = { namespace: 'guestbook', name: 'redis-primary-0' };
    const error: unknown = await wrong.redis(pod).catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'FAULT_REDIS_FAILED', message: expect.stringContaining('does not take the password') });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
    await expect(target.redis(pod)).rejects.toMatchObject({ message: expect.stringContaining('none was given') });
    const right = await kubernetesTarget(admin, { redisPassword: async ({ name }) => (name === 'redis-primary-0' ? 'hunter2' : undefined) });
    const session = await right.redis(pod);
    expect(await session.command('CONFIG', 'SET', 'requirepass', '')).toBe('OK');
    await session.close();
    expect(await right.isFakeNode('node-1')).toBe(true);
    expect(await right.isFakeNode('no-such-node')).toBe(false);
  });
});
