import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { type ApplySetId, groupKindOf, NOTES, titleOf } from '../apply/applySet.ts';
import type { Blocked } from '../apply/blocked.ts';
import { masked } from '../apply/manifest.ts';
import { observeApplySet } from '../apply/observe.ts';
import { type ApplyAction, type ApplyChange, type ApplyPlan, planApply, type PlanOptions } from '../apply/plan.ts';
import { throwFailures, together } from '../apply/together.ts';
import { isUnjudged } from '../apply/unjudged.ts';
import { type ValueChange, valueChanges } from './changes.ts';
import { hideValues } from './secrets.ts';

/** What an apply would do with one object. */
export interface ObjectDiff {
  readonly ref: ObjectRef;
  readonly action: Exclude<ApplyAction, 'unchanged' | 'leave'>;
  readonly source?: string | undefined;
  /** What the server would have after it against what it has, with the defaults that it fills in. Values of Secrets are hidden. */
  readonly changes: readonly ValueChange[];
  /** What would be made, without values of Secrets; only of a `create`. */
  readonly object?: ObjectToWrite;
  /** The other managers whose fields would be taken, and that only by force. */
  readonly conflicts: readonly { readonly path: string; readonly managers: readonly string[] }[];
}

/** What an apply would change; objects that stay as they are aren't in it. */
export interface ApplyDiff {
  readonly objects: readonly ObjectDiff[];
  readonly blocked: readonly Blocked[];
}

/** Options of {@link diffObjects}. */
export interface DiffOptions extends PlanOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares what a cluster has with what it would have after an apply, as the server itself says in a dry run: nothing is written.
 * Only objects that an apply would change are asked about.
 *
 * @throws PodscopeError as `applyObjects` does before it writes, but for conflicts, which are told.
 */
export async function diffObjects(api: KubernetesApi, id: ApplySetId, objects: readonly ObjectToWrite[], options: DiffOptions = {}): Promise<ApplyDiff> {
  const observed = await observeApplySet(api, id, objects);
  const plan = planApply(observed, objects, options);
  return { objects: await diffsOf(api, plan, observed.live, options.signal), blocked: plan.blocked };
}

async function diffsOf(api: KubernetesApi, plan: ApplyPlan, live: Readonly<Record<string, KubernetesObject>>, signal: AbortSignal | undefined): Promise<readonly ObjectDiff[]> {
  const blocked = new Set(plan.blocked.map(({ ref }) => titleOf(ref)));
  const byUid = new Map(Object.values(live).map((object) => [object.metadata.uid, object]));
  const concerned = plan.changes.filter(({ action, ref }) => action !== 'unchanged' && action !== 'leave' && !blocked.has(titleOf(ref)));
  const diffs = new Map<ApplyChange, ObjectDiff>();
  const failures = await together(concerned, signal, async (change) => {
    const { ref, action, source, lost, manifest } = change;
    const common = { ref, action: action as ObjectDiff['action'], ...(source === undefined ? {} : { source }), conflicts: lost.filter(({ managers }) => managers.length > 0) };
    if (action === 'create' && manifest !== undefined) {
      await tried(api, plan, ref, manifest.reveal(), signal);
      diffs.set(change, { ...common, changes: [], object: masked(manifest.reveal()) });
    } else if (action === 'update' && manifest !== undefined) {
      const { object } = await api.apply(manifest.reveal(), { dryRun: true, force: true, signal });
      const [before, after] = hideValues(shown(byUid.get(change.uid)), shown(object));
      diffs.set(change, { ...common, changes: valueChanges(before, after) });
    } else diffs.set(change, { ...common, changes: [] });
  });
  throwFailures(failures, 'Nothing was written.');
  // What only its own notes would change stays as it is for a reader.
  return concerned.flatMap((change) => diffs.get(change) ?? []).filter(({ action, changes, conflicts }) => action !== 'update' || changes.length > 0 || conflicts.length > 0);
}

/** Whether the server would take a new object, as far as it can say: without its namespace or its definition it can't. */
async function tried(api: KubernetesApi, plan: ApplyPlan, ref: ObjectRef, object: ObjectToWrite, signal: AbortSignal | undefined): Promise<void> {
  if (plan.defined.includes(groupKindOf(ref))) return;
  try {
    await api.create(object, { dryRun: true, signal });
  } catch (error) {
    const early = isPodscopeError(error, 'KUBE_NOT_FOUND') && ref.namespace !== undefined && plan.namespaces[ref.namespace] === 'missing';
    if (!early && !isUnjudged(error, ref)) throw error;
  }
}

/** An object without what says nothing to a reader of a diff: what the server writes by itself with every change, and our own note. */
function shown(object: KubernetesObject | undefined): KubernetesObject | undefined {
  if (object === undefined) return undefined;
  const { status: _status, ...rest } = object;
  const { managedFields: _fields, resourceVersion: _version, uid: _uid, generation: _generation, creationTimestamp: _created, ...metadata } = object.metadata;
  const { [NOTES.applied]: _applied, ...annotations } = metadata.annotations ?? {};
  return { ...rest, metadata: { ...metadata, annotations } } as KubernetesObject;
}
