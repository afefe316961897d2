import type { Construct } from 'constructs';
import type { VersionOf } from '../../compatibility/compatibility.ts';
import { deploymentOf, type DeploymentProps, ShipperDeployment } from '../constructs/deployment.ts';
import { ShipperStatefulSet, statefulSetOf, type StatefulSetProps } from '../constructs/statefulSet.ts';
import type { LogstashConfig } from '../../logstash/index.ts';
import { LOGSTASH } from '../programs/programs.ts';
import { queueFor, type QueueSize } from './queue.ts';

/** What Logstash can be given beside what every shipper can. */
export interface LogstashQueueProps {
  /** The limit of the persistent queue. @default what the volume has room for */
  readonly queue?: { readonly maxBytes?: QueueSize };
  /** Who takes lines of web pods apart, where the Beat hasn't. @default 'logstash' */
  readonly pattern?: 'logstash' | 'beat';
}

/** Properties of {@link LogstashDeployment}. */
export interface LogstashDeploymentProps<V extends VersionOf<'logstash'> = VersionOf<'logstash'>> extends DeploymentProps<'logstash', V, LogstashConfig>, LogstashQueueProps {}

/**
 * Logstash as a Deployment, which scales up and down at will. Its persistent queue is on a volume that is the pod's own: it outlives a
 * crash and a restart of the container, not the pod. So a pod that is taken away empties its queue first, within its grace period
 * (`queue.drain`), and Beats send again what was never acknowledged; events that a lost node had acknowledged are lost with it.
 * Replicas can't share one claim: a queue has one owner. Where acknowledged events must outlive the node, use
 * {@link LogstashStatefulSet}.
 */
export class LogstashDeployment<V extends VersionOf<'logstash'> = '8.9'> extends ShipperDeployment {
  constructor(scope: Construct, id: string, props: LogstashDeploymentProps<V>) {
    super(scope, id, deploymentOf(scope, LOGSTASH, { ...props, more: moreOptions(props, '2Gi') }, 'logstash'));
  }
}

/** Properties of {@link LogstashStatefulSet}. */
export interface LogstashStatefulSetProps<V extends VersionOf<'logstash'> = VersionOf<'logstash'>> extends StatefulSetProps<'logstash', V, LogstashConfig>, LogstashQueueProps {}

/**
 * Logstash with a claim for each replica: its queue outlives pod and node, and the pod of the same number goes on with it. After a
 * scale-down, what a pod could not send in its grace period waits on its claim until that number is back.
 */
export class LogstashStatefulSet<V extends VersionOf<'logstash'> = '8.9'> extends ShipperStatefulSet {
  constructor(scope: Construct, id: string, props: LogstashStatefulSetProps<V>) {
    super(scope, id, statefulSetOf(scope, LOGSTASH, { ...props, more: moreOptions(props, '10Gi') }, { defaultName: 'logstash', gracePeriodSeconds: 300 }));
  }
}

function moreOptions(props: LogstashQueueProps & Pick<LogstashDeploymentProps, 'name' | 'buffer'>, defaultSize: '2Gi' | '10Gi'): Readonly<Record<string, unknown>> {
  const maxBytes = queueFor(`logstash ${props.name ?? 'logstash'}`, props.buffer, defaultSize, props.queue?.maxBytes);
  return { queue: { maxBytes }, ...(props.pattern === undefined ? {} : { pattern: props.pattern }) };
}
