import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesApi, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../../tools/kube-test-env/cluster.ts';
import { printed } from '../../../../../../tools/kube-test-env/fixtures/printed.ts';
import { applyObjects } from '../apply/apply.ts';
import { type ApplySetId, titleOf } from '../apply/applySet.ts';
import { observeApplySet } from '../apply/observe.ts';
import { planApply } from '../apply/plan.ts';
import { type Connected, connected } from '../testing/connected.ts';
import { configMap, deployment, namespace } from '../testing/objects.ts';
import { stateLines, type WorkloadState } from './state.ts';
import { workloadStatus } from './status.ts';
import { waitForWorkloads, type WaitOptions } from './waitForWorkloads.ts';

let cluster: StartedKubeCluster;
let admin: Connected;
let api: KubernetesApi;
beforeAll(async () => {
  cluster = await startKubeCluster({ jobs: 'run', nodes: [{ pods: 20 }, { pods: 20 }], onProgress: printed });
  admin = await connected(cluster.admin.kubeconfig);
  ({ api } = admin);
}, 45 * 60_000);
afterAll(async () => {
  await admin?.[Symbol.asyncDispose]();
  await cluster?.stop();
});

const setOf = (name: string): ApplySetId => ({ name, namespace: 'default' });

async function applied(name: string, objects: readonly ObjectToWrite[]): Promise<readonly ObjectToWrite[]> {
  await applyObjects(api, planApply(await observeApplySet(api, setOf(name), objects), objects));
  return objects;
}

/** Waits in vain, and gives the error. */
async function failureOf(objects: readonly ObjectToWrite[], options: WaitOptions): Promise<{ readonly code: string; readonly message: string; readonly details: readonly string[] }> {
  return waitForWorkloads(api, objects, options).then(
    () => expect.unreachable('it came up'),
    (error: unknown) => error as { code: string; message: string; details: readonly string[] },
  );
}

const FOR_EVER = { timeoutMs: 120_000 };
const claim = (within: string, name: string, storageClassName?: string): ObjectToWrite => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { namespace: within, name }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...(storageClassName === undefined ? {} : { storageClassName }) } });
const modest = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } };
const job = (within: string, name: string): ObjectToWrite => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace: within, name }, spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'registry.example.com/job:1', securityContext: modest }] } } } });

describe('what comes up', () => {
  it('is told step by step, and ends the wait', async () => {
    const objects = await applied('up', [namespace('up'), configMap('up', 'settings'), deployment('up', 'web', { replicas: 3 }), claim('up', 'data')]);
    const told: WorkloadState[] = [];
    const states = await waitForWorkloads(api, objects, { onProgress: (state) => told.push(state) });
    expect(states.map(({ ref, state, ready, asked }) => [titleOf(ref), state, ready, asked])).toEqual([['Namespace up', 'done', 1, 1], ['Deployment up/web', 'done', 3, 3], ['PersistentVolumeClaim up/data', 'done', 1, 1]]);
    expect(told.filter(({ ref, state }) => ref.name === 'web' && state === 'waiting').length).toBeGreaterThan(0);
    expect(told.findLast(({ ref }) => ref.name === 'web')).toMatchObject({ state: 'done', ready: 3, reasons: [] });
    expect((await workloadStatus(api, setOf('up')))?.map((state) => stateLines(state))).toEqual([[`Deployment up/web 3/3: 3 of 3 pods are available`], ['PersistentVolumeClaim up/data 1/1: it is bound']]);
  });

  it('is waited for anew after a change: the old pods have to be gone', async () => {
    const objects = await applied('up', [namespace('up'), deployment('up', 'web', { replicas: 3, container: { image: 'registry.example.com/main:2' } })]);
    await waitForWorkloads(api, objects);
    const pods = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'up' });
    expect(pods.map((pod) => (pod as unknown as { readonly spec: { readonly containers: readonly { readonly image: string }[] } }).spec.containers[0]?.image)).toEqual(Array.from({ length: 3 }, () => 'registry.example.com/main:2'));
  });

  it('is nothing where nothing does', async () => {
    expect(await waitForWorkloads(api, [configMap('default', 'settings')])).toEqual([]);
    expect(await workloadStatus(api, setOf('nobody'))).toBeUndefined();
  });

  it('may be a Job that ends well', async () => {
    const objects = await applied('job', [namespace('job'), job('job', 'task')]);
    const done = waitForWorkloads(api, objects);
    await exited('job');
    expect((await done).find(({ ref }) => ref.kind === 'Job')).toMatchObject({ state: 'done', message: 'it is complete' });
  });
});

/** Lets the pod of a Job end well, as if its program had; kwok runs none. */
async function exited(within: string): Promise<void> {
  const done = new AbortController();
  for await (const event of api.watch({ apiVersion: 'v1', kind: 'Pod', namespace: within }, { signal: done.signal })) {
    if (event.type === 'initial' || (event.object as unknown as { readonly status: { readonly phase: string } }).status.phase !== 'Running') continue;
    await api.patch({ apiVersion: 'v1', kind: 'Pod', namespace: within, name: event.object.metadata.name }, { metadata: { annotations: { 'podscope.test/exit-code': '0' } } });
    break;
  }
  done.abort();
}

describe('what does not come up, and why', () => {
  it('is named after the time is up, with the scheduler’s own words', async () => {
    const objects = await applied('big', [namespace('big'), deployment('big', 'web', { replicas: 2, container: { resources: { requests: { cpu: '1000' } } } })]);
    const { code, message, details } = await failureOf(objects, { timeoutMs: 4000 });
    expect(code).toBe('KUBE_NOT_READY');
    expect(message).toBe('1 of 2 did not come up within 4 s: Deployment big/web.');
    expect(details[0]).toMatch(/^Deployment big\/web 0\/2: 0 of 2 pods are available$/);
    expect(details[1]).toMatch(/^ {2}2 pods: no node takes it: 0\/2 nodes are available: .*Insufficient cpu/);
    expect((await workloadStatus(api, setOf('big')))?.flatMap(stateLines)[1]).toMatch(/2 pods: no node takes it: 0\/2 nodes are available/);
  });

  it('for a claim that no class serves: the claim and the pod say so', async () => {
    const pod = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
    const objects = await applied('claims', [namespace('claims'), claim('claims', 'data', 'nowhere'), deployment('claims', 'web', { pod })]);
    const { details } = await failureOf(objects, { timeoutMs: 4000 });
    expect(details.join('\n')).toMatch(/PersistentVolumeClaim claims\/data 0\/1: it has no volume yet/);
    expect(details.join('\n')).toMatch(/storageclass\.storage\.k8s\.io "nowhere" not found/);
    expect(details.join('\n')).toMatch(/no node takes it: .*unbound immediate PersistentVolumeClaims/);
  });

  it('ends the wait early where a quota refuses pods', async () => {
    const quota: ObjectToWrite = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { namespace: 'tight', name: 'two-pods' }, spec: { hard: { pods: '2' } } };
    const objects = await applied('tight', [namespace('tight'), quota, deployment('tight', 'web', { replicas: 5 })]);
    const { message, details } = await failureOf(objects, { ...FOR_EVER, graceMs: 500 });
    expect(message).toBe('1 of 2 did not come up: Deployment tight/web.');
    expect(details).toEqual([expect.stringMatching(/^Deployment tight\/web [012]\/5/), expect.stringMatching(/^ {2}a quota does not allow more pods: exceeded quota: two-pods, requested: pods=1, used: pods=2, limited: pods=2$/)]);
  });

  it.each(['Deployment', 'StatefulSet', 'DaemonSet', 'Job'])('ends the wait early where pod security refuses the pods of a %s', async (kind) => {
    const within = `strict-${kind.toLowerCase()}`;
    const bold = deployment(within, 'bold', { container: { securityContext: { privileged: true } } });
    const { spec: { replicas: _replicas, strategy: _strategy, ...spec } } = bold as unknown as { readonly spec: Record<string, unknown> };
    const ofKind: ObjectToWrite =
      kind === 'Job'
        ? { ...job(within, 'bold'), spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'i', securityContext: { privileged: true } }] } } } }
        : { ...bold, kind, spec: { ...spec, ...(kind === 'StatefulSet' ? { serviceName: 'bold' } : {}) } };
    const objects = await applied(within, [namespace(within, { 'pod-security.kubernetes.io/enforce': 'restricted' }), ofKind]);
    const { details } = await failureOf(objects, { ...FOR_EVER, graceMs: 500 });
    expect(details.join('\n')).toMatch(new RegExp(`${kind} ${within}/bold 0/\\d: .*\n  pod security refuses its pods: violates PodSecurity "restricted:latest": privileged`));
  });

  it('ends the wait at once where a Job has failed', async () => {
    const short = job('failing', 'task');
    const objects = await applied('failing', [namespace('failing'), { ...short, spec: { ...(short['spec'] as object), activeDeadlineSeconds: 1 } }]);
    const { details } = await failureOf(objects, FOR_EVER);
    expect(details[0]).toBe('Job failing/task 0/1: it failed: Job was active longer than specified deadline');
  });

  it('ends the wait where a Deployment makes no progress within its own deadline', async () => {
    const slow = deployment('slow', 'web', { container: { resources: { requests: { cpu: '1000' } } } });
    const objects = await applied('slow', [namespace('slow'), { ...slow, spec: { ...(slow['spec'] as object), progressDeadlineSeconds: 2 } }]);
    const { details } = await failureOf(objects, FOR_EVER);
    expect(details[0]).toBe('Deployment slow/web 0/1: it made no progress for 2 s (progressDeadlineSeconds)');
  });

  it('is missing when somebody deletes it meanwhile', async () => {
    const objects = await applied('deleted', [namespace('deleted'), deployment('deleted', 'web', { container: { resources: { requests: { cpu: '1000' } } } })]);
    let removed: Promise<unknown> | undefined;
    const remove = ({ ref }: WorkloadState): void => {
      if (ref.kind === 'Deployment') removed ??= api.remove(ref);
    };
    const { details } = await failureOf(objects, { timeoutMs: 3000, onProgress: remove });
    await removed;
    expect(details).toEqual(['Deployment deleted/web 0/1: it is not there']);
  });

  it('is told without reasons to who may see neither pods nor events', async () => {
    const rules = [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['list', 'watch'] }];
    const { kubeconfig } = await cluster.user('half-blind', { rules, namespace: 'big' });
    await using blind = await connected(kubeconfig);
    await expect(waitForWorkloads(blind.api, [deployment('big', 'web')], { timeoutMs: 2000 })).rejects.toMatchObject({ code: 'KUBE_NOT_READY', details: ['Deployment big/web 0/2: 0 of 2 pods are available'] });
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const wait = waitForWorkloads(api, [deployment('big', 'web')], { signal: stop.signal, onProgress: () => stop.abort(new Error('stopped here')) });
    await expect(wait).rejects.toThrow('stopped here');
  });
});
