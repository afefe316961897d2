import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { release } from '../apply/apply.ts';
import { type ApplySetId, titleOf } from '../apply/applySet.ts';
import { together } from '../apply/together.ts';
import { untilGone } from './gone.ts';
import { observeRemoval } from './observe.ts';
import { isGone, planRemoval, type Removal, type RemovalPlan } from './plan.ts';
import { type Left, leftOf } from './stuck.ts';

/** How far a removal is. */
export interface RemovalProgress {
  readonly ref: ObjectRef;
  /** `asked`: the server was told to delete it; `gone`: it is no longer there; `released`: it stays, without what podscope set. */
  readonly state: 'asked' | 'gone' | 'released';
  readonly done: number;
  readonly total: number;
}

/** Options of {@link removeApplySet}. */
export interface RemoveOptions {
  readonly onProgress?: (progress: RemovalProgress) => void;
  readonly signal?: AbortSignal | undefined;
  /** How long is waited for everything to be gone. @default 180000 */
  readonly timeoutMs?: number;
}

/** What a removal came to. Nothing is left when `left` is empty; then the book is gone too. */
export interface RemovalReceipt {
  readonly gone: readonly ObjectRef[];
  /** What was there before: it stays, and the fields that podscope set are given up. */
  readonly released: readonly ObjectRef[];
  /** What has the set's label and is somebody else's. */
  readonly leftAlone: readonly { readonly ref: ObjectRef; readonly reason: string }[];
  readonly left: readonly Left[];
}

/** Their pods are theirs: gone is gone when those are. */
const OWNING = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob']);
/** What stands on workloads may need them to go: the finalizers of a custom resource are its operator's work. */
const ON_WORKLOADS = new Set(['on top', 'admission']);
const TIMEOUT_MS = 180_000;

/**
 * Removes a set: reads what there is of it and deletes exactly that, in the reverse order of an apply, waits for all of it to be gone
 * (namespaces too), and then removes the book. What is there by the name of a member but is another object is left alone. It can be
 * interrupted anywhere and done again; where there is nothing of the set, nothing happens.
 *
 * @throws PodscopeError KUBE_NOT_OURS, KUBE_UNREACHABLE, KUBE_UNAUTHORIZED; the signal's reason. What could not be deleted is no error
 *   but left, with the reason: missing rights, finalizers.
 */
export async function removeApplySet(api: KubernetesApi, id: ApplySetId, options: RemoveOptions = {}): Promise<RemovalReceipt> {
  return carryOutRemoval(api, planRemoval(await observeRemoval(api, id)), options);
}

/** Carries out a plan of {@link planRemoval}; see {@link removeApplySet}. */
export async function carryOutRemoval(api: KubernetesApi, plan: RemovalPlan, { onProgress = () => {}, signal, timeoutMs = TIMEOUT_MS }: RemoveOptions = {}): Promise<RemovalReceipt> {
  const all = plan.stages.flatMap(({ removals }) => removals);
  const leftAlone = all.filter(({ action }) => action === 'leave').map(({ ref, reason }) => ({ ref, reason }));
  if (isGone(plan)) return { gone: [], released: [], leftAlone, left: [] };

  const deadline = AbortSignal.timeout(timeoutMs);
  const until = (limit: AbortSignal): AbortSignal => AbortSignal.any([deadline, limit, ...(signal === undefined ? [] : [signal])]);
  const gone = new Map<string, ObjectRef>();
  const released: ObjectRef[] = [];
  const total = all.filter(({ action }) => action !== 'leave').length + plan.last.length;
  const told = (ref: ObjectRef, state: RemovalProgress['state']): void => onProgress({ ref, state, done: gone.size + released.length, total });
  const onGone = (ref: ObjectRef): void => {
    if (gone.has(titleOf(ref))) return;
    gone.set(titleOf(ref), ref);
    told(ref, 'gone');
  };
  const failed = new Map<string, Left>();

  async function begin(removals: readonly Removal[]): Promise<readonly Removal[]> {
    const asked: Removal[] = [];
    const failures = await together(removals, signal, async (removal) => {
      if (removal.action === 'leave') return;
      if (removal.action === 'release') {
        await release(api, removal.ref, signal);
        released.push(removal.ref);
        told(removal.ref, 'released');
      } else if (await deleted(api, removal)) {
        asked.push(removal);
        told(removal.ref, 'asked');
      } else onGone(removal.ref);
    });
    for (const { ref, error } of failures) {
      if (!isPodscopeError(error) || error.code === 'KUBE_UNREACHABLE' || error.code === 'KUBE_UNAUTHORIZED') throw error;
      failed.set(titleOf(ref), { ref, why: [error.message] });
    }
    return asked;
  }

  const asked: Removal[] = [];
  for (const { name, removals } of plan.stages) {
    const begun = await begin(removals);
    asked.push(...begun);
    if (ON_WORKLOADS.has(name)) await untilGone(api, begun, { signal: until(AbortSignal.timeout(timeoutMs / 3)), onGone });
  }
  // What is in a namespace that goes is gone with it.
  const namespaces = new Set(asked.flatMap(({ ref }) => (ref.kind === 'Namespace' ? ref.name : [])));
  const inside = asked.filter(({ ref }) => ref.namespace !== undefined && namespaces.has(ref.namespace));
  await untilGone(api, asked.filter((each) => !inside.includes(each) && !gone.has(titleOf(each.ref))), {
    signal: until(deadline),
    onGone: (ref) => {
      for (const each of inside) if (ref.kind === 'Namespace' && each.ref.namespace === ref.name) onGone(each.ref);
      onGone(ref);
    },
  });
  signal?.throwIfAborted();

  const remaining = [...failed.values(), ...(await leftOf(api, asked.filter(({ ref }) => !gone.has(titleOf(ref)))))];
  if (remaining.length > 0) return { gone: [...gone.values()], released, leftAlone, left: remaining };
  const last = await begin(plan.last);
  await untilGone(api, last, { signal: until(deadline), onGone });
  signal?.throwIfAborted();
  return { gone: [...gone.values()], released, leftAlone, left: [...failed.values(), ...(await leftOf(api, last.filter(({ ref }) => !gone.has(titleOf(ref)))))] };
}

/** False when it is gone already, or its name belongs to another object by now. */
async function deleted(api: KubernetesApi, { ref, uid }: Removal): Promise<boolean> {
  try {
    return await api.remove(ref, { propagation: OWNING.has(ref.kind) ? 'Foreground' : 'Background', ...(uid === undefined ? {} : { uid }) });
  } catch (error) {
    // The uid is another one (409), or the kind went with its definition.
    if (isPodscopeError(error, 'KUBE_KIND_UNKNOWN')) return false;
    if (isPodscopeError(error, 'KUBE_CONFLICT') && (await api.read(ref))?.metadata.uid !== uid) return false;
    throw error;
  }
}

/** What is left for a reader, a line an object. */
export function leftLines(left: readonly Left[]): readonly string[] {
  return left.map(({ ref, why }) => `${titleOf(ref)}: ${why.join('; ')}`);
}
