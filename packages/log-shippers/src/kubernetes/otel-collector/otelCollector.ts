import type { Construct } from 'constructs';
import type { VersionOf } from '../../compatibility/compatibility.ts';
import { daemonSetOf, type DaemonSetProps, ShipperDaemonSet } from '../constructs/daemonSet.ts';
import { deploymentOf, type DeploymentProps, ShipperDeployment } from '../constructs/deployment.ts';
import type { OtelCollectorConfig } from '../../otel-collector/index.ts';
import { OTEL_COLLECTOR } from '../programs/programs.ts';

/** Properties of {@link OtelCollectorDaemonSet}. */
export type OtelCollectorDaemonSetProps<V extends VersionOf<'otel-collector'> = VersionOf<'otel-collector'>> = DaemonSetProps<'otel-collector', V, OtelCollectorConfig>;

/** The OpenTelemetry Collector on each node. */
export class OtelCollectorDaemonSet<V extends VersionOf<'otel-collector'> = '0.139'> extends ShipperDaemonSet {
  constructor(scope: Construct, id: string, props: OtelCollectorDaemonSetProps<V>) {
    super(scope, id, daemonSetOf(scope, OTEL_COLLECTOR, props));
  }
}

/** Properties of {@link OtelCollectorDeployment}. */
export type OtelCollectorDeploymentProps<V extends VersionOf<'otel-collector'> = VersionOf<'otel-collector'>> = DeploymentProps<'otel-collector', V, OtelCollectorConfig>;

/** The OpenTelemetry Collector as a gateway for OTLP, or for the events of the cluster, with one pod. */
export class OtelCollectorDeployment<V extends VersionOf<'otel-collector'> = '0.139'> extends ShipperDeployment {
  constructor(scope: Construct, id: string, props: OtelCollectorDeploymentProps<V>) {
    super(scope, id, deploymentOf(scope, OTEL_COLLECTOR, props, 'otel-collector'));
  }
}
