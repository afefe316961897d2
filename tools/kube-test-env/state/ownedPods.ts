import type { KubeObject } from '../objects.ts';
import { canonicalText, type Json } from './canonical.ts';

/** What stands in a state for the pods of an owner, which come and go by themselves. */
export interface PodsOfOwner {
  /** Pods that are ready. */
  readonly ready: number;
  /** Pods made of the owner's pod template as it is now, ready or not. */
  readonly current: number;
  /** Pods of an earlier template that are still there. */
  readonly outdated: number;
}

interface Reference {
  readonly kind: string;
  readonly uid: string;
  readonly controller?: boolean;
}

interface Metadata {
  readonly labels?: Readonly<Record<string, string>>;
  readonly uid?: string;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly Reference[];
}

interface Conditions {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/** The controller that owns an object, if one does. */
export function controllerOf(object: KubeObject): Reference | undefined {
  return (object.metadata as Metadata).ownerReferences?.find(({ controller }) => controller === true);
}

/** The kinds that keep pods, by a template of their own. */
export const OWNERS: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'];

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

const templateOf = (object: KubeObject): Template | undefined => (object['spec'] as { readonly template?: Template } | undefined)?.template;

const REVISION_HASH = 'controller-revision-hash';

/** The template that a revision keeps: a strategic merge patch of its owner (k8s.io/kubernetes/pkg/controller/daemon/update.go, `getPatch`). */
function templateIn(revision: KubeObject): Template | undefined {
  const { $patch: _patch, ...template } = (revision['data'] as { readonly spec?: { readonly template?: Template & { readonly $patch?: string } } } | undefined)?.spec?.template ?? {};
  return template;
}

/** A ReplicaSet's template without the label that its Deployment added. */
function plain(template: Template | undefined): string {
  const { 'pod-template-hash': _hash, ...labels } = template?.metadata?.labels ?? {};
  return canonicalText({ ...template, metadata: { ...template?.metadata, labels } } as Json);
}

/** Counts the pods of each owner: by its uid. Pods that are being deleted are gone. */
export function countPods(objects: readonly KubeObject[]): (owner: KubeObject) => PodsOfOwner {
  const pods = Map.groupBy(
    objects.filter(({ kind, metadata }) => kind === 'Pod' && (metadata as Metadata).deletionTimestamp === undefined),
    (pod) => controllerOf(pod)?.uid,
  );
  const replicaSets = Map.groupBy(objects.filter(({ kind }) => kind === 'ReplicaSet'), (set) => controllerOf(set)?.uid);
  const revisions = Map.groupBy(objects.filter(({ kind }) => kind === 'ControllerRevision'), (revision) => controllerOf(revision)?.uid);
  const owned = (object: KubeObject): readonly KubeObject[] => pods.get(object.metadata.uid) ?? [];
  const isReady = (pod: KubeObject): boolean => (pod['status'] as Conditions | undefined)?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ?? false;

  /** What the label of an owner's pods says where they are of its current template; undefined for owners that keep no revisions. */
  function revisionOf(owner: KubeObject): string | undefined {
    if (owner.kind !== 'StatefulSet' && owner.kind !== 'DaemonSet') return undefined;
    const wanted = plain(templateOf(owner));
    const found = (revisions.get(owner.metadata.uid) ?? []).find((revision) => plain(templateIn(revision)) === wanted);
    // A StatefulSet's pods have the name of the revision in it, a DaemonSet's the hash of the revision.
    return (owner.kind === 'StatefulSet' ? found?.metadata.name : found?.metadata.labels?.[REVISION_HASH]) ?? 'none';
  }

  /** Pods with whether they are of the current template. */
  function dated(owner: KubeObject): readonly { readonly pod: KubeObject; readonly current: boolean }[] {
    if (owner.kind === 'Deployment') {
      const wanted = plain(templateOf(owner));
      return (replicaSets.get(owner.metadata.uid) ?? []).flatMap((set) => {
        const current = plain(templateOf(set)) === wanted;
        return owned(set).map((pod) => ({ pod, current }));
      });
    }
    const revision = revisionOf(owner);
    return owned(owner).map((pod) => ({ pod, current: revision === undefined || pod.metadata.labels?.[REVISION_HASH] === revision }));
  }

  return (owner) => {
    const all = dated(owner);
    const current = all.filter((each) => each.current).length;
    return { ready: all.filter(({ pod }) => isReady(pod)).length, current, outdated: all.length - current };
  };
}
