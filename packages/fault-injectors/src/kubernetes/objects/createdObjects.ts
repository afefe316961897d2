import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { FaultChange, FaultRun, JsonValue } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { KubernetesObject, ObjectToWrite } from '../api/types.ts';
import type { Look } from './look.ts';
import { FAULT_MANAGER } from './ownership.ts';
import { refText } from './refs.ts';
import { removeExactly } from './removeExactly.ts';

/** Objects that a fault makes carry its id in this label. */
export const FAULT_LABEL = 'podscope.dev/fault';

/** The name of an object that a fault makes: the same for the same fault, and nobody else's. */
export function createdName(id: string, part?: string): string {
  return `podscope-fault-${id}${part === undefined ? '' : `-${part}`}`;
}

/** An object with the fault's label. */
export function labelled(id: string, object: ObjectToWrite): ObjectToWrite {
  const { labels = {}, ...metadata } = object.metadata as ObjectToWrite['metadata'] & { readonly labels?: Record<string, string> };
  return { ...object, metadata: { ...metadata, labels: { ...labels, [FAULT_LABEL]: id } } };
}

const refOf = ({ apiVersion, kind, metadata: { namespace, name } }: ObjectToWrite) => ({ apiVersion, kind, namespace, name });
const isOf = (id: string, object: KubernetesObject): boolean => object.metadata.labels?.[FAULT_LABEL] === id;

/** Makes objects, each once, also when it is asked again after half of it. @throws PodscopeError FAULT_TARGET_CHANGED where somebody else's has the name */
export async function createObjects<Before>(run: FaultRun<KubernetesTarget, Before>, objects: readonly ObjectToWrite[]): Promise<void> {
  const { api } = run.target;
  for (const object of objects) {
    await run.step(`create ${refText(refOf(object))}`, async () => {
      try {
        await api.create(labelled(run.id, object), { fieldManager: FAULT_MANAGER, signal: run.signal });
      } catch (error) {
        if (!isPodscopeError(error, 'KUBE_CONFLICT')) throw error;
        const there = await api.read(refOf(object));
        if (there === undefined || !isOf(run.id, there)) throw new PodscopeError('FAULT_TARGET_CHANGED', `${refText(refOf(object))} is somebody else's.`, { hint: 'Delete or rename it, and try again.', cause: error });
      }
    });
  }
}

/** Deletes what {@link createObjects} made, by name, label and uid: never an object of that name that somebody else made. */
export async function removeCreated<Before>(run: FaultRun<KubernetesTarget, Before>, objects: readonly ObjectToWrite[], options: { readonly gracePeriodSeconds?: number } = {}): Promise<void> {
  const { api } = run.target;
  for (const object of [...objects].reverse()) {
    const there = await api.read(refOf(object));
    if (there === undefined || !isOf(run.id, there) || there.metadata.uid === undefined || there.metadata.deletionTimestamp !== undefined) continue;
    const { uid } = there.metadata;
    await run.step(`delete ${refText(refOf(object))}`, () => removeExactly(api, refOf(object), uid, options));
  }
}

/** Those that are still there, as people name them. */
export async function createdLeft(run: Look<unknown>, objects: readonly ObjectToWrite[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (const object of objects) {
    const there = await run.target.api.read(refOf(object));
    if (there !== undefined && isOf(run.id, there)) left.push(refText(refOf(object)));
  }
  return left;
}

/** Stands in plans for the id of the fault, which it has when it is injected. */
export const PLANNED_ID = '<id>';

/** What a plan says of an object that is made, as it is for {@link PLANNED_ID}. */
export function creation({ kind, metadata: { namespace, name }, spec }: ObjectToWrite, reason: string): FaultChange {
  return { kind, name: namespace === undefined ? name : `${namespace}/${name}`, action: 'create', reason, desired: (spec ?? null) as JsonValue };
}

/** What {@link createdObjects} is told: the objects for a fault's id; pure, so that a revert knows them again. */
export type ObjectsMade<Params, Before> = (id: string, params: Params, before: Before) => readonly ObjectToWrite[];

/** The parts of a fault that makes objects and changes none: it has nothing that a revert could trample on. */
export function createdObjects<Params, Before>(objects: ObjectsMade<Params, Before>): {
  inject(run: FaultRun<KubernetesTarget, Before>, params: Params): Promise<void>;
  changedSince(): Promise<readonly string[]>;
  revert(run: FaultRun<KubernetesTarget, Before>, params: Params): Promise<void>;
  /** Those of them that are still there. */
  left(run: Look<Before>, params: Params): Promise<readonly string[]>;
} {
  return {
    inject: (run, params) => createObjects(run, objects(run.id, params, run.before)),
    changedSince: async () => [],
    revert: (run, params) => removeCreated(run, objects(run.id, params, run.before)),
    left: (run, params) => createdLeft(run, objects(run.id, params, run.before)),
  };
}
