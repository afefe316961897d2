import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import { imageReference } from '@podscope/log-shippers/kubernetes';
import { stringify } from 'yaml';
import { labelsOf, resources, restrictedPod } from '../guestbook/pods.ts';
import { type MadeOpenSearch, OPENSEARCH, type TargetNamespaces } from '../options.ts';
import { CERTIFICATES, openSearchSettings } from './settings.ts';

/** Properties of {@link OpenSearchChart}. */
export interface OpenSearchChartProps {
  readonly namespaces: TargetNamespaces;
  readonly opensearch: MadeOpenSearch;
  readonly imageMirror: string | undefined;
  readonly storageClass: string | undefined;
}

/** The Secrets of the server: its certificates, and the first state of the security plugin. They are made by `up`, not written here. */
export const CERTIFICATES_SECRET = 'opensearch-certificates';
export const SECURITY_SECRET = 'opensearch-security-config';

/** User of the official images (opensearch-project/opensearch-build, docker/release/dockerfiles). */
export const OPENSEARCH_UID = 1000;
const HOME = '/usr/share/opensearch';

/**
 * What `restricted` asks. The root file system stays writable: the server makes its keystore in the folder of its configuration, and the
 * image's entrypoint may remove plugins.
 */
export const imageContainer: k8s.SecurityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true };

/** The namespace of OpenSearch and OpenSearch Dashboards. The operator's init container runs as root, which `restricted` refuses. */
export function addOpenSearchNamespace(scope: Construct, name: string, level: 'restricted' | 'baseline'): void {
  new k8s.KubeNamespace(scope, 'namespace', {
    metadata: { name, labels: { 'app.kubernetes.io/part-of': 'podscope', 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/enforce-version': 'latest' } },
  });
}

/** OpenSearch of one or three nodes with volumes, and security on: restricted, nothing privileged, nothing secret in any manifest. */
export class OpenSearchChart extends Chart {
  constructor(scope: Construct, id: string, { namespaces, opensearch, imageMirror, storageClass }: OpenSearchChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const namespace = namespaces.opensearch;
    const labels = labelsOf(OPENSEARCH);
    const metadata = { name: OPENSEARCH, namespace, labels };
    const { image, imagePullPolicy } = imageReference(`opensearch@${opensearch.major}`, imageMirror === undefined ? undefined : { registry: imageMirror });
    addOpenSearchNamespace(this, namespace, 'restricted');
    new k8s.KubeServiceAccount(this, 'account', { metadata, automountServiceAccountToken: false });
    const settings = stringify(openSearchSettings(OPENSEARCH, opensearch.nodes), { lineWidth: 0 });
    new k8s.KubeConfigMap(this, 'config', { metadata: { ...metadata, name: `${OPENSEARCH}-config` }, data: { 'opensearch.yml': settings } });
    addServices(this, metadata);
    addPolicy(this, metadata, namespaces);
    if (opensearch.nodes > 1) new k8s.KubePodDisruptionBudget(this, 'budget', { metadata, spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: { app: OPENSEARCH } } } });
    new k8s.KubeStatefulSet(this, 'nodes', {
      metadata,
      spec: {
        serviceName: `${OPENSEARCH}-headless`,
        replicas: opensearch.nodes,
        // Three that wait for each other would never become ready.
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: { app: OPENSEARCH } },
        template: { metadata: { labels, annotations: { 'podscope.dev/config': checksum(settings) } }, spec: podOf(image, imagePullPolicy) },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data', labels },
            spec: {
              accessModes: ['ReadWriteOnce'],
              ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
              resources: { requests: { storage: k8s.Quantity.fromString(opensearch.storage) } },
            },
          },
        ],
      },
    });
  }
}

/** A short number that changes with a text: pods are made anew when their configuration is another. */
function checksum(text: string): string {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(16);
}

function addServices(scope: Construct, metadata: { readonly name: string; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }): void {
  const http = { name: 'http', port: 9200, targetPort: k8s.IntOrString.fromString('http') };
  new k8s.KubeService(scope, 'service', { metadata, spec: { selector: { app: OPENSEARCH }, ports: [http] } });
  new k8s.KubeService(scope, 'headless', {
    metadata: { ...metadata, name: `${OPENSEARCH}-headless` },
    // Nodes find each other before any of them is ready.
    spec: { clusterIp: 'None', publishNotReadyAddresses: true, selector: { app: OPENSEARCH }, ports: [http, { name: 'transport', port: 9300, targetPort: k8s.IntOrString.fromString('transport') }] },
  });
}

/** Shippers and Dashboards to HTTP, nodes to each other, everyone to DNS. */
function addPolicy(scope: Construct, metadata: { readonly name: string; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }, { logging, agents, guestbook }: TargetNamespaces): void {
  const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP'): k8s.NetworkPolicyPort => ({ protocol, port: k8s.IntOrString.fromNumber(number) });
  const nodes: k8s.NetworkPolicyPeer = { podSelector: { matchLabels: { app: OPENSEARCH } } };
  new k8s.KubeNetworkPolicy(scope, 'policy', {
    metadata,
    spec: {
      podSelector: { matchLabels: { app: OPENSEARCH } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [{ podSelector: {} }, { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...new Set([logging, agents, guestbook])] }] } }], ports: [port(9200)] },
        { from: [nodes], ports: [port(9300)] },
      ],
      egress: [{ ports: [port(53, 'UDP'), port(53)] }, { to: [nodes], ports: [port(9300), port(9200)] }],
    },
  });
}

function podOf(image: string, imagePullPolicy: string): k8s.PodSpec {
  // Answered without credentials, and only once the plugin has its users (opensearch-project/security, SecurityHealthAction).
  const health: k8s.Probe = { httpGet: { scheme: 'HTTPS', path: '/_plugins/_security/health', port: k8s.IntOrString.fromString('http') }, periodSeconds: 5, timeoutSeconds: 5 };
  return {
    serviceAccountName: OPENSEARCH,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(OPENSEARCH_UID),
    terminationGracePeriodSeconds: 120,
    affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: OPENSEARCH } } } }] } },
    containers: [
      {
        name: 'opensearch',
        image,
        imagePullPolicy,
        env: [
          // The entrypoint makes a setting of every variable with a dot in its name.
          { name: 'node.name', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'OPENSEARCH_JAVA_OPTS', value: '-Xms512m -Xmx512m' },
          { name: 'DISABLE_INSTALL_DEMO_CONFIG', value: 'true' },
          { name: 'DISABLE_PERFORMANCE_ANALYZER_AGENT_CLI', value: 'true' },
        ],
        ports: [{ name: 'http', containerPort: 9200 }, { name: 'transport', containerPort: 9300 }],
        startupProbe: { tcpSocket: { port: k8s.IntOrString.fromString('http') }, periodSeconds: 5, failureThreshold: 60 },
        readinessProbe: { ...health, failureThreshold: 3 },
        livenessProbe: { tcpSocket: { port: k8s.IntOrString.fromString('http') }, periodSeconds: 20, failureThreshold: 6 },
        resources: resources('250m', '1280Mi', '2Gi'),
        securityContext: imageContainer,
        volumeMounts: [
          { name: 'data', mountPath: `${HOME}/data` },
          { name: 'config', mountPath: `${HOME}/config/opensearch.yml`, subPath: 'opensearch.yml', readOnly: true },
          { name: 'certificates', mountPath: `${HOME}/config/${CERTIFICATES}`, readOnly: true },
          { name: 'security', mountPath: `${HOME}/config/opensearch-security`, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: `${OPENSEARCH}-config` } },
      // Without the administrator's key: only a person needs it.
      { name: 'certificates', secret: { secretName: CERTIFICATES_SECRET, defaultMode: 0o440, items: ['ca.crt', 'node.crt', 'node.key'].map((key) => ({ key, path: key })) } },
      { name: 'security', secret: { secretName: SECURITY_SECRET, defaultMode: 0o440 } },
    ],
  };
}
