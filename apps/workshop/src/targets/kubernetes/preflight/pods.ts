import { quantity } from '../quantity.ts';
import type { RightsObject } from './rights.ts';

/** What a pod asks of its node. */
export interface Requests {
  /** CPUs. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

interface Container {
  readonly image?: string;
  readonly restartPolicy?: string;
  readonly resources?: { readonly requests?: { readonly cpu?: string | number; readonly memory?: string | number } };
}

/** A pod's description, as far as it is looked at. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly overhead?: { readonly cpu?: string; readonly memory?: string };
  readonly nodeSelector?: Readonly<Record<string, string>>;
}

/** Pods that a manifest brings. */
export interface WantedPods {
  /** `Deployment logging/logstash` */
  readonly owner: string;
  /** Undefined for one on each node. */
  readonly count: number | undefined;
  readonly requests: Requests;
  readonly images: readonly string[];
  /** Of the node, where the pods want a certain one. */
  readonly architecture: string | undefined;
}

const read = ({ resources }: Container, of: 'cpu' | 'memory'): number => quantity(String(resources?.requests?.[of] ?? 0)) || 0;

/**
 * What the scheduler reckons with: the containers and the sidecars together, or the largest init container with the sidecars before it
 * (k8s.io/component-helpers/resource/helpers.go, `AggregateContainerRequests`).
 */
export function requestsOf({ containers, initContainers = [], overhead }: PodSpec): Requests {
  const of = (what: 'cpu' | 'memory'): number => {
    let sidecars = 0;
    let most = 0;
    for (const container of initContainers) {
      if (container.restartPolicy === 'Always') sidecars += read(container, what);
      else most = Math.max(most, sidecars + read(container, what));
    }
    return Math.max(most, sidecars + containers.reduce((sum, container) => sum + read(container, what), 0)) + (quantity(overhead?.[what] ?? '0') || 0);
  };
  return { cpu: of('cpu'), memory: of('memory') };
}

interface Workload {
  readonly replicas?: number;
  readonly template: { readonly spec: PodSpec };
}

interface OperatedCluster {
  readonly nodePools: readonly { readonly component: string; readonly replicas: number; readonly resources: NonNullable<Container['resources']> }[];
  readonly dashboards: { readonly enable: boolean; readonly replicas: number; readonly resources: NonNullable<Container['resources']> };
}

/** The pods of workloads; of those that a HorizontalPodAutoscaler scales, its least number. */
export function podsOf(objects: readonly RightsObject[]): readonly WantedPods[] {
  const least = new Map<string, number>(
    objects.flatMap((object) => {
      if (object.kind !== 'HorizontalPodAutoscaler') return [];
      const { scaleTargetRef, minReplicas = 1 } = object['spec'] as { readonly scaleTargetRef: { readonly kind: string; readonly name: string }; readonly minReplicas?: number };
      return [[`${scaleTargetRef.kind} ${object.metadata.namespace}/${scaleTargetRef.name}`, minReplicas] as const];
    }),
  );
  return objects.flatMap((object): readonly WantedPods[] => {
    const owner = `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
    if (object.kind === 'OpenSearchCluster') return operated(owner, object['spec'] as OperatedCluster);
    if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind)) return [];
    const { replicas = 1, template: { spec } } = object['spec'] as Workload;
    return [{
      owner,
      count: object.kind === 'DaemonSet' ? undefined : Math.max(replicas, least.get(owner) ?? 0),
      requests: requestsOf(spec),
      images: [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ image }) => image ?? []),
      architecture: spec.nodeSelector?.['kubernetes.io/arch'],
    }];
  });
}

/** What the operator makes of its custom resource; its images are its own affair. */
function operated(owner: string, { nodePools, dashboards }: OperatedCluster): readonly WantedPods[] {
  const one = (count: number, resources: NonNullable<Container['resources']>): WantedPods => ({ owner, count, requests: requestsOf({ containers: [{ resources }] }), images: [], architecture: undefined });
  return [...nodePools.map(({ replicas, resources }) => one(replicas, resources)), ...(dashboards.enable ? [one(dashboards.replicas, dashboards.resources)] : [])];
}

/** Volume claims that the manifests bring, by the storage class that they ask for; undefined for the default one. */
export function claimsOf(objects: readonly RightsObject[]): readonly { readonly owner: string; readonly storageClass: string | undefined }[] {
  return objects.flatMap((object) => {
    const owner = `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
    if (object.kind === 'OpenSearchCluster') {
      const { nodePools } = object['spec'] as { readonly nodePools: readonly { readonly persistence?: { readonly pvc?: { readonly storageClass?: string } } }[] };
      return nodePools.map(({ persistence }) => ({ owner, storageClass: persistence?.pvc?.storageClass }));
    }
    const { volumeClaimTemplates = [] } = (object['spec'] ?? {}) as { readonly volumeClaimTemplates?: readonly { readonly spec: { readonly storageClassName?: string } }[] };
    return object.kind === 'StatefulSet' ? volumeClaimTemplates.map(({ spec }) => ({ owner, storageClass: spec.storageClassName })) : [];
  });
}
