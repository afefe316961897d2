import { PodscopeError } from '@podscope/core';
import type { FaultChange, FaultOn, FaultRun, JsonValue, TakenObject } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { KubernetesObject, ObjectRef } from '../api/types.ts';
import { guardedPatch } from './guardedPatch.ts';
import type { Look } from './look.ts';
import { returnedOwnership } from './ownership.ts';
import { readNeeded, refText, unfit } from './refs.ts';
import { foreignChanges, patchTo } from './touchPatch.ts';
import { pathText, type Touch, touchesBetween, valueText } from './touches.ts';
import type { Workload } from './workloads.ts';

/** One object that a fault edits. */
export interface EditedObject {
  readonly ref: ObjectRef;
  /** The whole object as it was, with its managed fields. */
  readonly object: KubernetesObject;
  /** What the fault changes of it. */
  readonly touches: readonly Touch[];
}

/** What {@link editedObjects} stores from before. A fault may store more beside it. */
export interface EditedBefore {
  readonly edited: readonly EditedObject[];
}

/** Which objects, and what is changed of them. */
export interface ObjectEdits<Params> {
  objects(params: Params): readonly ObjectRef[];
  /**
   * The object as the fault wants it. Pure; gets and gives plain JSON and changes nothing in place. Values are to be as the server stores
   * them (defaults filled in, quantities in their shortest form): what is read back is compared with them.
   *
   * @throws PodscopeError FAULT_TARGET_UNFIT when the object can't take the fault
   */
  edit(object: KubernetesObject, params: Params): unknown;
}

/** The parts of a fault that editing objects settles; what is left to its author is how much it touches and how its symptom is seen. */
export type EditsOf<Params> = Required<Pick<FaultOn<KubernetesTarget, Params, EditedBefore>, 'observe' | 'plan' | 'inject' | 'changedSince' | 'revert'>>;

function changeOf({ ref, touches }: EditedObject): FaultChange {
  const desired = Object.fromEntries(touches.map(({ path, after = null }) => [pathText(path), valueText(path, after) === '(not shown)' ? '(not shown)' : after])) as Record<string, JsonValue>;
  return {
    kind: ref.kind,
    name: ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`,
    action: 'update',
    reason: touches.map(({ path, before, after }) => `${pathText(path)} ${valueText(path, before)} → ${valueText(path, after)}`).join(', '),
    desired,
  };
}

/** One line for each place that somebody else changed, of each object: also for one that is gone or was made anew. */
async function changedSince({ target, before }: Look<EditedBefore>): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { ref, object, touches } of before.edited) {
    const current = await target.api.read(ref);
    if (current === undefined) lines.push(`${refText(ref)} was deleted`);
    else if (current.metadata.uid !== object.metadata.uid) lines.push(`${refText(ref)} was deleted and made anew`);
    else lines.push(...foreignChanges(current, touches).map((line) => `${refText(ref)}: ${line}`));
  }
  return lines;
}

/** Writes the fault's values, unless somebody has changed one of the places since they were looked at. */
export async function injectEdits(run: FaultRun<KubernetesTarget, EditedBefore>): Promise<void> {
  const { target, before, signal } = run;
  for (const { ref, object, touches } of before.edited) {
    const patched = await run.step(`edit ${refText(ref)}`, () =>
      guardedPatch(target.api, ref, object.metadata.uid ?? '', (current) => {
        const foreign = foreignChanges(current, touches);
        if (foreign.length > 0) throw new PodscopeError('FAULT_TARGET_CHANGED', `${refText(ref)} was changed while the fault was being injected.`, { hint: 'Try again when nobody else is at work on it.', details: foreign });
        return patchTo(current, touches, 'after');
      }, signal));
    if (patched === undefined) throw new PodscopeError('FAULT_TARGET_CHANGED', `${refText(ref)} was deleted while the fault was being injected.`, { hint: 'Try again when nobody else is at work on it.' });
  }
}

/**
 * Gives the touched places their values from before, then the fields to those who owned them. What others changed elsewhere stays. In the
 * order of the injection: a configuration is right again before the pods that read it are replaced.
 */
export async function revertEdits(run: FaultRun<KubernetesTarget, EditedBefore>): Promise<void> {
  const { target, before, signal } = run;
  for (const { ref, object, touches } of before.edited) {
    const uid = object.metadata.uid ?? '';
    const restored = await run.step(`restore ${refText(ref)}`, () => guardedPatch(target.api, ref, uid, (current) => patchTo(current, touches, 'before'), signal));
    if (restored === undefined || returnedOwnership(object, restored) === undefined) continue;
    await run.step(`return the fields of ${refText(ref)}`, () =>
      guardedPatch(target.api, ref, uid, (current) => {
        const owners = returnedOwnership(object, current);
        return owners === undefined ? [] : [{ op: 'replace', path: '/metadata/managedFields', value: owners }];
      }, signal));
  }
}

/**
 * A fault that edits objects: keeps each whole, changes exactly the places that `edit` changes, and gives exactly those back, with the
 * ownership of their fields, so that a later `kubectl apply --server-side` of their owner meets no conflict.
 */
export function editedObjects<Params>({ objects, edit }: ObjectEdits<Params>): EditsOf<Params> {
  return {
    async observe(target, params) {
      const edited: EditedObject[] = [];
      for (const ref of objects(params)) {
        const object = await readNeeded(target.api, ref);
        const touches = touchesBetween(object, edit(object, params));
        if (touches.length === 0) throw unfit(`${refText(ref)} is already as the fault would make it.`, 'Choose other parameters: there would be nothing to see and nothing to restore.');
        edited.push({ ref, object, touches });
      }
      return { edited };
    },
    plan: ({ edited }) => ({ changes: edited.map(changeOf) }),
    inject: injectEdits,
    changedSince,
    revert: revertEdits,
  };
}

/** The workload among the edited objects. */
export function editedWorkload({ edited }: EditedBefore): EditedObject & { readonly object: Workload } {
  const found = edited.find(({ ref }) => ref.apiVersion === 'apps/v1');
  if (found === undefined) throw new Error('The state from before names no workload.');
  return found as EditedObject & { readonly object: Workload };
}

/** Its object. */
export function workloadOf(before: EditedBefore): Workload {
  return editedWorkload(before).object;
}

/** The edited objects, with what is changed of each. */
export function takenBy({ edited }: EditedBefore): readonly TakenObject[] {
  return edited.map(({ ref, touches }) => ({ ...ref, paths: touches.map(({ path }) => pathText(path)) }));
}

/** The edits that are not as they were: one line each. Part of what `restored` looks at. */
export async function notRestored(run: Look<EditedBefore>): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { ref, object, touches } of run.before.edited) {
    const current = await run.target.api.read(ref);
    if (current?.metadata.uid !== object.metadata.uid || current === undefined) continue;
    for (const { path } of patchTo(current, touches, 'before')) lines.push(`${refText(ref)}: ${path} is not as before`);
  }
  return lines;
}
