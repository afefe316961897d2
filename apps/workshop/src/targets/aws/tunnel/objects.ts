import type { ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { imageReference } from '@podscope/log-shippers/kubernetes';
import { labelsOf } from '../../kubernetes/guestbook/pods.ts';
import { RELAY_PORT, RELAY_PROGRAM } from './relay.ts';

/** Where the relay is. Nothing else is in there, so that its policy can shut in all of it. */
export const TUNNEL_NAMESPACE = 'podscope-tunnel';
/** The name of the relay's objects. */
export const RELAY = 'domain-relay';
/** The port of the Service, which is the domain's own. */
export const DOMAIN_PORT = 443;

/** What the relay's objects are made of. */
export interface TunnelOptions {
  /** The host of the domain: the only one that the relay leads to. */
  readonly host: string;
  /** Where the domain's network interfaces may be. @default all private ranges */
  readonly cidrs?: readonly string[] | undefined;
  /** In place of the public registry. */
  readonly imageMirror?: string | undefined;
}

/** RFC 1918, and what EKS gives pods in larger networks. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];
/** The usual user without rights. */
const NOBODY = 65_532;

/**
 * The relay: a port forward reaches pods only, and the domain is none. One pod without rights, without a token and without a way to
 * anywhere but DNS and the domain's port in private addresses; nothing may connect to it but the kubelet, for a port forward.
 */
export function tunnelObjects({ host, cidrs = PRIVATE, imageMirror }: TunnelOptions): readonly ObjectToWrite[] {
  const labels = labelsOf(RELAY);
  const metadata = { namespace: TUNNEL_NAMESPACE, name: RELAY, labels };
  const { image, imagePullPolicy } = imageReference('node@24', imageMirror === undefined ? undefined : { registry: imageMirror });
  const dns = [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }];
  return [
    {
      apiVersion: 'v1', kind: 'Namespace',
      metadata: { name: TUNNEL_NAMESPACE, labels: { 'app.kubernetes.io/part-of': 'podscope', 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'latest' } },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata,
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{ ports: dns }, { to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ protocol: 'TCP', port: DOMAIN_PORT }] }] },
    },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { clusterIP: 'None', selector: { app: RELAY }, ports: [{ name: 'https', port: DOMAIN_PORT, targetPort: 'relay' }] } },
    {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: RELAY } },
        template: {
          metadata: { labels },
          spec: {
            serviceAccountName: RELAY,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 5,
            securityContext: { runAsNonRoot: true, runAsUser: NOBODY, runAsGroup: NOBODY, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'relay', image, imagePullPolicy,
                command: ['node', '-e', RELAY_PROGRAM, host, String(DOMAIN_PORT), String(RELAY_PORT)],
                ports: [{ name: 'relay', containerPort: RELAY_PORT }],
                // The kubelet's own probes come from outside of the pod, where it does not listen.
                readinessProbe: { exec: { command: ['node', '-e', `require('node:net').connect(${RELAY_PORT}, '127.0.0.1', () => process.exit(0)).on('error', () => process.exit(1))`] }, periodSeconds: 20, timeoutSeconds: 10 },
                resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '128Mi' } },
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
              },
            ],
          },
        },
      },
    },
  ];
}
