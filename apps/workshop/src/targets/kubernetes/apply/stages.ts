/**
 * In which order kinds are applied. Inside a stage everything goes at once.
 *
 * The order is Helm's InstallOrder (`helm/pkg/release/v1/util/kind_sorter.go`), folded into stages: what nothing in a stage needs
 * from the same stage. Two differences: definitions of custom resources come first, because their objects may stand anywhere later, and
 * bindings come after their roles, since the API server looks the role up when who applies may not bind freely.
 * Kinds that are not named are custom resources, whose operators are workloads.
 */
const STAGES = [
  { name: 'definitions', kinds: ['CustomResourceDefinition', 'Namespace', 'PriorityClass', 'StorageClass', 'RuntimeClass', 'IngressClass'] },
  {
    name: 'ground',
    kinds: ['ServiceAccount', 'ClusterRole', 'Role', 'Secret', 'ConfigMap', 'PersistentVolume', 'PersistentVolumeClaim', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodDisruptionBudget'],
  },
  { name: 'services', kinds: ['ClusterRoleBinding', 'RoleBinding', 'Service', 'Endpoints', 'EndpointSlice'] },
  { name: 'workloads', kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Pod', 'Job', 'CronJob'] },
  { name: 'on top', kinds: ['HorizontalPodAutoscaler', 'Ingress', 'APIService'] },
  // What may refuse requests comes when there is nothing left to refuse.
  {
    name: 'admission',
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'],
  },
] as const;

const ON_TOP = STAGES.findIndex(({ name }) => name === 'on top');
const stageOfKind: ReadonlyMap<string, number> = new Map(STAGES.flatMap(({ kinds }, stage) => kinds.map((kind) => [kind as string, stage] as const)));

/** One stage with what belongs to it. */
export interface Stage<Item> {
  readonly name: string;
  readonly items: readonly Item[];
}

/** The number of the stage of a kind; a lower one is applied earlier, and removed later. */
export function stageOf(kind: string): number {
  return stageOfKind.get(kind) ?? ON_TOP;
}

/** Items by stage in the order in which they are applied, without empty stages; inside a stage they keep their order. */
export function stagesOf<Item>(items: readonly Item[], kindOf: (item: Item) => string): readonly Stage<Item>[] {
  return STAGES.map(({ name }, stage) => ({ name, items: items.filter((item) => stageOf(kindOf(item)) === stage) })).filter((stage) => stage.items.length > 0);
}
