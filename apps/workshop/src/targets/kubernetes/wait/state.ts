import type { KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { titleOf } from '../apply/applySet.ts';
import type { EventView } from './eventView.ts';
import { judge, type Judgement } from './judge.ts';
import type { PodView } from './podView.ts';
import { type Reason, reasonsOf, reasonText } from './reasons.ts';

/** How something that was applied is doing. */
export interface WorkloadState {
  readonly ref: ObjectRef;
  readonly state: Judgement['state'];
  /** Pods, or 1 for what has none. */
  readonly asked: number;
  readonly ready: number;
  readonly message: string;
  /** Why it isn't done; empty when it is, or when nothing is known yet. */
  readonly reasons: readonly Reason[];
}

/** Pods and warnings of the namespaces that are looked at. */
export interface Surroundings {
  readonly pods: readonly PodView[];
  readonly events: readonly EventView[];
}

/** The state of an object, or of one that isn't there. Pure; `now` in milliseconds of the epoch. */
export function stateOf(ref: ObjectRef, object: KubernetesObject | undefined, { pods, events }: Surroundings, now: number): WorkloadState {
  if (object === undefined) return { ref, state: 'waiting', asked: 1, ready: 0, message: 'it is not there', reasons: [] };
  const judged = judge(object);
  if (judged.state === 'done') return { ref, ...judged, reasons: [] };
  const reasons = reasonsOf(object, pods, events, now);
  // The claim's volume is made when a pod needs it, and that is no reason to wait for it.
  if (ref.kind === 'PersistentVolumeClaim' && events.some(({ uid, reason }) => uid === object.metadata.uid && reason === 'WaitForFirstConsumer')) {
    return { ref, state: 'done', asked: 1, ready: 1, message: 'it gets its volume when a pod needs it', reasons: [] };
  }
  return { ref, ...judged, reasons };
}

/** A state for a reader: `Deployment guestbook/frontend 1/3: 1 of 3 pods are available`, and its reasons below. */
export function stateLines({ ref, asked, ready, message, reasons }: WorkloadState): readonly string[] {
  return [`${titleOf(ref)} ${ready}/${asked}: ${message}`, ...reasons.map((reason) => `  ${reasonText(reason)}`)];
}
