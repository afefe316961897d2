import { PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { packageVersion } from '../../embedded/entry.ts';
import { APPLYSET, type ApplySetId, applySetLabel, type Book, BOOK_MANAGER, bookRef, FIELD_MANAGER, NOTES, titleOf } from './applySet.ts';

const textList = (text: string | undefined): readonly string[] => (text ?? '').split(',').filter((part) => part !== '');

/** Sorted, each once. */
export function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort();
}

/**
 * What an object says as the book of a set.
 *
 * @throws PodscopeError KUBE_NOT_OURS for an object that is no book, or one that another tool keeps: kubectl refuses those too
 *   (`fetchParent` in `k8s.io/kubectl/pkg/cmd/apply/applyset.go`).
 */
export function bookOf(id: ApplySetId, object: KubernetesObject): Book {
  const { labels = {}, annotations = {}, uid = '' } = object.metadata;
  const tool = annotations[APPLYSET.tooling]?.split('/')[0];
  if (labels[APPLYSET.id] !== applySetLabel(id) || tool !== FIELD_MANAGER) {
    throw new PodscopeError('KUBE_NOT_OURS', `${titleOf(bookRef(id))} is there, and ${tool === undefined ? 'is no book of applied objects' : `${tool} keeps it, not ${FIELD_MANAGER}`}.`, {
      hint: 'Choose another name for the set, or another namespace.',
    });
  }
  return {
    uid,
    groupKinds: union(textList(annotations[APPLYSET.groupKinds])),
    namespaces: union(textList(annotations[APPLYSET.namespaces]), [id.namespace]),
    outside: refsIn(annotations[NOTES.outside]),
  };
}

function refsIn(text: string | undefined): readonly ObjectRef[] {
  return text === undefined ? [] : (JSON.parse(text) as readonly ObjectRef[]);
}

/** Which kinds and namespaces a book names. */
export type Scope = Pick<Book, 'groupKinds' | 'namespaces'>;

/** Writes kinds and namespaces of a set, in the words of the ApplySet specification; its namespace has to be there. */
export async function writeBook(api: KubernetesApi, id: ApplySetId, { groupKinds, namespaces }: Scope, signal?: AbortSignal): Promise<void> {
  const { apiVersion, kind, name, namespace } = bookRef(id);
  const annotations = {
    [APPLYSET.tooling]: `${FIELD_MANAGER}/${packageVersion()}`,
    [APPLYSET.groupKinds]: union(groupKinds).join(','),
    [APPLYSET.namespaces]: union(namespaces).filter((each) => each !== id.namespace).join(','),
  };
  // By force, as kubectl does: nobody else has a say in it.
  await api.apply({ apiVersion, kind, metadata: { name, namespace, labels: { [APPLYSET.id]: applySetLabel(id) }, annotations } }, { fieldManager: BOOK_MANAGER, force: true, signal });
}

/**
 * Notes objects that are about to be made outside of an apply, so that they go when the set goes. They have to carry
 * {@link madeByNote}: what has not is somebody else's, and stays. The set has to be there.
 *
 * @throws PodscopeError KUBE_NOT_OURS, KUBE_NOT_FOUND without a book; what the API throws.
 */
export async function noteOutside(api: KubernetesApi, id: ApplySetId, refs: readonly ObjectRef[], signal?: AbortSignal): Promise<void> {
  const object = await api.read(bookRef(id));
  if (object === undefined) throw new PodscopeError('KUBE_NOT_FOUND', `${titleOf(bookRef(id))} is not there, and keeps the book of what is made.`, { hint: 'Apply first.' });
  const byText = new Map([...bookOf(id, object).outside, ...refs].map((ref) => [JSON.stringify([ref.apiVersion, ref.kind, ref.namespace, ref.name]), ref]));
  const { apiVersion, kind, name, namespace } = bookRef(id);
  await api.apply({ apiVersion, kind, metadata: { name, namespace, annotations: { [NOTES.outside]: JSON.stringify([...byText.values()]) } } }, { fieldManager: `${FIELD_MANAGER}-outside`, force: true, signal });
}

/** The annotation of what a set made outside of an apply. */
export function madeByNote(id: ApplySetId): Readonly<Record<string, string>> {
  return { [NOTES.madeBy]: applySetLabel(id) };
}
