import type { Access, KubernetesObject, ObjectRef } from '../kubernetes/api/types.ts';

/** Who keeps objects of a cluster as they should be. */
export type OwnerKind = 'hpa' | 'vpa' | 'keda' | 'argo-cd' | 'flux-kustomization' | 'flux-helm-release' | 'helm' | 'rancher' | 'config-sync' | 'addon-manager' | 'openshift' | 'olm' | 'controller' | 'paused';

/** An object that a fault is about to change. */
export interface TouchedObject {
  readonly object: ObjectRef;
  /** What is changed in it: `spec.replicas`, `spec.template`. @default everything */
  readonly paths?: readonly string[] | undefined;
  /** How many replicas it is to have, where that is known: an autoscaler leaves 0 alone. */
  readonly replicas?: number | undefined;
}

/** Somebody who would undo a change, or keep it from having an effect. */
export interface Owner {
  /** What the fault would change. */
  readonly object: ObjectRef;
  readonly kind: OwnerKind;
  /** `HorizontalPodAutoscaler guestbook/frontend` */
  readonly owner: string;
  /** What of it the owner keeps: `spec.replicas`, or `*`. */
  readonly keeps: readonly string[];
  /**
   * `undoes`: soon after the change. `hides`: the change has no effect. `may-undo`: it could not be found out. `later`: with the owner's next
   * change, not by itself.
   */
  readonly effect: 'undoes' | 'hides' | 'may-undo' | 'later';
  /** How it is known, and what to do; one line. */
  readonly why: string;
}

/** Who was found, and what could not be looked at. */
export interface OwnersFound {
  readonly owners: readonly Owner[];
  /** Kinds that this user may not list, one line each. */
  readonly unasked: readonly string[];
}

/** An object with what is known of the change. */
export interface Touched extends TouchedObject {
  readonly found: KubernetesObject;
}

/** Looks for owners of one kind. */
export interface OwnerRule {
  /** What it reads beside the object itself. */
  accesses(namespace: string | undefined): readonly Access[];
  find(touched: Touched, lists: OwnerLists): Promise<readonly Omit<Owner, 'object'>[]>;
}

/** The objects of a kind in a namespace, read once; none where the cluster lacks the kind or the user may not. */
export interface OwnerLists {
  of(kind: { readonly apiVersion: string; readonly kind: string }, namespace?: string): Promise<readonly KubernetesObject[]>;
  /** One object, or undefined; `unknown` where the user may not read it. */
  one(ref: ObjectRef): Promise<KubernetesObject | undefined | 'unknown'>;
}
