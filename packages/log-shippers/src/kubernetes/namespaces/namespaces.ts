import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import { Construct } from 'constructs';
import { requireName } from '../../quantities/quantities.ts';
import { clusterScoped } from '../objects/clusterScoped.ts';
import { requireAnnotations, requireLabels } from '../objects/names.ts';

/** Levels of Kubernetes' pod security standards that namespaces here are of. */
export type PodSecurity = 'restricted' | 'privileged';

/** Properties of {@link LoggingNamespace} and {@link NodeAgentNamespace}. */
export interface NamespaceProps {
  /** @default 'logging', or 'node-agents' for those of a node */
  readonly name?: string;
  /** The version of the pod security standard, such as `v1.33`. @default 'latest' */
  readonly podSecurityVersion?: string;
  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Why a namespace of node agents can't be `baseline`: it stands as an annotation on it. */
export const PRIVILEGED_REASON =
  'Node agents read /var/log of their node and keep positions on it. Every hostPath volume, read-only ones too, is refused by the levels baseline and restricted.';

abstract class ShipperNamespace extends Construct {
  /** The Kubernetes object, for patches. */
  readonly namespace: k8s.KubeNamespace;
  /** Its name. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: NamespaceProps, level: PodSecurity, name: string, annotations: Readonly<Record<string, string>>) {
    super(scope, id);
    this.name = requireName(`${new.target.name}.name`, props.name ?? name);
    const version = props.podSecurityVersion ?? 'latest';
    const where = `${new.target.name} ${this.name}`;
    this.namespace = clusterScoped(
      new k8s.KubeNamespace(this, 'namespace', {
        metadata: {
          name: this.name,
          labels: {
            'app.kubernetes.io/part-of': 'podscope',
            ...requireLabels(`${where}.labels`, props.labels ?? {}),
            'pod-security.kubernetes.io/enforce': level,
            'pod-security.kubernetes.io/enforce-version': version,
            // What is over the level that it could have is still told, in a namespace of node agents too.
            'pod-security.kubernetes.io/audit': 'restricted',
            'pod-security.kubernetes.io/audit-version': version,
            'pod-security.kubernetes.io/warn': level,
            'pod-security.kubernetes.io/warn-version': version,
          },
          ...withAnnotations({ ...requireAnnotations(`${where}.annotations`, props.annotations ?? {}), ...annotations }),
        },
      }),
    );
  }
}

function withAnnotations(annotations: Record<string, string>): { annotations?: Record<string, string> } {
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

/** A namespace that enforces the level `restricted`: for aggregators, Logstash, kube-state-metrics and all else that reads nothing of a node. */
export class LoggingNamespace extends ShipperNamespace {
  readonly podSecurity = 'restricted' as const;

  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    super(scope, id, props, 'restricted', 'logging', {});
  }
}

/** A namespace for node agents only: `privileged`, because they need hostPath volumes; the reason stands on it. */
export class NodeAgentNamespace extends ShipperNamespace {
  readonly podSecurity = 'privileged' as const;
  /** Lets pods of this namespace be `system-node-critical` where a cluster limits that class to kube-system (GKE does). */
  readonly quota: k8s.KubeResourceQuota;

  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    super(scope, id, props, 'privileged', 'node-agents', { 'podscope.dev/pod-security-reason': PRIVILEGED_REASON });
    this.quota = new k8s.KubeResourceQuota(this, 'critical-pods', {
      metadata: { name: 'critical-pods', namespace: this.name, labels: { 'app.kubernetes.io/part-of': 'podscope' } },
      spec: {
        hard: { pods: k8s.Quantity.fromString('10k') },
        scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['system-node-critical'] }] },
      },
    });
  }
}

/** The name of a namespace that was given in any way, or the chart's. */
export function namespaceOf(scope: Construct, given: string | { readonly name: string } | undefined): string {
  const name = typeof given === 'string' ? given : (given?.name ?? Chart.of(scope).namespace ?? 'default');
  return requireName('namespace', name);
}
