import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import type { EventView } from './eventView.ts';
import { judge } from './judge.ts';
import { podView } from './podView.ts';
import { reasonsOf, reasonText } from './reasons.ts';
import { stateLines, stateOf } from './state.ts';

/**
 * What only a kubelet says can't be had from a control plane alone. These are statuses as a kubelet writes them (`kubernetes/pkg/kubelet/
 * kubelet_pods.go`, `images/types.go`); that they are read rightly is tested here, that they come to be is for the lane on a real cluster.
 */
const NOW = Date.parse('2026-01-01T12:00:00Z');
const web: KubernetesObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace: 'app', name: 'web', uid: 'uid-web', generation: 1 }, spec: { replicas: 2 }, status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2 } };

const pod = (name: string, status: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'app', name, uid: `uid-${name}`, labels: { 'pod-template-hash': '5d9c' }, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d9c', uid: 'uid-rs', controller: true }] },
  status,
});
const container = (state: object, more: object = {}): object => ({ phase: 'Pending', containerStatuses: [{ name: 'main', ready: false, restartCount: 0, state, ...more }] });
const waiting = (reason: string, message: string, more: object = {}): object => container({ waiting: { reason, message } }, more);
const event = (about: string, uid: string, reason: string, message: string, at = NOW): EventView => ({ namespace: 'app', about, uid, reason, message, at });
const textsOf = (pods: readonly KubernetesObject[], events: readonly EventView[] = [], object = web) => reasonsOf(object, pods.map(podView), events, NOW).map(reasonText);

const set: KubernetesObject = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { namespace: 'app', name: 'store', uid: 'uid-store', generation: 1 }, spec: { replicas: 1 }, status: { observedGeneration: 1, replicas: 1, currentReplicas: 1 } };
const podOfSet = (status: object): KubernetesObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'app', name: 'store-0', uid: 'uid-store-0', ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'store', uid: 'uid-store', controller: true }] }, status });

describe('why a StatefulSet does not come up', () => {
  const quota = event('StatefulSet store', 'uid-store', 'FailedCreate', 'create Pod store-0 in StatefulSet store failed error: pods "store-0" is forbidden: exceeded quota: small', NOW - 60_000);

  it('is a quota while its pod is not let in, and no longer when it is there', () => {
    expect(reasonsOf(set, [], [quota], NOW)).toMatchObject([{ text: expect.stringContaining('a quota does not allow more pods'), final: true }]);
    expect(reasonsOf(set, [podView(podOfSet(waiting('ContainerCreating', '')))], [quota], NOW)).toEqual([]);
  });

  it('is what the claims of its pod say, where they have no volume', () => {
    const unbound = podOfSet({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.' }] });
    const events = [
      event('PersistentVolumeClaim data-store-0', 'uid-claim', 'ProvisioningFailed', 'storageclass.storage.k8s.io "fast" not found'),
      event('PersistentVolumeClaim data-store-1', 'uid-other', 'ProvisioningFailed', 'of another pod'),
      event('PersistentVolumeClaim data-store-0', 'uid-claim', 'WaitForFirstConsumer', 'waiting for first consumer'),
    ];
    expect(textsOf([unbound], events, set)).toEqual(['no node takes it: 0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.', 'PersistentVolumeClaim data-…: ProvisioningFailed: storageclass.storage.k8s.io "fast" not found']);
  });
});

describe('why a container does not run', () => {
  it.each([
    ['an image that can’t be had', waiting('ImagePullBackOff', 'Back-off pulling image "nowhere/main:1"'), 'container main has no image (ImagePullBackOff): Back-off pulling image "nowhere/main:1"', false],
    ['an image that is never looked for', waiting('ErrImageNeverPull', 'Container image "main:1" is not present with pull policy of Never'), 'container main has no image (ErrImageNeverPull): Container image "main:1" is not present with pull policy of Never', true],
    ['a name that is no image’s', waiting('InvalidImageName', 'Failed to apply default image tag "A:B": couldn\'t parse image name'), 'container main has no image (InvalidImageName): Failed to apply default image tag "A:B": couldn\'t parse image name', true],
    ['a Secret that is missing', waiting('CreateContainerConfigError', 'secret "login" not found'), 'container main can’t be made: there is no Secret login', false],
    ['a ConfigMap that is missing', waiting('CreateContainerConfigError', 'configmap "settings" not found'), 'container main can’t be made: there is no ConfigMap settings', false],
    ['a key that is missing', waiting('CreateContainerConfigError', "couldn't find key user in Secret app/login"), 'container main can’t be made: Secret app/login has no key user', false],
    ['a crash', waiting('CrashLoopBackOff', 'back-off 5m0s', { restartCount: 4, lastState: { terminated: { exitCode: 1, reason: 'Error' } } }), 'container main ended with exit code 1, and is started again ever more seldom (CrashLoopBackOff); restarts: 4', false],
    ['an end that is no error, again and again', waiting('CrashLoopBackOff', 'back-off', { restartCount: 2, lastState: { terminated: { exitCode: 0, reason: 'Completed' } } }), 'container main ended with exit code 0 (Completed), and is started again ever more seldom (CrashLoopBackOff); restarts: 2', false],
    ['too little memory', container({ terminated: { exitCode: 137, reason: 'OOMKilled' } }, { restartCount: 1 }), 'container main used more memory than its limit and was ended (OOMKilled, exit code 137); restarts: 1', false],
    ['a command that there is not', waiting('RunContainerError', 'exec: "serve": executable file not found in $PATH'), 'container main waits (RunContainerError): exec: "serve": executable file not found in $PATH', false],
  ])('%s', (_what, status, text, final) => {
    expect(reasonsOf(web, [podView(pod('web-5d9c-a', status))], [], NOW)).toMatchObject([{ text, final, pods: 1 }]);
  });

  it('names the log of the run that crashed', () => {
    const [reason] = reasonsOf(web, [podView(pod('web-5d9c-a', waiting('CrashLoopBackOff', '', { lastState: { terminated: { exitCode: 1 } } })))], [], NOW);
    expect(reason?.log).toEqual({ namespace: 'app', name: 'web-5d9c-a', container: 'main', previous: true });
  });

  it('says it once for all pods that have it', () => {
    const crashed = (name: string, restartCount: number) => pod(name, waiting('CrashLoopBackOff', '', { restartCount, lastState: { terminated: { exitCode: 1 } } }));
    expect(textsOf([crashed('web-5d9c-a', 3), crashed('web-5d9c-b', 4)])).toEqual(['2 pods: container main ended with exit code 1, and is started again ever more seldom (CrashLoopBackOff); restarts: 4']);
  });

  it('is nothing while it is on its way', () => {
    expect(textsOf([pod('web-5d9c-a', waiting('ContainerCreating', '')), pod('web-5d9c-b', waiting('PodInitializing', ''))])).toEqual([]);
  });

  it('looks past init containers that are done', () => {
    const status = { phase: 'Pending', initContainerStatuses: [{ name: 'first', ready: false, state: { terminated: { exitCode: 0 } } }, { name: 'second', ready: false, state: { terminated: { exitCode: 2 } } }], containerStatuses: [] };
    expect(textsOf([pod('web-5d9c-a', status)])).toEqual(['init container second ended with exit code 2']);
  });

  it('hides credentials that a program or a server put into a message', () => {
    expect(textsOf([pod('web-5d9c-a', waiting('RunContainerError', 'can’t reach redis://user:hush@redis:6379'))])).toEqual(['container main waits (RunContainerError): can’t reach redis://user:[redacted]@redis:6379']);
  });
});

describe('what events add', () => {
  const running = pod('web-5d9c-a', { ...container({ running: {} }), phase: 'Running' });

  it('is a probe that fails, and a volume that is not there; not what the state says already', () => {
    const events = [event('Pod web-5d9c-a', 'uid-web-5d9c-a', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'), event('Pod web-5d9c-a', 'uid-web-5d9c-a', 'FailedMount', 'MountVolume.SetUp failed for volume "s": secret "tls" not found'), event('Pod web-5d9c-a', 'uid-web-5d9c-a', 'BackOff', 'Back-off restarting failed container')];
    expect(textsOf([running], events)).toEqual(['Readiness probe failed: HTTP probe failed with statuscode: 503', 'FailedMount: MountVolume.SetUp failed for volume "s": secret "tls" not found']);
  });

  it('is nothing of a pod that was there before by the same name, nor of long ago', () => {
    expect(textsOf([running], [event('Pod web-5d9c-a', 'uid-of-another', 'Unhealthy', 'x')])).toEqual([]);
    const set = { ...web, kind: 'StatefulSet', status: {} };
    expect(textsOf([], [event('StatefulSet web', 'uid-web', 'FailedCreate', 'pods "web-0" is forbidden: exceeded quota: q', NOW - 3_600_000)], set)).toEqual([]);
    expect(textsOf([], [event('StatefulSet web', 'uid-web', 'FailedCreate', 'create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: exceeded quota: q, requested: pods=1')], set)).toEqual(['a quota does not allow more pods: exceeded quota: q, requested: pods=1']);
  });
});

describe('whose pods they are', () => {
  it('is told by their owner, and not by a name that begins alike', () => {
    const other = { ...web, metadata: { ...web.metadata, name: 'web-5d9c' } };
    expect(textsOf([pod('web-5d9c-a', waiting('ImagePullBackOff', ''))], [], other)).toEqual([]);
  });
});

describe('how far a rollout is', () => {
  const of = (kind: string, spec: object, status: object, generation = 1): KubernetesObject => ({ apiVersion: 'apps/v1', kind, metadata: { namespace: 'app', name: 'x', generation }, spec, status });

  it.each([
    ['a Deployment that its controller has not seen', of('Deployment', { replicas: 1 }, { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 }, 2), 'waiting'],
    ['a Deployment of no pods', of('Deployment', { replicas: 0 }, { observedGeneration: 1 }), 'done'],
    ['a Deployment whose old pods are still there', of('Deployment', { replicas: 2 }, { observedGeneration: 1, replicas: 3, updatedReplicas: 2, availableReplicas: 3 }), 'waiting'],
    ['a StatefulSet in the middle of a rollout', of('StatefulSet', { replicas: 2, updateStrategy: { type: 'RollingUpdate' } }, { observedGeneration: 1, readyReplicas: 2, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' }), 'waiting'],
    ['a StatefulSet whose partition is rolled out', of('StatefulSet', { replicas: 2, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }, { observedGeneration: 1, readyReplicas: 2, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' }), 'done'],
    ['a StatefulSet that waits for who deletes its pods', of('StatefulSet', { replicas: 2, updateStrategy: { type: 'OnDelete' } }, { observedGeneration: 1, readyReplicas: 2, currentRevision: 'a', updateRevision: 'b' }), 'done'],
    ['a DaemonSet where there are no nodes for it', of('DaemonSet', {}, { observedGeneration: 1, desiredNumberScheduled: 0 }), 'done'],
    ['a DaemonSet that has not reached every node', of('DaemonSet', { updateStrategy: { type: 'RollingUpdate' } }, { observedGeneration: 1, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2 }), 'waiting'],
    ['a Job that is suspended', of('Job', { suspend: true }, {}), 'done'],
    ['a Service without a load balancer', of('Service', { type: 'ClusterIP' }, {}), 'done'],
    ['a Service whose load balancer has no address', of('Service', { type: 'LoadBalancer' }, { loadBalancer: {} }), 'waiting'],
    ['a claim whose volume is lost', of('PersistentVolumeClaim', {}, { phase: 'Lost' }), 'failed'],
  ])('%s', (_what, object, state) => {
    expect(judge(object).state).toBe(state);
  });

  it('a claim that waits for a pod is not waited for', () => {
    const claim: KubernetesObject = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { namespace: 'app', name: 'data', uid: 'uid-data' }, status: { phase: 'Pending' } };
    const ref = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'app', name: 'data' };
    expect(stateOf(ref, claim, { pods: [], events: [] }, NOW).state).toBe('waiting');
    const state = stateOf(ref, claim, { pods: [], events: [event('PersistentVolumeClaim data', 'uid-data', 'WaitForFirstConsumer', 'waiting for first consumer')] }, NOW);
    expect(stateLines(state)).toEqual(['PersistentVolumeClaim app/data 1/1: it gets its volume when a pod needs it']);
  });
});
