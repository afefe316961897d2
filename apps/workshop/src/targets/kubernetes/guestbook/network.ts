import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import type { Guestbook } from './options.ts';

const REDIS = ['redis-primary', 'redis-replica'];
const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP'): k8s.NetworkPolicyPort => ({ port: k8s.IntOrString.fromNumber(number), protocol });
const podsOf = (...apps: readonly string[]): k8s.LabelSelector => ({ matchExpressions: [{ key: 'app', operator: 'In', values: [...apps] }] });

/**
 * Who may talk to whom: anybody to the web pods, they and Redis to Redis, and everyone to DNS. What a sidecar sends to is `shippersTo`:
 * namespaces, any port; without it the pods reach nothing else.
 */
export function addNetworkPolicies(scope: Construct, { namespace, variant }: Guestbook, shippersTo: readonly string[] | 'anywhere'): void {
  const policy = (name: string, spec: k8s.NetworkPolicySpec): void => {
    new k8s.KubeNetworkPolicy(scope, name, { metadata: { name, namespace, labels: { 'app.kubernetes.io/part-of': 'podscope' } }, spec });
  };
  const redis = [port(6379)];
  policy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  policy('allow-dns', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [port(53, 'UDP'), port(53)] }] });
  policy('frontend-in', { podSelector: podsOf('frontend'), policyTypes: ['Ingress'], ingress: [{ ports: [port(variant === 'php' ? 80 : 8080)] }] });
  policy('frontend-to-redis', { podSelector: podsOf('frontend', ...REDIS), policyTypes: ['Egress'], egress: [{ to: [{ podSelector: podsOf(...REDIS) }], ports: redis }] });
  policy('redis-in', { podSelector: podsOf(...REDIS), policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: podsOf('frontend', ...REDIS) }], ports: redis }] });
  if (shippersTo === 'anywhere') policy('shippers-out', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] });
  else if (shippersTo.length > 0) policy('shippers-out', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...shippersTo] }] } }] }] });
}
