import { isIP } from 'node:net';
import { k8s } from 'cdk8s-plus-33';
import type { Destination } from '../../destinations/destinations.ts';
import type { Source } from '../../sources/sources.ts';
import type { NetworkPolicyOptions } from '../props/shipperProps.ts';

/** The label on pods that send records, by which the policies of what takes them know them. Its value is the protocol's name. */
export const SHIPS_TO_LABEL = 'podscope.dev/ships-to';

/** A host and a port that pods reach. */
interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** What a policy is derived from. */
export interface TrafficNeeds {
  readonly sources: readonly Source[];
  readonly destination: Destination | undefined;
  readonly monitoringPort: number;
  readonly usesApi: boolean;
}

/** The rules of a workload: to DNS, to the API server if it asks it, and to the destination; from monitoring, and from agents if it listens. */
export function networkPolicySpec(podSelector: k8s.LabelSelector, needs: TrafficNeeds, options: NetworkPolicyOptions = {}): k8s.NetworkPolicySpec {
  return { podSelector, policyTypes: ['Ingress', 'Egress'], ingress: ingressRules(needs, options), egress: egressRules(needs, options) };
}

function ingressRules({ sources, monitoringPort }: TrafficNeeds, options: NetworkPolicyOptions): k8s.NetworkPolicyIngressRule[] {
  const rules: k8s.NetworkPolicyIngressRule[] = [{ from: [...(options.monitoring ?? [inNamespace('monitoring')])], ports: [tcp(monitoringPort)] }];
  for (const source of sources) {
    if (source.kind !== 'shippers') continue;
    const agents = options.agents ?? [{ namespaceSelector: {}, podSelector: { matchLabels: { [SHIPS_TO_LABEL]: source.protocol } } }];
    rules.push({ from: [...agents, ...(options.nodeCidrs ?? []).map((cidr) => ({ ipBlock: { cidr } }))], ports: [tcp(source.port)] });
  }
  return [...rules, ...(options.extraIngress ?? [])];
}

function egressRules({ sources, destination, usesApi }: TrafficNeeds, options: NetworkPolicyOptions): k8s.NetworkPolicyEgressRule[] {
  const rules: k8s.NetworkPolicyEgressRule[] = [DNS];
  if (usesApi) rules.push({ ...peers(options.apiServer), ports: API_SERVER_PORTS.map(tcp) });
  if (destination !== undefined) rules.push(...egressTo(destination, options));
  for (const source of sources) {
    if (source.kind === 'kubernetes-metrics') rules.push(source.scope === 'node' ? { ports: [tcp(10_250)] } : toEndpoint(endpointOf(source.kubeStateMetrics ?? 'kube-state-metrics:8080', 8080)));
    if (source.kind === 'redis-info' && source.path === undefined) rules.push(toEndpoint(endpointOf(source.address ?? '127.0.0.1:6379', 6379)));
  }
  return [...rules, ...(options.extraEgress ?? [])];
}

/** What sends to a destination reaches: it, and in AWS what hands out credentials. */
export function egressTo(destination: Destination, options: NetworkPolicyOptions = {}): k8s.NetworkPolicyEgressRule[] {
  const rules = endpointsOf(destination).map((endpoint) => toEndpoint(endpoint, options.destination, options.destinationPort));
  if (usesAws(destination)) rules.push({ ports: [tcp(443)] }, { to: POD_IDENTITY_AGENT.map((cidr) => ({ ipBlock: { cidr } })), ports: [tcp(80)] });
  return rules;
}

/** kube-dns or CoreDNS, and the cache on each node, whose address is link-local (NodeLocal DNSCache). */
const DNS: k8s.NetworkPolicyEgressRule = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }, { ipBlock: { cidr: '169.254.20.10/32' } }],
  ports: [{ protocol: 'UDP', port: k8s.IntOrString.fromNumber(53) }, tcp(53)],
};
/** Where EKS Pod Identity hands out credentials: an agent on each node (docs.aws.amazon.com, EKS, "Understand how EKS Pod Identity works"). */
const POD_IDENTITY_AGENT = ['169.254.170.23/32', 'fd00:ec2::23/128'];
/** Of API servers behind their Service, whose own port policies don't see: kubeadm's and k3s', managed ones', minikube's, MicroK8s'. */
const API_SERVER_PORTS = [443, 6443, 8443, 16_443];

function usesAws(destination: Destination): boolean {
  return destination.kind === 'kinesis_firehose' || (destination.kind === 'opensearch' && destination.auth.kind === 'sigv4');
}

function endpointsOf(destination: Destination): Endpoint[] {
  switch (destination.kind) {
    case 'opensearch': {
      const url = new URL(destination.endpoint);
      return [{ host: url.hostname, port: Number(url.port) || (url.protocol === 'http:' ? 80 : 443) }];
    }
    case 'forward':
      return [{ host: destination.host, port: destination.port ?? 24_224 }];
    case 'beats':
      return destination.hosts.map((host) => endpointOf(host, 5044));
    case 'otlp':
      return [endpointOf(destination.endpoint, destination.protocol === 'http' ? 4318 : 4317)];
    case 'kinesis_firehose':
      return [];
  }
}

function endpointOf(text: string, port: number): Endpoint {
  const url = new URL(text.includes('://') ? text : `tcp://${text}`);
  const standard = url.protocol === 'https:' ? 443 : url.protocol === 'http:' ? 80 : port;
  return { host: url.hostname, port: Number(url.port) || standard };
}

/** A Service by its name is in the same namespace; `x.namespace.svc` in that one; an address is itself; another name can be anywhere. */
function toEndpoint({ host, port }: Endpoint, given?: readonly k8s.NetworkPolicyPeer[], givenPort?: number): k8s.NetworkPolicyEgressRule {
  const ports = [tcp(givenPort ?? port)];
  if (given !== undefined) return { to: [...given], ports };
  const address = host.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0) return { to: [{ ipBlock: { cidr: `${address}/${isIP(address) === 4 ? 32 : 128}` } }], ports };
  if (!host.includes('.')) return { to: [{ podSelector: {} }], ports };
  const namespace = /^[^.]+\.([^.]+)\.svc(\.|$)/.exec(host)?.[1];
  return namespace === undefined ? { ports } : { to: [inNamespace(namespace)], ports };
}

function inNamespace(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

function peers(to: readonly k8s.NetworkPolicyPeer[] | undefined): k8s.NetworkPolicyEgressRule {
  return to === undefined ? {} : { to: [...to] };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) };
}
