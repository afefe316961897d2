import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { SourceFor, VersionOf } from '../../compatibility/compatibility.ts';
import type { ConfigFiles } from '../../config/shipperOptions.ts';
import { badValue } from '../../quantities/quantities.ts';
import type { Source } from '../../sources/sources.ts';
import { type AnyDaemonSetProps, daemonSetOf, type DaemonSetProps, ShipperDaemonSet } from '../constructs/daemonSet.ts';
import { type AnyDeploymentProps, deploymentOf, type DeploymentProps, ShipperDeployment } from '../constructs/deployment.ts';
import { type LoggingNamespace, namespaceOf } from '../namespaces/namespaces.ts';
import type { DeploymentObjects, Transform } from '../objects/shipperObjects.ts';
import type { MetricbeatConfig } from '../../beats/index.ts';
import { METRICBEAT } from '../programs/programs.ts';
import type { Resources } from '../props/resources.ts';

/** Properties of {@link MetricbeatDeployment}. */
export type MetricbeatDeploymentProps<V extends VersionOf<'metricbeat'> = VersionOf<'metricbeat'>> = DeploymentProps<'metricbeat', V, MetricbeatConfig>;

/** Metricbeat for the state of the cluster: one pod, which ends before its successor begins, since two would double every document. */
export class MetricbeatDeployment<V extends VersionOf<'metricbeat'> = '7.17'> extends ShipperDeployment {
  constructor(scope: Construct, id: string, props: MetricbeatDeploymentProps<V>) {
    super(scope, id, deploymentOf(scope, METRICBEAT, props, 'metricbeat-state'));
  }
}

/** The part of {@link MetricbeatDaemonSet} that is there once in a cluster. */
export interface MetricbeatClusterPart {
  /** @default the name of the DaemonSet and `-state` */
  readonly name?: string;
  /** Needs no host path, so it can be in a `restricted` one. @default the namespace of the DaemonSet */
  readonly namespace?: string | LoggingNamespace;
  readonly config?: MetricbeatConfig | ConfigFiles;
  readonly resources?: Resources;
  readonly transform?: Transform<DeploymentObjects>;
}

/** Properties of {@link MetricbeatDaemonSet}. */
export interface MetricbeatDaemonSetProps<V extends VersionOf<'metricbeat'> = VersionOf<'metricbeat'>> extends DaemonSetProps<'metricbeat', V, MetricbeatConfig> {
  /** Sources of the nodes, read on each; and of the state of the cluster, which the cluster part reads once. */
  readonly sources: readonly SourceFor<'metricbeat', V>[];
  /** The Deployment that reads the state of the cluster, if that is among the sources. */
  readonly cluster?: MetricbeatClusterPart;
  /**
   * In the network of the host. Without it `system.network.*` counts the pod's own traffic; with it, network policies know the pods by
   * the addresses of their nodes only (`networkPolicy.nodeCidrs` of what they send to), and they reach whatever listens on the node.
   * @default false
   */
  readonly hostNetwork?: boolean;
}

/** Metricbeat on each node, and its cluster part: one Deployment of one pod. */
export class MetricbeatDaemonSet<V extends VersionOf<'metricbeat'> = '7.17'> extends ShipperDaemonSet {
  /** Undefined where no source is the state of the cluster. */
  readonly cluster: ShipperDeployment | undefined;

  constructor(scope: Construct, id: string, props: MetricbeatDaemonSetProps<V>) {
    const { onNodes, ofCluster } = split(props.sources as readonly Source[]);
    const { cluster, ...shared }: AnyDaemonSetProps & { readonly cluster?: MetricbeatClusterPart } = props;
    super(scope, id, daemonSetOf(scope, METRICBEAT, { ...shared, sources: onNodes }));
    this.cluster = ofCluster.length === 0 ? undefined : new ClusterPart(this, 'cluster', clusterProps(shared, ofCluster, cluster ?? {}, this.daemonSet));
  }
}

class ClusterPart extends ShipperDeployment {
  constructor(scope: Construct, id: string, props: AnyDeploymentProps) {
    super(scope, id, deploymentOf(scope, METRICBEAT, props, 'metricbeat-state'));
  }
}

function split(sources: readonly Source[]): { readonly onNodes: readonly Source[]; readonly ofCluster: readonly Source[] } {
  const ofCluster = sources.filter((source) => source.kind === 'kubernetes-metrics' && source.scope !== 'node');
  const onNodes = sources.filter((source) => !ofCluster.includes(source));
  if (onNodes.length === 0) throw badValue('metricbeat: sources', 'nothing is to be read on the nodes.', 'Use MetricbeatDeployment for the state of the cluster alone.');
  return { onNodes, ofCluster };
}

/** What the DaemonSet is given goes for its cluster part, but for what is about nodes. */
function clusterProps(shared: AnyDaemonSetProps, sources: readonly Source[], part: MetricbeatClusterPart, daemonSet: ApiObject): AnyDeploymentProps {
  const { maxUnavailable: _maxUnavailable, hostNetwork: _hostNetwork, transform: _transform, config: _config, tolerations: _tolerations, priorityClassName: _priorityClassName, nodeSelector: _nodeSelector, affinity: _affinity, resources: _resources, name: _name, externalSecrets, ...rest } = shared;
  // A Secret has one ExternalSecret, and that of the DaemonSet is in its namespace already.
  const ownSecrets = externalSecrets !== undefined && namespaceOf(daemonSet, part.namespace ?? shared.namespace) !== daemonSet.metadata.namespace;
  return { ...rest, ...(ownSecrets ? { externalSecrets } : {}), name: `${daemonSet.name}-state`, ...part, sources };
}
