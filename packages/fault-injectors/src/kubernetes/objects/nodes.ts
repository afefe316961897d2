import type { FaultCheck } from '../../definition/check.ts';
import type { Access, KubernetesObject, ObjectRef } from '../api/types.ts';
import { RESTORED, watchOne } from './atRest.ts';
import { type EditedBefore, editedObjects, type EditsOf, notRestored } from './editedObjects.ts';
import type { Look } from './look.ts';
import { unfit } from './refs.ts';
import { type Judgement, untilSeen } from './untilSeen.ts';
import { objectName } from './workloads.ts';

/** A node, as far as faults look at it. */
export interface Node extends KubernetesObject {
  readonly spec: { readonly unschedulable?: boolean; readonly taints?: readonly { readonly key: string; readonly effect: string }[] };
}

/** The parameter that names a node. */
export const nodeParam = () => objectName().describe('The node.');

/** The node that parameters name. */
export function nodeRef({ node }: { readonly node: string }): ObjectRef {
  return { apiVersion: 'v1', kind: 'Node', name: node };
}

/** What the node lifecycle controller writes beside `spec.unschedulable`, and takes away again (k8s.io/api/core/v1/well_known_taints.go). */
const TAINT = 'node.kubernetes.io/unschedulable';
const hasTaint = ({ spec }: Node): boolean => (spec.taints ?? []).some(({ key }) => key === TAINT);

/** Cordoning a node, as `kubectl cordon` does. */
export const cordon: EditsOf<{ readonly node: string }> = editedObjects({
  objects: (params) => [nodeRef(params)],
  edit(object) {
    const node = object as Node;
    if (node.spec.unschedulable === true) throw unfit(`Node ${node.metadata.name} is cordoned already.`, 'Somebody else did that: choose another node.');
    return { ...node, spec: { ...node.spec, unschedulable: true } };
  },
});

/** Cordoning a node, and counting all of them. */
export function cordonAccesses({ node }: { readonly node: string }): readonly Access[] {
  const nodes = { group: '', resource: 'nodes' };
  return [{ verb: 'get', ...nodes, name: node }, { verb: 'patch', ...nodes, name: node }, ...['list', 'watch'].map((verb) => ({ verb, ...nodes }))];
}

/** Whether the scheduler leaves a node out. */
export function judgeCordoned(node: Node | undefined): Judgement {
  if (node === undefined) return { symptom: 'absent', findings: ['the node is gone'], wait: false };
  const [unschedulable, taint] = [node.spec.unschedulable === true, hasTaint(node)];
  const findings = [`${node.metadata.name} is ${unschedulable ? 'unschedulable' : 'schedulable'}, ${taint ? 'with' : 'without'} the taint ${TAINT}`];
  if (!unschedulable) return { symptom: 'absent', findings, wait: false };
  return { symptom: taint ? 'present' : 'partial', findings };
}

/** Waits until a node is cordoned, for the scheduler too. */
export function untilCordoned({ target, signal }: Look<unknown>, params: { readonly node: string }): Promise<FaultCheck> {
  return untilSeen<{ node: Node }>(target.api, { watched: { node: watchOne<Node>(nodeRef(params)) }, signal, judge: ({ node: [node] }) => judgeCordoned(node) });
}

/** Waits until a node takes pods again. */
export async function untilUncordoned(run: Look<EditedBefore>, params: { readonly node: string }): Promise<FaultCheck> {
  const lines = await notRestored(run);
  if (lines.length > 0) return { symptom: 'present', findings: lines };
  return untilSeen<{ node: Node }>(run.target.api, {
    watched: { node: watchOne<Node>(nodeRef(params)) },
    signal: run.signal,
    final: RESTORED,
    judge: ({ node: [node] }) => {
      if (node === undefined || node.metadata.uid !== run.before.edited[0]?.object.metadata.uid) return { symptom: 'absent', findings: [`node ${params.node} is gone, or was made anew`] };
      return { symptom: hasTaint(node) ? 'partial' : 'absent', findings: [`${params.node} is schedulable, ${hasTaint(node) ? 'with' : 'without'} the taint ${TAINT}`] };
    },
  });
}
