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
  const owned = (object: KubeObject): readonly KubeObject[] => pods.get(object.metadata.uid) ?? [];
  const isReady = (pod: KubeObject): boolean => (pod['status'] as Conditions | undefined)?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ?? false;

  /** Pods with whether they are of the current template. */
  function dated(owner: KubeObject): readonly { readonly pod: KubeObject; readonly current: boolean }[] {
    if (owner.kind === 'Deployment') {
      const wanted = plain(templateOf(owner));
      return (replicaSets.get(owner.metadata.uid) ?? []).flatMap((set) => {
        const current = plain(templateOf(set)) === wanted;
        return owned(set).map((pod) => ({ pod, current }));
      });
    }
    const revision = (owner['status'] as { readonly updateRevision?: string } | undefined)?.updateRevision;
    return owned(owner).map((pod) => ({ pod, current: revision === undefined || pod.metadata.labels?.['controller-revision-hash'] === revision }));
  }

  return (owner) => {
    const all = dated(owner);
    const current = all.filter((each) => each.current).length;
    return { ready: all.filter(({ pod }) => isReady(pod)).length, current, outdated: all.length - current };
  };
}
