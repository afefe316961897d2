import { PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';
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
  };
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

/** The annotation of what a set made itself, so that it goes when the set goes: what has it not is somebody else's, and stays. */
export function madeByNote(id: ApplySetId): Readonly<Record<string, string>> {
  return { [NOTES.madeBy]: applySetLabel(id) };
}
