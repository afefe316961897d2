import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import { Construct } from 'constructs';
import { clusterScoped } from '../objects/clusterScoped.ts';
import type { ExternalSecretProps } from '../objects/externalSecrets.ts';
import type { ShipperObjects } from '../objects/shipperObjects.ts';

/** What every shipper's construct consists of: the Kubernetes objects, for patches. Their order in the manifest is that of their making. */
export abstract class ShipperConstruct extends Construct {
  readonly serviceAccount: k8s.KubeServiceAccount;
  /** Undefined where the sources need nothing of the API server. */
  readonly clusterRole: k8s.KubeClusterRole | undefined;
  readonly clusterRoleBinding: k8s.KubeClusterRoleBinding | undefined;
  readonly configMap: k8s.KubeConfigMap;
  readonly externalSecrets: readonly ApiObject[];
  readonly networkPolicy: k8s.KubeNetworkPolicy | undefined;

  constructor(scope: Construct, id: string, objects: ShipperObjects) {
    super(scope, id);
    this.serviceAccount = new k8s.KubeServiceAccount(this, 'service-account', objects.serviceAccount);
    this.clusterRole = objects.clusterRole && clusterScoped(new k8s.KubeClusterRole(this, 'cluster-role', objects.clusterRole));
    this.clusterRoleBinding = objects.clusterRoleBinding && clusterScoped(new k8s.KubeClusterRoleBinding(this, 'cluster-role-binding', objects.clusterRoleBinding));
    this.configMap = new k8s.KubeConfigMap(this, 'config-map', objects.configMap);
    this.externalSecrets = madeExternalSecrets(this, objects.externalSecrets);
    this.networkPolicy = objects.networkPolicy && new k8s.KubeNetworkPolicy(this, 'network-policy', objects.networkPolicy);
  }
}

/** External Secrets has no types in cdk8s-plus: plain objects of the API. */
export function madeExternalSecrets(scope: Construct, all: readonly ExternalSecretProps[]): ApiObject[] {
  return all.map((one) => {
    const { apiVersion, kind, metadata, spec } = one;
    return new ApiObject(scope, `external-secret-${metadata.name}`, { apiVersion, kind, metadata: { ...metadata, labels: { ...metadata.labels } }, spec });
  });
}
