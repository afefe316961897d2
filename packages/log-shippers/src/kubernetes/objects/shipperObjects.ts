import type { k8s } from 'cdk8s-plus-33';
import type { ExternalSecretProps } from './externalSecrets.ts';

/** What every shipper consists of. A member that is undefined is not made. */
export interface ShipperObjects {
  readonly serviceAccount: k8s.KubeServiceAccountProps;
  readonly clusterRole?: k8s.KubeClusterRoleProps | undefined;
  readonly clusterRoleBinding?: k8s.KubeClusterRoleBindingProps | undefined;
  readonly configMap: k8s.KubeConfigMapProps;
  readonly externalSecrets: readonly ExternalSecretProps[];
  readonly networkPolicy?: k8s.KubeNetworkPolicyProps | undefined;
}

/** A shipper on every node. */
export interface DaemonSetObjects extends ShipperObjects {
  readonly daemonSet: k8s.KubeDaemonSetProps;
}

/** A shipper that reads nothing of a node. */
export interface DeploymentObjects extends ShipperObjects {
  readonly service?: k8s.KubeServiceProps | undefined;
  readonly podDisruptionBudget?: k8s.KubePodDisruptionBudgetProps | undefined;
  readonly horizontalPodAutoscaler?: k8s.KubeHorizontalPodAutoscalerV2Props | undefined;
  readonly deployment: k8s.KubeDeploymentProps;
}

/** A shipper whose replicas keep a volume each. */
export interface StatefulSetObjects extends ShipperObjects {
  readonly service?: k8s.KubeServiceProps | undefined;
  /** Names the pods; a StatefulSet needs one. */
  readonly headlessService: k8s.KubeServiceProps;
  readonly podDisruptionBudget?: k8s.KubePodDisruptionBudgetProps | undefined;
  readonly horizontalPodAutoscaler?: k8s.KubeHorizontalPodAutoscalerV2Props | undefined;
  readonly statefulSet: k8s.KubeStatefulSetProps;
}

/** Takes the typed objects that would be made, and returns those that are. It must not change what it is given. */
export type Transform<Objects> = (objects: Objects) => Objects;
