import { isDeepStrictEqual } from 'node:util';
import type { FaultCheck } from '../../definition/check.ts';
import type { FaultOn } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { Access, KubernetesObject, ObjectRef } from '../api/types.ts';
import { atRest } from './atRest.ts';
import { type EditedBefore, editedObjects, editedWorkload, notRestored, revertEdits, takenBy, workloadOf } from './editedObjects.ts';
import type { Look } from './look.ts';
import { podsIn } from './podCount.ts';
import { isPodOf, type PodSeen, podSeen } from './pods.ts';
import { refText, unfit } from './refs.ts';
import { removeExactly } from './removeExactly.ts';
import { patchTo } from './touchPatch.ts';
import { pathText, type Touch, valueAt } from './touches.ts';
import { type Judgement, untilSeen } from './untilSeen.ts';
import { type Container, editAccesses, podsOf, refuseNoRollout, wantedPods, type Workload, type WorkloadParams, workloadRef } from './workloads.ts';

/** What a fault of a pod template stores from before. */
export interface TemplateBefore extends EditedBefore {
  /** Pods of the namespace. */
  readonly pods: number;
}

/** Parameters that name a workload, and one of its containers where the fault lies in one. */
interface TemplateParams extends WorkloadParams {
  readonly container?: string | undefined;
}

/** A fault that lies in the template of a workload's pods. */
export interface TemplateFault<Params extends TemplateParams> {
  /** The workload with the changed template. Pure. @throws PodscopeError FAULT_TARGET_UNFIT */
  edit(workload: Workload, params: Params): unknown;
  /**
   * How a kubelet tells of it in a pod that has the changed template: a short text, or undefined where it doesn't (yet).
   *
   * @param container - the name of the container that is meant: pods may have further ones, with troubles of their own.
   */
  symptom(pod: KubernetesObject, params: Params, container: string): string | undefined;
  /** What the pods do then, in words: `cannot pull their image`. */
  readonly shown: string;
  /** Further objects, edited before the workload. */
  readonly others?: {
    refs(params: Params): readonly ObjectRef[];
    edit(object: KubernetesObject, params: Params): unknown;
    accesses(params: Params): readonly Access[];
  };
}

/** A pod, with what is asked of it. */
interface TemplatePod extends PodSeen {
  readonly changed: boolean;
  readonly symptom: string | undefined;
}

const TEMPLATE = ['spec', 'template'];

/** The touches of a template, as paths in its pods. */
function inPods(touches: readonly Touch[]): readonly Touch[] {
  return touches.filter(({ path }) => TEMPLATE.every((step, index) => path[index] === step)).map((touch) => ({ ...touch, path: touch.path.slice(TEMPLATE.length) }));
}

/** Whether a pod is of the changed template. */
export function isChanged(pod: KubernetesObject, touches: readonly Touch[]): boolean {
  return inPods(touches).every(({ path, after }) => isDeepStrictEqual(valueAt(pod, path), after));
}

/** The container that is meant: the one of that name, or the first. @throws PodscopeError FAULT_TARGET_UNFIT */
export function containerIn(workload: Workload, name: string | undefined): Container {
  const { containers } = workload.spec.template.spec;
  const found = name === undefined ? containers[0] : containers.find((each) => each.name === name);
  if (found === undefined) throw unfit(`${workload.kind} ${workload.metadata.namespace}/${workload.metadata.name} has no container ${name ?? ''}.`, `It has ${containers.map((each) => each.name).join(', ')}.`);
  return found;
}

/** A workload with another template for its pods. */
export function withTemplate(workload: Workload, spec: Readonly<Record<string, unknown>>): unknown {
  return { ...workload, spec: { ...workload.spec, template: { ...workload.spec.template, spec: { ...workload.spec.template.spec, ...spec } } } };
}

/** A workload with one of its containers changed. */
export function withContainer(workload: Workload, name: string | undefined, change: (container: Container) => unknown): unknown {
  const chosen = containerIn(workload, name);
  return withTemplate(workload, { containers: workload.spec.template.spec.containers.map((each) => (each === chosen ? change(each) : each)) });
}

/** Why the pods of a workload are not there, in its controller's words. */
export function controllerSays({ status }: Workload): readonly string[] {
  return (status?.conditions ?? []).filter(({ type, status: is, reason }) => (type === 'ReplicaFailure' && is === 'True') || reason === 'ProgressDeadlineExceeded').map(({ type, message }) => `${type}: ${message ?? ''}`);
}

/** Everything that a fault of a template needs: the workload, its pods, and what their nodes are. */
export function templateAccesses(ref: ObjectRef): readonly Access[] {
  const pods = { group: '', resource: 'pods', namespace: ref.namespace };
  // A StatefulSet doesn't replace a pod that never got ready when its template is mended.
  const replace = ref.kind === 'StatefulSet' ? [{ verb: 'delete', ...pods }] : [];
  return [...editAccesses(ref), ...replace, { verb: 'get', group: '', resource: 'nodes' }];
}

/** True where every one of the pods is on a node that runs nothing. */
export async function allOnFakeNodes(target: KubernetesTarget, pods: readonly { readonly node: string | undefined }[]): Promise<boolean> {
  const nodes = new Set(pods.map(({ node }) => node));
  if (nodes.size === 0 || nodes.has(undefined)) return false;
  for (const node of nodes) if (!(await target.isFakeNode(node as string))) return false;
  return true;
}

/** What a workload's pods show of a changed template; its spec says whether it is changed at all. */
async function look<Params extends TemplateParams>(fault: TemplateFault<Params>, { target, before, signal }: Look<TemplateBefore>, params: Params): Promise<FaultCheck> {
  const { ref, object: workload, touches } = editedWorkload(before);
  const current = (await target.api.read(ref)) as Workload | undefined;
  if (current === undefined || patchTo(current, touches, 'after').length > 0) {
    return { symptom: 'absent', findings: [`${refText(ref)} ${current === undefined ? 'is gone' : 'has not the fault’s template'}`] };
  }
  const { name } = containerIn(workload, params.container);
  const project = (pod: KubernetesObject): TemplatePod => {
    const changed = isChanged(pod, touches);
    return { ...podSeen(pod), changed, symptom: changed ? fault.symptom(pod, params, name) : undefined };
  };
  return untilSeen<{ pods: TemplatePod }>(target.api, {
    watched: { pods: { selection: podsOf(workload), project } },
    signal,
    async judge({ pods }): Promise<Judgement> {
      const alive = pods.filter((pod) => !pod.deleting && isPodOf(workload, pod));
      const changed = alive.filter((pod) => pod.changed);
      const rollout = `${changed.length} of ${alive.length} pods are of the changed template (${touches.map(({ path }) => pathText(path)).join(', ')})`;
      if (changed.length === 0) return { symptom: 'absent', findings: [rollout, ...controllerSays(current)] };
      if (await allOnFakeNodes(target, changed)) return { symptom: 'unverifiable', findings: [rollout, `their nodes run nothing, so none can show whether they ${fault.shown}`] };
      const showing = changed.filter(({ symptom }) => symptom !== undefined);
      const findings = [rollout, `${showing.length} of them ${fault.shown}`, ...new Set(showing.map(({ symptom }) => symptom as string))];
      if (showing.length === 0) return { symptom: 'absent', findings };
      return { symptom: showing.length === changed.length ? 'present' : 'partial', findings };
    },
  });
}

/**
 * A fault on the template of a workload's pods. Its symptom is what kubelets say of pods that have the changed template; that a rollout is
 * under way is told, and never counts for it. A rolling update stops at the first pods that don't get ready, so that the others go on.
 */
export function templateFault<Params extends TemplateParams>(fault: TemplateFault<Params>): FaultOn<KubernetesTarget, Params, TemplateBefore> {
  const edits = editedObjects<Params>({
    objects: (params) => [...(fault.others?.refs(params) ?? []), workloadRef(params)],
    edit(object, params) {
      if (object.apiVersion !== 'apps/v1') return fault.others?.edit(object, params);
      const workload = object as Workload;
      refuseNoRollout(workload);
      return fault.edit(workload, params);
    },
  });
  return {
    ...edits,
    accesses: (params) => [...templateAccesses(workloadRef(params)), ...(fault.others?.accesses(params) ?? [])],
    async observe(target, params) {
      return { ...(await edits.observe(target, params)), pods: await podsIn(target, params.namespace) };
    },
    blastRadius(before) {
      const count = wantedPods(workloadOf(before));
      return { unit: 'pods', count, of: Math.max(count, before.pods), objects: takenBy(before) };
    },
    verify: (run, params) => look(fault, run, params),
    async revert(run) {
      await revertEdits(run);
      await replaceStuckPods(run);
    },
    async restored(run) {
      const lines = await notRestored(run);
      return lines.length > 0 ? { symptom: 'present', findings: lines } : atRest(run, workloadOf(run.before));
    },
  };
}

/**
 * Deletes the pods of a StatefulSet that have the fault's template and are not ready: its controller waits for them for ever, also when
 * the template is mended ("Forced rollback", kubernetes.io/docs/concepts/workloads/controllers/statefulset; kubernetes#67250).
 */
async function replaceStuckPods(run: Parameters<FaultOn<KubernetesTarget, unknown, TemplateBefore>['revert']>[0]): Promise<void> {
  const { api } = run.target;
  const { object, touches } = editedWorkload(run.before);
  if (object.kind !== 'StatefulSet') return;
  const pods = await api.list(podsOf(object), (pod) => ({ ...podSeen(pod), changed: isChanged(pod, touches) }));
  for (const pod of pods) {
    const { name, uid, changed, ready, deleting } = pod;
    if (!changed || ready || deleting || !isPodOf(object, pod)) continue;
    await run.step(`replace Pod ${name}`, () => removeExactly(api, { apiVersion: 'v1', kind: 'Pod', namespace: object.metadata.namespace, name }, uid));
  }
}
