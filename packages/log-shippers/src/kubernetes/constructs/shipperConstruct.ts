import { ApiObject, Chart } from 'cdk8s';
import { PodscopeError } from '@podscope/core';
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
    requireOwnName(this, objects);
    this.serviceAccount = new k8s.KubeServiceAccount(this, 'service-account', objects.serviceAccount);
    this.clusterRole = objects.clusterRole && clusterScoped(new k8s.KubeClusterRole(this, 'cluster-role', objects.clusterRole));
    this.clusterRoleBinding = objects.clusterRoleBinding && clusterScoped(new k8s.KubeClusterRoleBinding(this, 'cluster-role-binding', objects.clusterRoleBinding));
    this.configMap = new k8s.KubeConfigMap(this, 'config-map', objects.configMap);
    this.externalSecrets = madeExternalSecrets(this, objects.externalSecrets);
    this.networkPolicy = objects.networkPolicy && new k8s.KubeNetworkPolicy(this, 'network-policy', objects.networkPolicy);
  }
}

const NAMES = new WeakMap<Chart, Set<string>>();

/**
 * Two shippers of one name in a namespace would be one for their account and policy, and if they are one program the Service of the one
 * would choose the pods of the other. Of charts by themselves: two of them may be for two clusters.
 */
function requireOwnName(scope: Construct, { serviceAccount: { metadata } }: ShipperObjects): void {
  const chart = Chart.of(scope);
  const names = NAMES.get(chart) ?? new Set();
  NAMES.set(chart, names);
  const name = `${metadata?.namespace}/${metadata?.name}`;
  if (names.has(name)) throw new PodscopeError('SHIPPER_BAD_NAME', `There is another shipper ${JSON.stringify(metadata?.name)} in the namespace ${JSON.stringify(metadata?.namespace)}.`, { hint: 'Give one of them another name.' });
  names.add(name);
}

/** External Secrets has no types in cdk8s-plus: plain objects of the API. */
export function madeExternalSecrets(scope: Construct, all: readonly ExternalSecretProps[]): ApiObject[] {
  return all.map((one) => {
    const { apiVersion, kind, metadata, spec } = one;
    return new ApiObject(scope, `external-secret-${metadata.name}`, { apiVersion, kind, metadata: { ...metadata, labels: { ...metadata.labels } }, spec });
  });
}
