import type { k8s } from 'cdk8s-plus-33';
import { networkPolicySpec } from '../network/networkPolicy.ts';
import { asksApiServer } from '../rights/rights.ts';
import { configMap } from './configMap.ts';
import { externalSecrets } from './externalSecrets.ts';
import { given } from './given.ts';
import { requireAnnotations } from './names.ts';
import type { Prepared } from './prepare.ts';
import type { ShipperObjects } from './shipperObjects.ts';

/** The objects beside the workload: identity, rights, configuration, secrets, and who may talk to whom. */
export function commonObjects(prepared: Prepared, hostNetwork = false): ShipperObjects {
  const { name, namespace, labels, rules, props } = prepared;
  return {
    serviceAccount: { metadata: given<k8s.ObjectMeta>({ name, namespace, labels, annotations: accountAnnotations(prepared) }), automountServiceAccountToken: false },
    ...(rules.length === 0 ? {} : rights(prepared)),
    configMap: configMap(name, namespace, labels, prepared.files.files),
    externalSecrets: props.externalSecrets === undefined ? [] : externalSecrets(namespace, labels, prepared.files.environment, props.externalSecrets),
    // A policy says nothing about pods in the host's network.
    ...(props.networkPolicy === false || hostNetwork ? {} : { networkPolicy: networkPolicy(prepared) }),
  };
}

/** Cluster-wide, since logs are of pods in any namespace; the names carry the namespace, so that two installations don't share them. */
function rights({ name, namespace, labels, rules }: Prepared): Pick<ShipperObjects, 'clusterRole' | 'clusterRoleBinding'> {
  const clusterName = `${namespace}-${name}`;
  return {
    clusterRole: { metadata: { name: clusterName, labels }, rules: [...rules] },
    clusterRoleBinding: {
      metadata: { name: clusterName, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterName },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  };
}

function networkPolicy({ name, namespace, labels, selector, sources, destination, monitoringPort, rules, props }: Prepared): k8s.KubeNetworkPolicyProps {
  const needs = { sources, destination, monitoringPort, usesApi: asksApiServer(rules) };
  return { metadata: { name, namespace, labels }, spec: networkPolicySpec({ matchLabels: selector }, needs, props.networkPolicy === false ? {} : props.networkPolicy) };
}

function accountAnnotations({ where, props }: Prepared): Record<string, string> | undefined {
  const { roleArn, annotations } = props.serviceAccount ?? {};
  const all = requireAnnotations(`${where}: serviceAccount.annotations`, { ...annotations, ...(roleArn === undefined ? {} : { 'eks.amazonaws.com/role-arn': roleArn }) });
  return Object.keys(all).length === 0 ? undefined : all;
}
