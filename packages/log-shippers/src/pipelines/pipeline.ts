import { Chart } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import { DEFAULTED_KSM, kubeStateMetrics } from './kubeStateMetricsChart.ts';
import type { Shipper } from '../compatibility/compatibility.ts';
import { badValue } from '../quantities/quantities.ts';
import {
  type Autoscaling, type BufferVolume, type ExternalSecretsOptions, FilebeatDaemonSet, FluentBitDaemonSet, FluentBitDeployment, FluentBitSidecar, FluentdAggregator, type KubernetesVersion, LoggingNamespace, LogstashDeployment, MetricbeatDaemonSet, MetricbeatDeployment,
  NodeAgentNamespace, OtelCollectorDaemonSet, OtelCollectorDeployment, type Trust, type WorkloadProps,
} from '../kubernetes/index.ts';
import type { Pattern } from './patterns.ts';
import { type PipelineOptions, type PipelinePlan, type PlannedShipper, planPipeline, type SidecarPlace } from './plan.ts';

/** Properties of {@link Pipeline}. */
export interface PipelineProps<P extends Pattern = Pattern> extends PipelineOptions<P> {
  /** The server's version. @default '1.33' */
  readonly kubernetesVersion?: KubernetesVersion;
  /** Registry, with or without a path, in place of every image's own. @default each image's */
  readonly imageMirror?: string;
  /** A role in AWS that the pods of shippers take on (IRSA). @default none: none needed, or EKS Pod Identity */
  readonly roleArn?: string;
  /** @default none: the Secrets are there already, in each namespace that ships */
  readonly externalSecrets?: ExternalSecretsOptions;
  /** Where the certificate comes from that `tls.caFile` of the destination names, in each namespace that writes. @default the system's authorities */
  readonly trust?: Trust;
  /** What a shipper is given besides, by its name in the plan: resources, tolerations, replicas, an authority's certificate … @default nothing */
  readonly workload?: (name: string) => PipelineWorkload;
}

/** What a shipper of a pipeline can be given. A member that it has no use for says nothing. */
export interface PipelineWorkload extends Partial<WorkloadProps> {
  /** @default 2, and 1 for what reads the cluster */
  readonly replicas?: number;
  readonly buffer?: BufferVolume;
  /** @default Logstash's, where no `replicas` are given: two to six by load; none else */
  readonly autoscaling?: Autoscaling | false;
}

/** A whole pipeline in charts, one a component: what a cluster needs from the line that is written to the document. */
export class Pipeline<const P extends Pattern = Pattern> {
  readonly plan: PipelinePlan;
  /** In an order that can be applied. Their ids name the components. */
  readonly charts: readonly Chart[];
  readonly #sidecars: ReadonlyMap<SidecarPlace, FluentBitSidecar>;

  /**
   * @param scope An app, or a construct in one; not a chart, which would take all objects for its own.
   * @throws PodscopeError SHIPPER_INCOMPATIBLE, SHIPPER_BAD_VALUE, SHIPPER_BAD_NAME
   */
  constructor(scope: Construct, props: PipelineProps<P>) {
    if (Chart.isChart(scope)) throw badValue('Pipeline', 'the scope is a chart.', 'Give the app: a pipeline makes a chart for each component.');
    const plan = planPipeline<P>(props);
    this.plan = plan;
    const { logging, agents, application } = plan.namespaces;
    const charts: Chart[] = [];
    const chart = (id: string, namespace?: string): Chart => {
      const made = new Chart(scope, id, { disableResourceNameHashes: true, ...(namespace === undefined ? {} : { namespace }) });
      charts.push(made);
      return made;
    };
    const namespaces = chart('shipper-namespaces');
    if (plan.deployments.length + plan.processors.length > 0 || plan.kubeStateMetrics) new LoggingNamespace(namespaces, 'logging', { name: logging });
    if (plan.daemonSets.length > 0) new NodeAgentNamespace(namespaces, 'agents', { name: agents });
    const common = { ...pick(props, 'kubernetesVersion'), ...(props.imageMirror === undefined ? {} : { image: { registry: props.imageMirror } }) };
    const withSecrets = new Set<string>();
    const given = ({ name, shipper, version, sources, destination }: PlannedShipper, namespace: string): never => {
      // All that write there refer to the same Secret, and a Secret has one owner in a namespace.
      const ownsSecrets = destination === props.destination && !withSecrets.has(namespace);
      if (ownsSecrets) withSecrets.add(namespace);
      const { autoscaling, ...workload } = props.workload?.(name) ?? {};
      const scaled = autoscaling ?? (shipper === 'logstash' && workload.replicas === undefined ? {} : false);
      const aws = props.roleArn !== undefined && (destination.kind === 'kinesis_firehose' || (destination.kind === 'opensearch' && destination.auth.kind === 'sigv4'));
      // The plan was checked against the compatibility data, which the types are made from.
      return { ...common, ...(destination === props.destination ? pick(props, 'trust') : {}), ...(ownsSecrets ? pick(props, 'externalSecrets') : {}), ...(aws ? { serviceAccount: { roleArn: props.roleArn } } : {}), ...workload, ...(scaled === false ? {} : { autoscaling: scaled }), name, ...(version === undefined ? {} : { version }), sources, destination } as never;
    };

    for (const each of plan.processors) make(PROCESSORS, chart(each.name, logging), each, given(each, logging));
    const sidecars = new Map<SidecarPlace, FluentBitSidecar>();
    for (const each of plan.sidecars.filter((sidecar) => sidecar.in !== 'kube-state-metrics')) {
      const isWeb = each.in === 'web';
      sidecars.set(each.in, new FluentBitSidecar(chart(each.name, application), each.name, { ...(given(each, application) as object), namespace: application, ...(isWeb ? { sharedFolders: [props.files?.webLogs ?? '/var/log/guestbook'] } : {}), ...(common.image === undefined ? {} : { redisInfoWriter: { image: common.image } }) } as never));
    }
    if (plan.kubeStateMetrics) {
      const events = plan.sidecars.find((sidecar) => sidecar.in === 'kube-state-metrics');
      kubeStateMetrics(chart('kube-state-metrics', logging), { ...common, ...props.workload?.('kube-state-metrics'), namespace: logging, version: props.versions?.metricbeat === '7.12' ? '1.9' : DEFAULTED_KSM }, events, (each) => given(each, logging));
    }
    for (const each of plan.deployments) make(DEPLOYMENTS, chart(each.name, logging), each, given(each, logging));
    for (const each of plan.daemonSets) make(DAEMON_SETS, chart(each.name, agents), each, given(each, agents));
    this.charts = charts;
    this.#sidecars = sidecars;
  }

  /** The template of pods with the sidecar for that place in it, and its shared folder mounted into the pod's first container; as it is where the pattern has none there. */
  addSidecar(place: 'web' | 'redis', template: k8s.PodTemplateSpec): k8s.PodTemplateSpec {
    const sidecar = this.#sidecars.get(place);
    if (sidecar === undefined) return template;
    if (place === 'redis') return sidecar.addTo(template);
    const shared = sidecar.parts.container.volumeMounts?.find(({ name }) => sidecar.parts.volumes.some((volume) => volume.name === name && volume.emptyDir !== undefined && name.includes('-shared')));
    const [first, ...rest] = template.spec?.containers ?? [];
    if (shared === undefined || first === undefined) return sidecar.addTo(template);
    const mounted = { ...first, volumeMounts: [...(first.volumeMounts ?? []), { name: shared.name, mountPath: shared.mountPath }] };
    return sidecar.addTo({ ...template, spec: { ...template.spec, containers: [mounted, ...rest] } });
  }

  /** True where a sidecar reads in those pods. */
  hasSidecar(place: 'web' | 'redis'): boolean {
    return this.#sidecars.has(place);
  }
}

/** A construct of any program: which props it takes, the plan has seen to. */
type Made = Readonly<Partial<Record<Shipper, new (scope: Construct, id: string, props: never) => Construct>>>;
const PROCESSORS: Made = { 'fluent-bit': FluentBitDeployment, fluentd: FluentdAggregator, logstash: LogstashDeployment };
const DEPLOYMENTS: Made = { 'fluent-bit': FluentBitDeployment, metricbeat: MetricbeatDeployment, 'otel-collector': OtelCollectorDeployment };
const DAEMON_SETS: Made = { 'fluent-bit': FluentBitDaemonSet, filebeat: FilebeatDaemonSet, metricbeat: MetricbeatDaemonSet, 'otel-collector': OtelCollectorDaemonSet };

function make(constructs: Made, scope: Chart, { shipper, name }: PlannedShipper, props: never): void {
  const Construct = constructs[shipper];
  if (Construct === undefined) throw new TypeError(`${shipper} has no construct for ${name}.`);
  new Construct(scope, name, props);
}

function pick<Props extends object, Name extends keyof Props>(props: Props, ...names: readonly Name[]): Partial<Pick<Props, Name>> {
  return Object.fromEntries(names.flatMap((name) => (props[name] === undefined ? [] : [[name, props[name]]]))) as Partial<Pick<Props, Name>>;
}
