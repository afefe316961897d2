import type { KubernetesApi, KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';

/** What is still there, and why. */
export interface Left {
  readonly ref: ObjectRef;
  /** One line each: finalizers, and of a namespace what the server says is left in it. */
  readonly why: readonly string[];
}

interface Ending extends KubernetesObject {
  readonly spec?: { readonly finalizers?: readonly string[] };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[] };
}

/**
 * Conditions of a namespace that is being deleted, from `k8s.io/api/core/v1`: what is left in it, the finalizers of that, and what
 * keeps the server from deleting it.
 */
const TELLING = new Set(['NamespaceContentRemaining', 'NamespaceFinalizersRemaining', 'NamespaceDeletionContentFailure', 'NamespaceDeletionDiscoveryFailure', 'NamespaceDeletionGroupVersionParsingFailure']);

/** Why an object that is being deleted is still there, as far as the object says. */
export function whyLeft(object: KubernetesObject): readonly string[] {
  const { metadata: { finalizers = [], deletionTimestamp, ownerReferences = [] }, spec, status } = object as Ending;
  if (deletionTimestamp === undefined) return ['it is not being deleted'];
  const said = (status?.conditions ?? []).filter(({ type, status: holds }) => object.kind === 'Namespace' && holds === 'True' && TELLING.has(type)).map(({ message = '' }) => message);
  const waiting = finalizers.filter((finalizer) => finalizer !== 'foregroundDeletion');
  return [
    ...(waiting.length === 0 ? [] : [`it waits for the finalizer${waiting.length === 1 ? '' : 's'} ${waiting.join(', ')}`]),
    ...(finalizers.includes('foregroundDeletion') ? ['it waits for what it owns to be gone'] : []),
    ...said,
    ...(said.length === 0 && object.kind === 'Namespace' && (spec?.finalizers ?? []).length > 0 ? [`the server has not emptied it yet (${spec?.finalizers?.join(', ')})`] : []),
    ...(finalizers.length === 0 && object.kind !== 'Namespace' && ownerReferences.length === 0 ? ['it ends within its grace period'] : []),
  ];
}

/** What there still is of these objects, the same ones and not new ones by their names. */
export async function leftOf(api: KubernetesApi, refs: readonly { readonly ref: ObjectRef; readonly uid?: string | undefined }[]): Promise<readonly Left[]> {
  const found = await Promise.all(
    refs.map(async ({ ref, uid }): Promise<readonly Left[]> => {
      const object = await api.read(ref);
      return object === undefined || (uid !== undefined && object.metadata.uid !== uid) ? [] : [{ ref, why: whyLeft(object) }];
    }),
  );
  return found.flat();
}
