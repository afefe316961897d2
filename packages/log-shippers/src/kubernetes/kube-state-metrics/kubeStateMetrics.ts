import { k8s } from 'cdk8s-plus-33';
import { Construct } from 'constructs';
import { imageReference } from '../../images/imageReference.ts';
import { networkPolicySpec } from '../network/networkPolicy.ts';
import type { LoggingNamespace, NodeAgentNamespace } from '../namespaces/namespaces.ts';
import { namespaceOf } from '../namespaces/namespaces.ts';
import { clusterScoped } from '../objects/clusterScoped.ts';
import { given } from '../objects/given.ts';
import { requireAnnotations, requireLabels, requireSubdomain, requireWorkloadName } from '../objects/names.ts';
import type { Transform } from '../objects/shipperObjects.ts';
import { restrictedSecurity } from '../pod/container.ts';
import { resourceRequirements } from '../props/resources.ts';
import type { WorkloadProps } from '../props/shipperProps.ts';
import { type KubeStateResource, kubeStateRules, requireResources } from './resources.ts';

/** A version of kube-state-metrics. Metricbeat 7.12 reads the names of 1.9 only. */
export type KubeStateMetricsVersion = '2.15' | '1.9';

/** Properties of {@link KubeStateMetrics}. */
export interface KubeStateMetricsProps extends WorkloadProps {
  /** @default the chart's namespace */
  readonly namespace?: string | LoggingNamespace | NodeAgentNamespace;
  /** @default '2.15' */
  readonly version?: KubeStateMetricsVersion;
  /** Of what the state is told. @default nodes, namespaces, pods, deployments, replica sets, stateful sets, daemon sets, jobs, cron jobs, autoscalers */
  readonly stateOf?: readonly KubeStateResource[];
  /** Changes the typed objects before they are made. @default none */
  readonly transform?: Transform<KubeStateMetricsObjects>;
}

/** What kube-state-metrics consists of. A member that is undefined is not made. */
export interface KubeStateMetricsObjects {
  readonly serviceAccount: k8s.KubeServiceAccountProps;
  readonly clusterRole: k8s.KubeClusterRoleProps;
  readonly clusterRoleBinding: k8s.KubeClusterRoleBindingProps;
  readonly networkPolicy?: k8s.KubeNetworkPolicyProps | undefined;
  readonly service: k8s.KubeServiceProps;
  readonly podDisruptionBudget?: k8s.KubePodDisruptionBudgetProps | undefined;
  readonly deployment: k8s.KubeDeploymentProps;
}

/** The state of workloads as metrics, for Metricbeat. It may list and watch what it tells of, and nothing else: no Secrets, no ConfigMaps. */
export class KubeStateMetrics extends Construct {
  readonly serviceAccount: k8s.KubeServiceAccount;
  readonly clusterRole: k8s.KubeClusterRole;
  readonly clusterRoleBinding: k8s.KubeClusterRoleBinding;
  readonly networkPolicy: k8s.KubeNetworkPolicy | undefined;
  readonly service: k8s.KubeService;
  readonly podDisruptionBudget: k8s.KubePodDisruptionBudget | undefined;
  readonly deployment: k8s.KubeDeployment;

  constructor(scope: Construct, id: string, props: KubeStateMetricsProps = {}) {
    super(scope, id);
    const made = kubeStateMetricsObjects(this, props);
    const objects = props.transform === undefined ? made : props.transform(made);
    this.serviceAccount = new k8s.KubeServiceAccount(this, 'service-account', objects.serviceAccount);
    this.clusterRole = clusterScoped(new k8s.KubeClusterRole(this, 'cluster-role', objects.clusterRole));
    this.clusterRoleBinding = clusterScoped(new k8s.KubeClusterRoleBinding(this, 'cluster-role-binding', objects.clusterRoleBinding));
    this.networkPolicy = objects.networkPolicy && new k8s.KubeNetworkPolicy(this, 'network-policy', objects.networkPolicy);
    this.service = new k8s.KubeService(this, 'service', objects.service);
    this.podDisruptionBudget = objects.podDisruptionBudget && new k8s.KubePodDisruptionBudget(this, 'pod-disruption-budget', objects.podDisruptionBudget);
    this.deployment = new k8s.KubeDeployment(this, 'deployment', objects.deployment);
  }
}

const METRICS_PORT = 8080;
const TELEMETRY_PORT = 8081;
const USER = 65_534;

function kubeStateMetricsObjects(scope: Construct, props: KubeStateMetricsProps): KubeStateMetricsObjects {
  const name = requireWorkloadName('kube-state-metrics: name', props.name ?? 'kube-state-metrics');
  const where = `kube-state-metrics ${name}`;
  const namespace = namespaceOf(scope, props.namespace);
  const selector = { 'app.kubernetes.io/name': 'kube-state-metrics', 'app.kubernetes.io/instance': name };
  const labels = { ...requireLabels(`${where}: labels`, props.labels ?? {}), ...selector, 'app.kubernetes.io/part-of': 'podscope' };
  const version = props.version ?? '2.15';
  const resources = requireResources(where, version, props.stateOf);
  const clusterName = `${namespace}-${name}`;
  const { roleArn, annotations } = props.serviceAccount ?? {};
  const accountAnnotations = requireAnnotations(`${where}: serviceAccount.annotations`, { ...annotations, ...(roleArn === undefined ? {} : { 'eks.amazonaws.com/role-arn': roleArn }) });
  return given<KubeStateMetricsObjects>({
    serviceAccount: { metadata: given<k8s.ObjectMeta>({ name, namespace, labels, annotations: Object.keys(accountAnnotations).length === 0 ? undefined : accountAnnotations }), automountServiceAccountToken: false },
    clusterRole: { metadata: { name: clusterName, labels }, rules: kubeStateRules(resources) },
    clusterRoleBinding: { metadata: { name: clusterName, labels }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterName }, subjects: [{ kind: 'ServiceAccount', name, namespace }] },
    networkPolicy: props.networkPolicy === false ? undefined : { metadata: { name, namespace, labels }, spec: policy(selector, namespace, props) },
    service: {
      metadata: { name, namespace, labels },
      spec: { type: 'ClusterIP', selector, ports: [{ name: 'metrics', port: METRICS_PORT, targetPort: k8s.IntOrString.fromString('metrics'), protocol: 'TCP' }, { name: 'telemetry', port: TELEMETRY_PORT, targetPort: k8s.IntOrString.fromString('telemetry'), protocol: 'TCP' }] },
    },
    podDisruptionBudget: { metadata: { name, namespace, labels }, spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: selector } } },
    deployment: {
      metadata: { name, namespace, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: selector },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) } },
        revisionHistoryLimit: 3,
        template: { metadata: given<k8s.ObjectMeta>({ labels, annotations: props.podAnnotations && requireAnnotations(`${where}: podAnnotations`, props.podAnnotations) }), spec: podSpec(where, name, version, resources, props) },
      },
    },
  });
}

/** Whoever is in its namespace, or in that of monitoring, may read the metrics: Metricbeat's cluster part is one of them. */
function policy(selector: Record<string, string>, namespace: string, props: KubeStateMetricsProps): k8s.NetworkPolicySpec {
  const options = props.networkPolicy === false ? {} : (props.networkPolicy ?? {});
  const readers = options.agents ?? [{ podSelector: {} }, { namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'metricbeat' } } }];
  const ports = [METRICS_PORT].map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) }));
  const nodes = (options.nodeCidrs ?? []).map((cidr) => ({ ipBlock: { cidr } }));
  const needs = { sources: [], destination: undefined, monitoringPort: TELEMETRY_PORT, usesApi: true, namespace };
  return networkPolicySpec({ matchLabels: selector }, needs, { ...options, extraIngress: [{ from: [...readers, ...nodes], ports }, ...(options.extraIngress ?? [])] });
}

function podSpec(where: string, name: string, version: KubeStateMetricsVersion, resources: readonly KubeStateResource[], props: KubeStateMetricsProps): k8s.PodSpec {
  // Not /livez: that asks the API server too, and a restart of this helps neither.
  const live = { path: '/healthz', port: k8s.IntOrString.fromNumber(METRICS_PORT) };
  const ready = version === '1.9' ? { path: '/', port: k8s.IntOrString.fromNumber(TELEMETRY_PORT) } : { path: '/readyz', port: k8s.IntOrString.fromNumber(TELEMETRY_PORT) };
  return given<k8s.PodSpec>({
    serviceAccountName: name,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, fsGroup: USER, seccompProfile: { type: 'RuntimeDefault' } },
    imagePullSecrets: props.imagePullSecrets?.map((secret) => ({ name: requireSubdomain(`${where}: imagePullSecrets`, secret) })),
    priorityClassName: props.priorityClassName,
    nodeSelector: { ...(props.nodeSelector ?? { 'kubernetes.io/os': 'linux' }) },
    tolerations: props.tolerations === undefined ? undefined : [...props.tolerations],
    affinity: props.affinity,
    terminationGracePeriodSeconds: props.terminationGracePeriodSeconds,
    containers: [
      {
        name: 'kube-state-metrics',
        ...imageReference(`kube-state-metrics@${version}`, props.image),
        args: [`--${version === '1.9' ? 'collectors' : 'resources'}=${resources.join(',')}`, `--port=${METRICS_PORT}`, `--telemetry-port=${TELEMETRY_PORT}`],
        ports: [{ name: 'metrics', containerPort: METRICS_PORT, protocol: 'TCP' }, { name: 'telemetry', containerPort: TELEMETRY_PORT, protocol: 'TCP' }],
        resources: resourceRequirements(`${where}: resources`, props.resources, { cpu: { request: '50m' }, memory: { request: '64Mi', limit: '256Mi' } }),
        startupProbe: { httpGet: live, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 12 },
        livenessProbe: { httpGet: live, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
        readinessProbe: { httpGet: ready, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
        securityContext: restrictedSecurity(USER),
        terminationMessagePolicy: 'FallbackToLogsOnError',
      },
    ],
  });
}
