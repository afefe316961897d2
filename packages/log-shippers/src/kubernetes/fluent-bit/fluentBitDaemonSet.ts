import type { Construct } from 'constructs';
import type { VersionOf } from '../../compatibility/compatibility.ts';
import { daemonSetOf, type DaemonSetProps, ShipperDaemonSet } from '../constructs/daemonSet.ts';
import { deploymentOf, type DeploymentProps, ShipperDeployment } from '../constructs/deployment.ts';
import { FLUENT_BIT } from '../programs/programs.ts';
import type { FluentBitConfig } from '../../fluent-bit/index.ts';

/** Properties of {@link FluentBitDaemonSet}. */
export type FluentBitDaemonSetProps<V extends VersionOf<'fluent-bit'> = VersionOf<'fluent-bit'>> = DaemonSetProps<'fluent-bit', V, FluentBitConfig>;

/**
 * Fluent Bit on each node: reads logs of containers and of the node, and keeps positions and buffers on it.
 *
 * ```ts
 * new FluentBitDaemonSet(chart, 'agent', {
 *   namespace: new NodeAgentNamespace(chart, 'node-agents'),
 *   sources: [containerLogs(), apacheLogs({ pods: ['frontend-*'] })],
 *   destination: forward({ host: 'fluentd.logging.svc' }),
 * });
 * ```
 */
export class FluentBitDaemonSet<V extends VersionOf<'fluent-bit'> = '5.1'> extends ShipperDaemonSet {
  constructor(scope: Construct, id: string, props: FluentBitDaemonSetProps<V>) {
    super(scope, id, daemonSetOf(scope, FLUENT_BIT, props));
  }
}

/** Properties of {@link FluentBitDeployment}. */
export type FluentBitDeploymentProps<V extends VersionOf<'fluent-bit'> = VersionOf<'fluent-bit'>> = DeploymentProps<'fluent-bit', V, FluentBitConfig>;

/** Fluent Bit beside nothing: reads workload events of the cluster with one pod, or takes what other shippers send. */
export class FluentBitDeployment<V extends VersionOf<'fluent-bit'> = '5.1'> extends ShipperDeployment {
  constructor(scope: Construct, id: string, props: FluentBitDeploymentProps<V>) {
    super(scope, id, deploymentOf(scope, FLUENT_BIT, props, 'fluent-bit'));
  }
}
