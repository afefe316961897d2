import { createHash } from 'node:crypto';
import { PodscopeError } from '@podscope/core';
import type { ObjectRef, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, type ApplySetId, applySetLabel, keyOf, NOTES, refOf, titleOf } from './applySet.ts';

const MASK = '***';

/** An object as it is going to be applied. Printed or saved, it shows no values of a Secret. */
export class Manifest {
  readonly ref: ObjectRef;
  /** Of everything in it but the note of the hash itself. */
  readonly hash: string;
  readonly #object: ObjectToWrite;

  constructor(object: ObjectToWrite, hash: string) {
    this.ref = refOf(object);
    this.hash = hash;
    this.#object = object;
  }

  /** The object with everything in it. */
  reveal(): ObjectToWrite {
    return this.#object;
  }

  /** The object without the values of a Secret. */
  toJSON(): ObjectToWrite {
    return masked(this.#object);
  }
}

/** An object in which the values of a Secret are hidden, its keys not. */
export function masked<Item extends { readonly kind: string }>(object: Item): Item {
  if (object.kind !== 'Secret') return object;
  const hidden = (['data', 'stringData'] as const).flatMap((part) => {
    const values = (object as Readonly<Record<string, unknown>>)[part];
    return typeof values === 'object' && values !== null ? [[part, Object.fromEntries(Object.keys(values).map((key) => [key, MASK]))] as const] : [];
  });
  return { ...object, ...Object.fromEntries(hidden) };
}

/** JSON with sorted keys: the same object is the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

/**
 * An object as it is applied for a set: labelled as its member, with the hash of what is applied, and so that what is sent is what the
 * server keeps.
 *
 * @throws PodscopeError KUBE_MANIFEST_INVALID for an object without a name, and for one that says it is of another set.
 */
export function manifestOf(id: ApplySetId, object: ObjectToWrite): Manifest {
  const { name, labels = {}, annotations = {}, ...metadata } = object.metadata as ObjectToWrite['metadata'] & { readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  const label = applySetLabel(id);
  if (typeof name !== 'string' || name === '') throw new PodscopeError('KUBE_MANIFEST_INVALID', `A ${object.kind} has no name.`, { hint: 'Set metadata.name; generateName can’t be applied.' });
  if ((labels[APPLYSET.partOf] ?? label) !== label) {
    throw new PodscopeError('KUBE_MANIFEST_INVALID', `${titleOf(refOf(object))} is labelled as a part of another set of objects.`, { hint: `Leave the label ${APPLYSET.partOf} out: apply sets it.` });
  }
  const whole = { ...withPlainData(withClaims(object, label)), metadata: { ...metadata, name, labels: { ...labels, [APPLYSET.partOf]: label } } };
  const hash = createHash('sha256').update(canonical({ ...whole, annotations })).digest('base64url').slice(0, 32);
  return new Manifest({ ...whole, metadata: { ...whole.metadata, annotations: { ...annotations, [NOTES.applied]: hash } } }, hash);
}

/** An object that is applied and yet no member: a namespace that was there before, which stays when the set goes. */
export function withoutMembership(manifest: Manifest): Manifest {
  const object = manifest.reveal();
  const { [APPLYSET.partOf]: _membership, ...labels } = object.metadata['labels'] as Readonly<Record<string, string>>;
  return new Manifest({ ...object, metadata: { ...object.metadata, labels } }, manifest.hash);
}

/** `stringData` is only ever written: what the server keeps, and owns by field, is `data`. */
function withPlainData(object: ObjectToWrite): ObjectToWrite {
  const { stringData, ...rest } = object;
  if (object.kind !== 'Secret' || typeof stringData !== 'object' || stringData === null) return object;
  const encoded = Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, Buffer.from(String(value), 'utf8').toString('base64')]));
  return { ...rest, metadata: object.metadata, apiVersion: object.apiVersion, kind: object.kind, data: { ...(rest['data'] as object | undefined), ...encoded } };
}

/** A StatefulSet's claims outlive it, and are of no set: a label of ours finds them when the set is removed. */
function withClaims(object: ObjectToWrite, label: string): ObjectToWrite {
  const { spec } = object as { readonly spec?: { readonly volumeClaimTemplates?: readonly { readonly metadata?: { readonly labels?: object } }[] } };
  if (object.kind !== 'StatefulSet' || spec?.volumeClaimTemplates === undefined) return object;
  const volumeClaimTemplates = spec.volumeClaimTemplates.map((claim) => ({ ...claim, metadata: { ...claim.metadata, labels: { ...claim.metadata?.labels, [NOTES.claimOf]: label } } }));
  return { ...object, spec: { ...spec, volumeClaimTemplates } };
}

/**
 * Objects as they are applied for a set.
 *
 * @throws PodscopeError KUBE_MANIFEST_INVALID also where the same object is there twice.
 */
export function manifestsOf(id: ApplySetId, objects: readonly ObjectToWrite[]): readonly Manifest[] {
  const manifests = objects.map((object) => manifestOf(id, object));
  const seen = new Set<string>();
  for (const { ref } of manifests) {
    if (seen.has(keyOf(ref))) throw new PodscopeError('KUBE_MANIFEST_INVALID', `${titleOf(ref)} is there twice.`, { hint: 'An object is applied once: take one of the two out.' });
    seen.add(keyOf(ref));
  }
  return manifests;
}
