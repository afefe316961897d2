import { isPodscopeError, PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { FaultCheck } from '../../definition/check.ts';
import { defineFault, type FaultRun, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { KubernetesObject, ObjectToWrite } from '../../kubernetes/api/types.ts';
import { createdLeft, createObjects, creation, FAULT_LABEL, PLANNED_ID, removeCreated } from '../../kubernetes/objects/createdObjects.ts';
import { HELPER_IMAGE } from '../../kubernetes/objects/helperImage.ts';
import type { Look } from '../../kubernetes/objects/look.ts';
import { podsIn } from '../../kubernetes/objects/podCount.ts';
import { containersOf, imageReason, podSeen } from '../../kubernetes/objects/pods.ts';
import { refText } from '../../kubernetes/objects/refs.ts';
import { type Judgement, untilSeen } from '../../kubernetes/objects/untilSeen.ts';
import { namespaceAccess, namespaceParam, objectName } from '../../kubernetes/objects/workloads.ts';
import { type ClaimSeen, observeClaim } from './claim.ts';
import { cleaner, type ClaimPods, fileOf, writer } from './pods.ts';

const params = z.object({
  namespace: namespaceParam(),
  claim: objectName().describe('The PersistentVolumeClaim.'),
  sizeMiB: z.int().min(1).max(1_048_576).optional().describe('How much is written, MiB. Without it as much as fits, and never more than the claim’s capacity.'),
  image: z.string().min(1).max(512).regex(/^\S+$/, 'a reference without spaces').default(HELPER_IMAGE).describe('The image of the pod that writes; it needs sh, dd, df and rm.'),
});

type Params = z.output<typeof params>;

/** What is stored from before. */
interface Before {
  readonly claim: ClaimSeen;
  /** Pods of the namespace. */
  readonly pods: number;
}

/** A clean-up takes the start of a pod and one `rm`. */
const CLEAN_MS = 120_000;

function podsFor({ namespace, claim, sizeMiB, image }: Params, { claim: { capacityMebibytes, user, groups, node } }: Before): ClaimPods {
  return { namespace, claim, image, mebibytes: Math.min(sizeMiB ?? capacityMebibytes, capacityMebibytes), partly: sizeMiB !== undefined, user, groups, node };
}

interface HelperSeen {
  readonly node: string | undefined;
  readonly phase: string;
  readonly unschedulable: string | undefined;
  readonly ended: { readonly exitCode?: number; readonly message?: string } | undefined;
  readonly waiting: string | undefined;
}

function helperSeen(object: KubernetesObject): HelperSeen {
  const { node, phase, unschedulable } = podSeen(object);
  const [container] = containersOf(object);
  return { node, phase, unschedulable, ended: container?.state?.terminated, waiting: container?.state?.waiting?.reason };
}

function watchHelper(pod: ObjectToWrite) {
  const { namespace, name } = pod.metadata;
  return { selection: { apiVersion: 'v1', kind: 'Pod', namespace, fieldSelector: `metadata.name=${name}` }, project: helperSeen };
}

/** What the pod that writes has to tell. */
export function judgeFilled(pod: HelperSeen | undefined, fake: boolean): Judgement {
  if (pod === undefined) return { symptom: 'absent', findings: ['the pod that writes is not there'], wait: false };
  if (fake) return { symptom: 'unverifiable', findings: ['the node of the pod that writes runs nothing, so nothing was written'] };
  if (pod.ended !== undefined) {
    const text = `the pod that writes ended with ${pod.ended.exitCode ?? '?'}: ${pod.ended.message?.trim() ?? 'no message'}`;
    return { symptom: pod.ended.exitCode === 0 ? 'present' : 'absent', findings: [text], wait: false };
  }
  return { symptom: 'absent', findings: [`the pod that writes is ${pod.phase}${pod.waiting === undefined ? '' : ` (${pod.waiting})`}${pod.unschedulable === undefined ? '' : `: ${pod.unschedulable}`}`] };
}

/** Waits until a pod has ended well, or is on a node that runs nothing, where none can have written. */
async function untilEnded({ target }: Pick<Look<unknown>, 'target'>, pod: ObjectToWrite): Promise<void> {
  const check = await untilSeen<{ pods: HelperSeen }>(target.api, {
    watched: { pods: watchHelper(pod) },
    signal: new AbortController().signal,
    waitMs: CLEAN_MS,
    async judge({ pods: [seen] }): Promise<Judgement> {
      if (seen?.ended === undefined) return { symptom: seen?.node !== undefined && (await target.isFakeNode(seen.node)) ? 'unverifiable' : 'absent', findings: [`Pod ${pod.metadata.name} is ${seen?.phase ?? 'gone'}`] };
      return { symptom: seen.ended.exitCode === 0 ? 'present' : 'absent', findings: [`Pod ${pod.metadata.name} ended with ${seen.ended.exitCode ?? '?'}`], wait: false };
    },
  });
  if (check.symptom === 'absent') throw new PodscopeError('FAULT_REVERT_FAILED', `The file in the volume could not be removed: ${check.findings.join(', ')}.`, { hint: 'See why that pod does not run or end; then revert again. The pods that use the claim can remove the file as well.' });
}

async function untilGone({ target }: Pick<Look<unknown>, 'target'>, pod: ObjectToWrite): Promise<void> {
  const check = await untilSeen<{ pods: HelperSeen }>(target.api, {
    watched: { pods: watchHelper(pod) },
    signal: new AbortController().signal,
    waitMs: CLEAN_MS,
    judge: ({ pods }) => ({ symptom: pods.length === 0 ? 'present' : 'absent', findings: [] }),
  });
  if (check.symptom === 'absent') throw new PodscopeError('FAULT_REVERT_FAILED', `Pod ${pod.metadata.name} does not end.`, { hint: 'See what keeps it; then revert again.' });
}

/**
 * Whether the pod that writes has written nothing for sure: it has no node, or its one container never had an image. A pod that cleans up after it
 * would get no further.
 */
export function wroteNothing(pod: KubernetesObject): boolean {
  const [container] = containersOf(pod);
  return podSeen(pod).node === undefined || (container !== undefined && imageReason(container) !== undefined && container.lastState?.terminated === undefined);
}

/** Deletes the pod that writes, as it was looked at. False where it may have written something. */
async function endWriter(run: FaultRun<KubernetesTarget, Before>, { apiVersion, kind, metadata: { namespace, name } }: ObjectToWrite): Promise<boolean> {
  const { api } = run.target;
  const ref = { apiVersion, kind, namespace, name };
  for (;;) {
    const pod = await api.read(ref);
    if (pod === undefined || pod.metadata.labels?.[FAULT_LABEL] !== run.id) return false;
    const { uid = '', resourceVersion = '' } = pod.metadata;
    try {
      await run.step(`delete ${refText(ref)}`, () => api.remove(ref, { uid, resourceVersion, gracePeriodSeconds: 1 }));
      return wroteNothing(pod);
    } catch (error) {
      // Its kubelet has told more of it since.
      if (!isPodscopeError(error, 'KUBE_CONFLICT')) throw error;
    }
  }
}

/** Removes the file by a pod of its own, unless the claim is gone or nothing was written. */
async function clean(run: FaultRun<KubernetesTarget, Before>, given: Params): Promise<void> {
  const { api } = run.target;
  const pods = podsFor(given, run.before);
  const [fill, wipe] = [writer(run.id, pods), cleaner(run.id, pods)];
  const never = await endWriter(run, fill);
  await untilGone(run, fill);
  const claim = await api.read({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: given.namespace, name: given.claim });
  if (!never && claim?.metadata.uid === run.before.claim.uid && claim.metadata.deletionTimestamp === undefined) {
    // One that failed before is no help.
    await removeCreated(run, [wipe], { gracePeriodSeconds: 0 });
    await untilGone(run, wipe);
    await createObjects(run, [wipe]);
    await untilEnded(run, wipe);
  }
  await removeCreated(run, [wipe], { gracePeriodSeconds: 0 });
}

/** Parameters of {@link pvcFull}. */
export type PvcFullParams = Unchanged<z.input<typeof params>>;

/**
 * Fills a volume with one file, by a pod of its own: no command is run in anybody else's pod, and the file has a name that is known before
 * it is there, so that it goes also when the injector died (krkn#233 and krkn#947 brought that later).
 */
export const pvcFull = defineFault({
  id: 'pvc-full',
  title: 'A volume that is full',
  params,
  provable: 'runtime',
  symptom: 'In metricbeat-*, kubernetes.volume.fs.used.pct comes close to 1; what writes to the volume logs "No space left on device" in kubernetes-*, and Redis refuses writes (MISCONF) in redis-*.',
  targets: {
    kubernetes: {
      accesses: ({ namespace, claim }) => [
        { verb: 'get', group: '', resource: 'persistentvolumeclaims', namespace, name: claim },
        ...['get', 'list', 'watch', 'create', 'delete'].map((verb) => ({ verb, group: '', resource: 'pods', namespace })),
        ...['deployments', 'replicasets', 'statefulsets', 'daemonsets'].map((resource) => ({ verb: 'get', group: 'apps', resource, namespace })),
        namespaceAccess(namespace),
        { verb: 'get', group: '', resource: 'nodes' },
      ],
      async observe(target, { namespace, claim }): Promise<Before> {
        return { claim: await observeClaim(target, namespace, claim), pods: await podsIn(target, namespace) };
      },
      plan(before, given) {
        const { mebibytes, partly } = podsFor(given, before);
        const reason = `writes ${partly ? `${mebibytes} MiB` : `until it is full, ${mebibytes} MiB at most`} into ${given.claim}, as the file ${fileOf(PLANNED_ID)}`;
        return { changes: [creation(writer(PLANNED_ID, podsFor(given, before)), reason)] };
      },
      blastRadius({ claim, pods }, given) {
        const taken = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: given.namespace, name: given.claim, paths: [] };
        return { unit: 'pods', count: claim.users, of: Math.max(pods, claim.users), objects: [taken, ...claim.owners.map((owner) => ({ ...owner, paths: [] }))] };
      },
      inject: (run, given) => createObjects(run, [writer(run.id, podsFor(given, run.before))]),
      verify: (run, given): Promise<FaultCheck> =>
        untilSeen<{ pods: HelperSeen }>(run.target.api, {
          watched: { pods: watchHelper(writer(run.id, podsFor(given, run.before))) },
          signal: run.signal,
          judge: async ({ pods: [pod] }) => judgeFilled(pod, pod?.node !== undefined && (await run.target.isFakeNode(pod.node))),
        }),
      changedSince: async () => [],
      revert: clean,
      async restored(run, given): Promise<FaultCheck> {
        const pods = podsFor(given, run.before);
        const left = await createdLeft(run, [writer(run.id, pods), cleaner(run.id, pods)]);
        return { symptom: left.length > 0 ? 'present' : 'absent', findings: left.length > 0 ? left.map((each) => `${each} is still there`) : ['the file is removed, and so are the pods'] };
      },
    },
  },
});
