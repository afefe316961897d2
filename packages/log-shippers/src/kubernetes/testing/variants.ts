import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import { basicAuth, beatsProtocol, forward, kinesisFirehose, openSearch, otlp, sigV4 } from '../../destinations/builders.ts';
import { fromSecret } from '../../secrets/secretReference.ts';
import { apacheLogs, containerLogs, fromShippers, kubernetesEvents, kubernetesMetrics, nodeLogs, redisInfo, systemMetrics } from '../../sources/sources.ts';
import {
  FilebeatDaemonSet,
  FluentBitDaemonSet,
  FluentBitDeployment,
  FluentBitSidecar,
  FluentdAggregator,
  FluentdDaemonSet,
  KubeStateMetrics,
  LoggingNamespace,
  LogstashDeployment,
  LogstashStatefulSet,
  MetricbeatDaemonSet,
  MetricbeatDeployment,
  NodeAgentNamespace,
  OtelCollectorDaemonSet,
  OtelCollectorDeployment,
} from '../index.ts';

/** An object as it is in a manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };
  readonly [more: string]: unknown;
}

/** One use of the constructs, with the namespaces that it needs first. */
export interface Variant {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

const password = fromSecret('opensearch', 'password');
const search = openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.search.svc:9200', auth: basicAuth('podscope', password), tls: { caFile: '/etc/podscope-trust/ca.crt' } });
const amazon = openSearch({ engine: 'amazon-opensearch-service', endpoint: 'https://vpc-logs.eu-central-1.es.amazonaws.com', auth: sigV4('eu-central-1') });
const toFluentd = forward({ host: 'fluentd.logging.svc', sharedKey: fromSecret('fluentd', 'shared-key') });
const toLogstash = beatsProtocol({ hosts: ['logstash.logging.svc:5044'] });
const toCollector = otlp({ endpoint: 'otel-collector.logging.svc:4317' });
const externalSecrets = { store: { name: 'aws', kind: 'ClusterSecretStore' }, remoteKeys: { opensearch: 'prod/opensearch' } } as const;
const trust = { configMap: 'opensearch-ca' } as const;

/** Every construct, in its variants. Each stands alone: its namespaces are in it, and no two of its objects have one name. */
export function variants(): Variant[] {
  return Object.entries(ALL).map(([name, build]) => ({ name, manifests: synth(build) }));
}

type Build = (chart: Chart, agents: NodeAgentNamespace) => void;

const ALL: Readonly<Record<string, Build>> = {
  'fluent-bit/daemon-set': (chart, namespace) =>
    new FluentBitDaemonSet(chart, 'a', { namespace, sources: [containerLogs({ multiline: ['java'] }), apacheLogs({ pods: ['frontend-*'] }), nodeLogs()], destination: toFluentd }),
  'fluent-bit/file-name-metadata': (chart, namespace) =>
    new FluentBitDaemonSet(chart, 'a', { namespace, sources: [containerLogs({ metadata: 'file-name', format: 'docker' })], destination: search, trust, externalSecrets }),
  'fluent-bit/journal': (chart, namespace) => new FluentBitDaemonSet(chart, 'a', { namespace, sources: [nodeLogs({ journal: { units: ['kubelet.service'] } })], destination: amazon, serviceAccount: { roleArn: 'arn:aws:iam::111122223333:role/logs' } }),
  'fluent-bit/firehose': (chart, namespace) => new FluentBitDaemonSet(chart, 'a', { namespace, sources: [containerLogs()], destination: kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'logs' }) }),
  'fluent-bit/4.2': (chart, namespace) => new FluentBitDaemonSet(chart, 'a', { namespace, version: '4.2', name: 'old', sources: [containerLogs()], destination: search, trust, maxUnavailable: 1, tolerations: [], priorityClassName: 'system-cluster-critical' }),
  'fluent-bit/events': (chart) => new FluentBitDeployment(chart, 'a', { sources: [kubernetesEvents()], destination: search, trust }),
  'fluent-bit/aggregator': (chart) => new FluentBitDeployment(chart, 'a', { sources: [fromShippers({ protocol: 'forward', port: 24_224 })], destination: search, trust, autoscaling: {} }),
  'fluent-bit/native-sidecar': (chart) => sidecar(chart, '1.33'),
  'fluent-bit/ordinary-sidecar': (chart) => sidecar(chart, '1.28'),
  'fluentd/daemon-set': (chart, namespace) => new FluentdDaemonSet(chart, 'a', { namespace, sources: [containerLogs(), apacheLogs()], destination: toFluentd }),
  'fluentd/aggregator': (chart) => new FluentdAggregator(chart, 'a', { sources: [fromShippers({ protocol: 'forward', port: 24_224 })], destination: search, trust, externalSecrets, buffer: { size: '20Gi', storageClassName: 'gp3' } }),
  'fluentd/aggregator-amazon': (chart) => new FluentdAggregator(chart, 'a', { version: '1.18', replicas: 3, sources: [fromShippers({ protocol: 'forward', port: 24_224 })], destination: amazon, networkPolicy: { nodeCidrs: ['10.0.0.0/16'] } }),
  'filebeat/daemon-set': (chart, namespace) => new FilebeatDaemonSet(chart, 'a', { namespace, sources: [containerLogs(), nodeLogs()], destination: toLogstash }),
  'filebeat/7.12': (chart, namespace) => new FilebeatDaemonSet(chart, 'a', { namespace, version: '7.12', sources: [containerLogs({ metadata: 'file-name' })], destination: toLogstash }),
  'metricbeat/daemon-set': (chart, namespace) =>
    new MetricbeatDaemonSet(chart, 'a', { namespace, sources: [systemMetrics(), kubernetesMetrics({ scope: 'node' }), kubernetesMetrics()], destination: toLogstash, cluster: { namespace: 'logging' } }),
  'metricbeat/host-network': (chart, namespace) => new MetricbeatDaemonSet(chart, 'a', { namespace, hostNetwork: true, sources: [systemMetrics()], destination: toLogstash }),
  'metricbeat/7.12': (chart) => new MetricbeatDeployment(chart, 'a', { version: '7.12', sources: [kubernetesMetrics()], destination: toLogstash }),
  'logstash/deployment': (chart) => new LogstashDeployment(chart, 'a', { sources: [fromShippers({ protocol: 'beats', port: 5044 })], destination: search, trust, autoscaling: { minReplicas: 1, maxReplicas: 4 } }),
  'logstash/ephemeral-claims': (chart) => new LogstashDeployment(chart, 'a', { version: '7.16', sources: [fromShippers({ protocol: 'beats', port: 5044 })], destination: search, trust, buffer: { size: '8Gi', storageClassName: 'gp3' } }),
  'logstash/stateful-set': (chart) => new LogstashStatefulSet(chart, 'a', { sources: [fromShippers({ protocol: 'beats', port: 5044 })], destination: search, trust, externalSecrets }),
  'otel-collector/daemon-set': (chart, namespace) => new OtelCollectorDaemonSet(chart, 'a', { namespace, sources: [containerLogs(), nodeLogs()], destination: toCollector }),
  'otel-collector/gateway': (chart) => new OtelCollectorDeployment(chart, 'a', { sources: [fromShippers({ protocol: 'otlp', port: 4317 })], destination: search, trust }),
  'otel-collector/0.138': (chart, namespace) => new OtelCollectorDaemonSet(chart, 'a', { namespace, version: '0.138', sources: [apacheLogs({ metadata: 'file-name' })], destination: toCollector, monitoring: { port: 8889 } }),
  'otel-collector/events': (chart) => new OtelCollectorDeployment(chart, 'a', { sources: [kubernetesEvents()], destination: search, trust }),
  'kube-state-metrics': (chart) => new KubeStateMetrics(chart, 'a'),
  'kube-state-metrics/1.9': (chart) => new KubeStateMetrics(chart, 'a', { version: '1.9', stateOf: ['pods', 'nodes', 'deployments'] }),
};

function sidecar(chart: Chart, kubernetesVersion: `1.${number}`): void {
  const made = new FluentBitSidecar(chart, 'sidecar', { name: 'redis-logs', kubernetesVersion, sources: [redisInfo()], destination: toFluentd });
  const labels = { app: 'redis' };
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, runAsUser: 999, seccompProfile: { type: 'RuntimeDefault' } };
  const template = made.addTo({ metadata: { labels }, spec: { containers: [{ name: 'redis', image: 'docker.io/library/redis:7', securityContext }] } });
  new k8s.KubeDeployment(chart, 'redis', { metadata: { name: 'redis' }, spec: { selector: { matchLabels: labels }, template } });
}

function synth(build: Build): Manifest[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'logging', disableResourceNameHashes: true });
  new LoggingNamespace(chart, 'logging');
  build(chart, new NodeAgentNamespace(chart, 'node-agents'));
  return chart.toJson() as Manifest[];
}

/** A pod for each template in the manifests: pod security is enforced on pods, and only warned of on what makes them. */
export function podsOf(manifests: readonly Manifest[]): Manifest[] {
  return manifests.flatMap((manifest) => {
    const template = (manifest['spec'] as { template?: { metadata?: object; spec?: { volumes?: readonly { readonly name: string }[]; containers?: unknown } } } | undefined)?.template;
    if (template?.spec?.containers === undefined) return [];
    const claims = (manifest['spec'] as { volumeClaimTemplates?: readonly { metadata: { name: string } }[] }).volumeClaimTemplates ?? [];
    // What a StatefulSet's controller adds.
    const volumes = [...(template.spec.volumes ?? []), ...claims.map(({ metadata: { name } }) => ({ name, persistentVolumeClaim: { claimName: `${name}-${manifest.metadata.name}-0` } }))];
    const { namespace } = manifest.metadata;
    return [{ apiVersion: 'v1', kind: 'Pod', metadata: { ...template.metadata, name: manifest.metadata.name, ...(namespace === undefined ? {} : { namespace }) }, spec: { ...template.spec, volumes } }];
  });
}

/** ExternalSecret as far as it is needed for a server to take the objects above: the operator's own definition is longer, and stricter nowhere that matters here. */
export const EXTERNAL_SECRET_DEFINITION: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'externalsecrets.external-secrets.io' },
  spec: {
    group: 'external-secrets.io',
    scope: 'Namespaced',
    names: { kind: 'ExternalSecret', plural: 'externalsecrets', singular: 'externalsecret' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  refreshInterval: { type: 'string' },
                  secretStoreRef: { type: 'object', properties: { name: { type: 'string' }, kind: { type: 'string', enum: ['SecretStore', 'ClusterSecretStore'] } } },
                  target: { type: 'object', properties: { name: { type: 'string' }, creationPolicy: { type: 'string', enum: ['Owner', 'Orphan', 'Merge', 'None'] } } },
                  data: {
                    type: 'array',
                    items: {
                      type: 'object',
                      required: ['secretKey', 'remoteRef'],
                      properties: { secretKey: { type: 'string' }, remoteRef: { type: 'object', required: ['key'], properties: { key: { type: 'string' }, property: { type: 'string' } } } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};
