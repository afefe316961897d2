import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, type ApplySetId, applySetLabel, type Book, bookRef, groupKindOf, keyOf, NOTES, refOf } from './applySet.ts';
import { bookOf, union } from './book.ts';

/** A kind as the server has it. */
export interface ObservedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** A namespace that is concerned. `unknown`: it may not be read, and is taken to be there. */
export type NamespaceState = 'missing' | 'live' | 'ending' | 'unknown';

/** What a cluster has of a set, and of what is to be applied. */
export interface ObservedSet {
  readonly id: ApplySetId;
  /** The label of members. */
  readonly label: string;
  /** Undefined before the first apply. */
  readonly book: Book | undefined;
  /** By `<apiVersion> <kind>`, of what is to be applied; undefined where the server has no such kind. */
  readonly kinds: Readonly<Record<string, ObservedKind | undefined>>;
  readonly namespaces: Readonly<Record<string, NamespaceState>>;
  /** By {@link keyOf}: the set's members, what is to be applied, and the namespaces. With what Secrets hold. */
  readonly live: Readonly<Record<string, KubernetesObject>>;
}

/** Whether an object is a member of a set. */
export function isMember(object: KubernetesObject, label: string): boolean {
  return object.metadata.labels?.[APPLYSET.partOf] === label;
}

/** Whether a set made an object that would otherwise stay. */
export function isMadeBy(object: KubernetesObject, label: string): boolean {
  return object.metadata.annotations?.[NOTES.madeBy] === label;
}

/** The name of a kind in {@link ObservedSet.kinds}. */
export function kindKey({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${apiVersion} ${kind}`;
}

/**
 * Reads what a cluster has of a set and of what is to be applied: the book, one list a kind, and single objects only where one that is
 * wanted is in no list. Nothing is listed before the first apply.
 *
 * @throws PodscopeError KUBE_NOT_OURS where another tool keeps the set's book; what the API throws.
 */
export async function observeApplySet(api: KubernetesApi, id: ApplySetId, objects: readonly ObjectToWrite[] = []): Promise<ObservedSet> {
  const label = applySetLabel(id);
  const wanted = objects.map(refOf);
  const [bookObject, kinds, ofLabel] = await Promise.all([api.read(bookRef(id)), kindsOf(api, wanted), namespacesOfLabel(api, label)]);
  const book = bookObject === undefined ? undefined : bookOf(id, bookObject);
  const names = union([id.namespace], book?.namespaces ?? [], wanted.flatMap((ref) => (ref.kind === 'Namespace' ? ref.name : (ref.namespace ?? []))), ofLabel.map(({ metadata }) => metadata.name));
  const [namespaces, members] = await Promise.all([readNamespaces(api, names, ofLabel), book === undefined ? [] : membersOf(api, label, book, wanted)]);

  const live = new Map([...members, ...namespaces.objects].map((object) => [keyOf(refOf(object)), object]));
  const unseen = wanted.filter((ref) => ref.kind !== 'Namespace' && !live.has(keyOf(ref)) && kinds[kindKey(ref)] !== undefined && (ref.namespace === undefined || namespaces.states[ref.namespace] !== 'missing'));
  for (const object of await Promise.all(unseen.filter((ref) => (ref.namespace !== undefined) === kinds[kindKey(ref)]?.namespaced).map((ref) => api.read(ref)))) {
    if (object !== undefined) live.set(keyOf(refOf(object)), object);
  }
  return { id, label, book, kinds, namespaces: namespaces.states, live: Object.fromEntries(live) };
}

async function kindsOf(api: KubernetesApi, refs: readonly ObjectRef[]): Promise<ObservedSet['kinds']> {
  const distinct = new Map(refs.map((ref) => [kindKey(ref), { apiVersion: ref.apiVersion, kind: ref.kind }]));
  return Object.fromEntries(
    await Promise.all(
      [...distinct].map(async ([key, kind]) => {
        const found = await api.resourceOf(kind);
        return [key, found === undefined ? undefined : { ...kind, namespaced: found.namespaced }] as const;
      }),
    ),
  );
}

/** Namespaces that are members: they are found without a book too, when making it was interrupted. */
async function namespacesOfLabel(api: KubernetesApi, label: string): Promise<readonly KubernetesObject[]> {
  return (await allowed(api.list({ apiVersion: 'v1', kind: 'Namespace', labelSelector: `${APPLYSET.partOf}=${label}` }))) ?? [];
}

async function readNamespaces(api: KubernetesApi, names: readonly string[], known: readonly KubernetesObject[]): Promise<{ readonly objects: readonly KubernetesObject[]; readonly states: ObservedSet['namespaces'] }> {
  const read = await Promise.all(
    names.map(async (name) => {
      try {
        return { name, object: known.find(({ metadata }) => metadata.name === name) ?? (await api.read({ apiVersion: 'v1', kind: 'Namespace', name })) };
      } catch (error) {
        if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return { name, object: 'unknown' } as const;
        throw error;
      }
    }),
  );
  const stateOf = (object: KubernetesObject | 'unknown' | undefined): NamespaceState => (object === undefined ? 'missing' : object === 'unknown' ? object : object.metadata.deletionTimestamp === undefined ? 'live' : 'ending');
  return { states: Object.fromEntries(read.map(({ name, object }) => [name, stateOf(object)])), objects: read.flatMap(({ object }) => (object === undefined || object === 'unknown' ? [] : object)) };
}

/** The result, or undefined where the user may not see it. */
async function allowed<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return undefined;
    throw error;
  }
}

/**
 * All members of a set, of the kinds and in the namespaces that its book names. Members elsewhere are none: the specification has the
 * book's word count.
 */
async function membersOf(api: KubernetesApi, label: string, book: Book, wanted: readonly ObjectRef[]): Promise<readonly KubernetesObject[]> {
  const versions = new Map(wanted.map((ref) => [groupKindOf(ref), ref.apiVersion]));
  const lists = book.groupKinds.map(async (groupKind) => {
    const kind = await servedKind(api, groupKind, versions.get(groupKind));
    // A custom resource whose definition is gone has no objects.
    return kind === undefined || groupKind === 'Namespace' ? [] : listMembers(api, kind, `${APPLYSET.partOf}=${label}`, book.namespaces);
  });
  return (await Promise.all(lists)).flat();
}

/** A kind of a book, in the version that is wanted or else the one that the server prefers. */
export async function servedKind(api: KubernetesApi, groupKind: string, version?: string): Promise<ObservedKind | undefined> {
  const dot = groupKind.indexOf('.');
  const [kind, group] = dot === -1 ? [groupKind, ''] : [groupKind.slice(0, dot), groupKind.slice(dot + 1)];
  const apiVersion = version ?? (group === '' ? 'v1' : await preferredVersion(api, group));
  if (apiVersion === undefined) return undefined;
  const found = await api.resourceOf({ apiVersion, kind });
  return found === undefined ? undefined : { apiVersion, kind, namespaced: found.namespaced };
}

async function preferredVersion(api: KubernetesApi, group: string): Promise<string | undefined> {
  const { status, body } = await api.request({ path: `/apis/${encodeURIComponent(group)}` });
  return status === 200 ? (body as { readonly preferredVersion?: { readonly groupVersion: string } }).preferredVersion?.groupVersion : undefined;
}

/** Objects of a kind with a label: one list of all namespaces, or one each where that is not allowed. */
export async function listMembers(api: KubernetesApi, { apiVersion, kind, namespaced }: ObservedKind, labelSelector: string, namespaces: readonly string[]): Promise<readonly KubernetesObject[]> {
  const [only, ...more] = namespaces;
  if (!namespaced) return api.list({ apiVersion, kind, labelSelector });
  if (only !== undefined && more.length === 0) return api.list({ apiVersion, kind, labelSelector, namespace: only });
  const everywhere = await allowed(api.list({ apiVersion, kind, labelSelector }));
  if (everywhere !== undefined) return everywhere.filter(({ metadata }) => namespaces.includes(metadata.namespace ?? ''));
  return (await Promise.all(namespaces.map((namespace) => api.list({ apiVersion, kind, labelSelector, namespace })))).flat();
}
