import type { ObjectToWrite } from '../kubernetes/api/types.ts';

const NAMESPACE = 'guestbook';

function podsOf(app: string, port: number): object {
  return {
    metadata: { labels: { app } },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: app, image: `registry.example/${app}:1`, ports: [{ containerPort: port }], securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, readOnlyRootFilesystem: true } }],
    },
  };
}

function workload(kind: 'Deployment' | 'StatefulSet', app: string, replicas: number, port: number): ObjectToWrite {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: app, namespace: NAMESPACE, labels: { app, 'podscope.dev/faults': 'allowed' } },
    spec: { replicas, selector: { matchLabels: { app } }, ...(kind === 'StatefulSet' ? { serviceName: app, podManagementPolicy: 'Parallel' } : {}), template: podsOf(app, port) },
  };
}

const policy = (name: string, spec: object): ObjectToWrite => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: NAMESPACE }, spec });

/** The guestbook's shape in a `restricted` namespace that faults may touch, closed by policies as the workshop's own is. */
export const guestbookObjects: readonly ObjectToWrite[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'podscope.dev/faults': 'allowed' } } },
  workload('StatefulSet', 'redis-primary', 1, 6379),
  workload('StatefulSet', 'redis-replica', 2, 6379),
  workload('Deployment', 'frontend', 2, 8080),
  policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  policy('redis-in', { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['redis-primary', 'redis-replica'] }] }, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: 'frontend' } } }], ports: [{ port: 6379 }] }] }),
];
