import { createHash } from 'node:crypto';
import type { ObjectRef } from '@podscope/fault-injectors/kubernetes';

/** The object that stands for a set of applied objects, and keeps the book of it in the cluster. */
export interface ApplySetId {
  readonly name: string;
  readonly namespace: string;
  /** @default 'ConfigMap' */
  readonly kind?: 'ConfigMap' | 'Secret' | undefined;
}

/** Who applies: the field manager of everything but the book. */
export const FIELD_MANAGER = 'podscope';
/** Who writes the book, named as kubectl names its own: `<tool>-applyset`. */
export const BOOK_MANAGER = `${FIELD_MANAGER}-applyset`;

/**
 * Labels and annotations of the ApplySet specification (KEP-3659), as `kubectl apply --prune --applyset` reads and writes them:
 * `k8s.io/kubectl/pkg/cmd/apply/applyset.go`.
 */
export const APPLYSET = {
  id: 'applyset.kubernetes.io/id',
  partOf: 'applyset.kubernetes.io/part-of',
  tooling: 'applyset.kubernetes.io/tooling',
  groupKinds: 'applyset.kubernetes.io/contains-group-kinds',
  namespaces: 'applyset.kubernetes.io/additional-namespaces',
} as const;

/** What podscope notes beside that. */
export const NOTES = {
  /** The hash of what was applied last. */
  applied: 'podscope.dev/applied',
  /** The set that made an object which would otherwise stay when the set goes: a namespace. */
  madeBy: 'podscope.dev/made-by',
  /** A claim that a StatefulSet of the set made. */
  claimOf: 'podscope.dev/claim-of',
} as const;

/** The value of the labels of a set: `applyset-<base64url(sha256("<name>.<namespace>.<kind>.<group>"))>-v1`, with the group empty. */
export function applySetLabel({ name, namespace, kind = 'ConfigMap' }: ApplySetId): string {
  return `applyset-${createHash('sha256').update(`${name}.${namespace}.${kind}.`).digest('base64url')}-v1`;
}

/** The object that keeps the book. */
export function bookRef({ name, namespace, kind = 'ConfigMap' }: ApplySetId): ObjectRef {
  return { apiVersion: 'v1', kind, namespace, name };
}

/** What the book says. */
export interface Book {
  readonly uid: string;
  /** `Deployment.apps`, `ConfigMap`: the kinds of which there may be members, sorted. */
  readonly groupKinds: readonly string[];
  /** Where there may be members, sorted; the book's own namespace is one of them. */
  readonly namespaces: readonly string[];
}

/** `Deployment.apps` for `apps/v1` and Deployment; `ConfigMap` for the core group. */
export function groupKindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? kind : `${kind}.${apiVersion.slice(0, slash)}`;
}

/** `Deployment guestbook/frontend`, as it is said to a reader. */
export function titleOf({ kind, namespace, name }: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** One object, whatever its version: `Deployment.apps guestbook/frontend`. */
export function keyOf(ref: ObjectRef): string {
  return `${groupKindOf(ref)} ${ref.namespace ?? ''}/${ref.name}`;
}

/** Which object a manifest or a live object is. */
export function refOf({ apiVersion, kind, metadata: { name, namespace } }: { readonly apiVersion: string; readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string | undefined } }): ObjectRef {
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
}
