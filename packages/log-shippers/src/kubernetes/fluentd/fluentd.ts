import type { Construct } from 'constructs';
import type { VersionOf } from '../../compatibility/compatibility.ts';
import { daemonSetOf, type DaemonSetProps, ShipperDaemonSet } from '../constructs/daemonSet.ts';
import { ShipperStatefulSet, statefulSetOf, type StatefulSetProps } from '../constructs/statefulSet.ts';
import type { FluentdConfig } from '../../fluentd/index.ts';
import { FLUENTD } from '../programs/programs.ts';
import { drainBuffers } from './drain.ts';

/** Properties of {@link FluentdDaemonSet}. */
export type FluentdDaemonSetProps<V extends VersionOf<'fluentd'> = VersionOf<'fluentd'>> = DaemonSetProps<'fluentd', V, FluentdConfig>;

/** Fluentd on each node. */
export class FluentdDaemonSet<V extends VersionOf<'fluentd'> = '1.19'> extends ShipperDaemonSet {
  constructor(scope: Construct, id: string, props: FluentdDaemonSetProps<V>) {
    super(scope, id, daemonSetOf(scope, FLUENTD, props));
  }
}

/** Properties of {@link FluentdAggregator}. */
export type FluentdAggregatorProps<V extends VersionOf<'fluentd'> = VersionOf<'fluentd'>> = StatefulSetProps<'fluentd', V, FluentdConfig>;

/**
 * Fluentd as the one that agents forward to: replicas behind a Service, each with file buffers on a volume of its own. A pod that is
 * to end flushes its buffers first, for up to {@link FluentdAggregatorProps.terminationGracePeriodSeconds}; what it can't send by then
 * stays on its volume, and the pod of the same number goes on with it.
 */
export class FluentdAggregator<V extends VersionOf<'fluentd'> = '1.19'> extends ShipperStatefulSet {
  constructor(scope: Construct, id: string, props: FluentdAggregatorProps<V>) {
    super(scope, id, statefulSetOf(scope, FLUENTD, props, { defaultName: 'fluentd', gracePeriodSeconds: 180, lifecycle: drainBuffers }));
  }
}
