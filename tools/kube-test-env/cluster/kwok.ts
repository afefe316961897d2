import type { KubeServerFiles } from '../files.ts';
import type { KubeObject } from '../objects.ts';
import type { Stage } from './stages.ts';

export const KWOK_GROUP = 'kwok.x-k8s.io';

/** The kinds by which kwok is told, while it runs, what answers for a pod's ports, logs and commands. All are without a namespace. */
export const ROUTE_KINDS = { ports: 'ClusterPortForward', logs: 'ClusterLogs', exec: 'ClusterExec' } as const;

const PLURALS = { ClusterPortForward: 'clusterportforwards', ClusterLogs: 'clusterlogs', ClusterExec: 'clusterexecs' } as const;

/** Definitions of these kinds, as far as they are used here. kwok checks what it reads itself. */
export const routeDefinitions: readonly KubeObject[] = Object.values(ROUTE_KINDS).map((kind) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${PLURALS[kind]}.${KWOK_GROUP}` },
  spec: {
    group: KWOK_GROUP,
    scope: 'Cluster',
    names: { kind, plural: PLURALS[kind], singular: kind.toLowerCase(), listKind: `${kind}List` },
    versions: [{ name: 'v1alpha1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
  },
}));

/** kwok's configuration: its address, which is that of every node's kubelet, and its rules. JSON documents, which YAML is a superset of. */
export function kwokConfig({ files, port, stages }: { readonly files: KubeServerFiles; readonly port: number; readonly stages: readonly Stage[] }): string {
  const options = {
    manageAllNodes: true,
    nodeIP: '127.0.0.1',
    nodePort: port,
    serverAddress: `127.0.0.1:${port}`,
    tlsCertFile: files.server.cert,
    tlsPrivateKeyFile: files.server.key,
    cidr: '10.128.0.1/16',
    // It renews the nodes' leases, as kubelets do; the node controller takes a node for lost without.
    nodeLeaseDurationSeconds: 40,
    podPlayStageParallelism: 16,
    nodePlayStageParallelism: 16,
    nodeLeaseParallelism: 8,
    podsOnNodeSyncParallelism: 4,
    enableDebuggingHandlers: true,
    enableCRDs: Object.values(ROUTE_KINDS),
  };
  return [{ apiVersion: 'config.kwok.x-k8s.io/v1alpha1', kind: 'KwokConfiguration', options }, ...stages].map((document) => JSON.stringify(document)).join('\n---\n');
}
