import { k8s } from 'cdk8s-plus-33';
import { badValue, requirePort } from '../../quantities/quantities.ts';
import { hostFolders } from '../pod/hostFolders.ts';
import { diskQuantity, type Memory } from '../props/resources.ts';
import { commonObjects } from './commonObjects.ts';
import { given } from './given.ts';
import type { Prepared } from './prepare.ts';
import { podTemplate } from './podSpec.ts';
import type { DaemonSetObjects, DeploymentObjects, StatefulSetObjects } from './shipperObjects.ts';

/** How many replicas, by load. */
export interface Autoscaling {
  /** @default 2 */
  readonly minReplicas?: number;
  /** @default 6 */
  readonly maxReplicas?: number;
  /** Share of the requested CPU, in per cent. @default 70 */
  readonly cpuPercent?: number;
}

/** Disk for positions, queues and buffers. */
export interface BufferVolume {
  /** @default '2Gi' in a Deployment, for Fluent Bit what its buffers come to; '10Gi' in a StatefulSet */
  readonly size?: Memory;
  /** The class of the claim. @default the cluster's default class */
  readonly storageClassName?: string;
}

/** One pod on each node; its positions are on the node, so that a new pod goes on where the last one ended. */
export function daemonSetObjects(prepared: Prepared, options: { readonly hostNetwork?: boolean; readonly maxUnavailable?: number | `${number}%` }): DaemonSetObjects {
  const { name, namespace, labels, selector } = prepared;
  requireNoClusterSource(prepared);
  const common = commonObjects(prepared, options.hostNetwork);
  const maxUnavailable = options.maxUnavailable ?? '10%';
  return {
    ...common,
    daemonSet: {
      metadata: { name, namespace, labels },
      spec: {
        selector: { matchLabels: selector },
        // No surge: two agents of one node would share one folder of positions.
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: typeof maxUnavailable === 'number' ? k8s.IntOrString.fromNumber(maxUnavailable) : k8s.IntOrString.fromString(maxUnavailable) } },
        revisionHistoryLimit: 3,
        template: podTemplate(prepared, {
          configMapName: configMapName(common),
          nodeAgent: true,
          hostFolders: hostFolders(prepared.sources),
          state: { hostPath: { path: `/var/lib/podscope/${namespace}-${name}`, type: 'DirectoryOrCreate' } },
          hostNetwork: options.hostNetwork ?? false,
          ports: listeningPorts(prepared),
        }),
      },
    },
  };
}

/** Options of {@link deploymentObjects}. */
export interface DeploymentOptions {
  /** @default 2, but 1 where the sources are of the whole cluster */
  readonly replicas?: number;
  readonly autoscaling?: Autoscaling;
  readonly buffer?: BufferVolume;
}

/** Replicas that are alike. Sources of the whole cluster make it one, which ends before the next begins: two would double every document. */
export function deploymentObjects(prepared: Prepared, options: DeploymentOptions): DeploymentObjects {
  const { name, namespace, labels, selector, where } = prepared;
  requireNoHostSource(prepared);
  const single = clusterSource(prepared) !== undefined;
  const replicas = wholeReplicas(where, options.replicas ?? (single ? 1 : 2));
  if (single && (replicas > 1 || options.autoscaling !== undefined)) throw badValue(`${where}: replicas`, `${clusterSource(prepared)} is of the whole cluster: a second reader doubles every document.`, 'Leave replicas out.');
  const common = commonObjects(prepared);
  const { size, storageClassName } = options.buffer ?? {};
  const storage = diskQuantity(`${where}: buffer.size`, size ?? prepared.stateSize);
  return {
    ...common,
    ...serviceOf(prepared),
    podDisruptionBudget: disruptionBudget(prepared),
    ...(options.autoscaling === undefined ? {} : { horizontalPodAutoscaler: autoscaler(prepared, 'Deployment', options.autoscaling) }),
    deployment: {
      metadata: { name, namespace, labels },
      spec: given<k8s.DeploymentSpec>({
        replicas: options.autoscaling === undefined ? replicas : undefined,
        selector: { matchLabels: selector },
        strategy: single ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) } },
        revisionHistoryLimit: 3,
        template: podTemplate(prepared, {
          configMapName: configMapName(common),
          nodeAgent: false,
          state: storageClassName === undefined ? { emptyDir: { sizeLimit: storage } } : { ephemeral: { volumeClaimTemplate: { spec: claimSpec(storage, storageClassName) } } },
          ports: listeningPorts(prepared),
          spread: !single,
        }),
      }),
    },
  };
}

/** Options of {@link statefulSetObjects}. */
export interface StatefulSetOptions extends DeploymentOptions {
  readonly lifecycle?: k8s.Lifecycle;
}

/** Replicas with a volume each, which outlives the pod: what is not yet sent when a pod is moved is sent by its successor. */
export function statefulSetObjects(prepared: Prepared, options: StatefulSetOptions): StatefulSetObjects {
  const { name, namespace, labels, selector, where } = prepared;
  requireNoHostSource(prepared);
  const replicas = wholeReplicas(where, options.replicas ?? 2);
  if (clusterSource(prepared) !== undefined && (replicas > 1 || options.autoscaling !== undefined)) {
    throw badValue(`${where}: replicas`, `${clusterSource(prepared)} is of the whole cluster: a second reader doubles every document.`, 'Give replicas: 1, or read it in a Deployment of its own.');
  }
  const common = commonObjects(prepared);
  const serviceName = `${name}-pods`;
  return {
    ...common,
    ...serviceOf(prepared),
    headlessService: { metadata: { name: serviceName, namespace, labels }, spec: { clusterIp: 'None', selector, ports: servicePorts(prepared) } },
    podDisruptionBudget: disruptionBudget(prepared),
    ...(options.autoscaling === undefined ? {} : { horizontalPodAutoscaler: autoscaler(prepared, 'StatefulSet', options.autoscaling) }),
    statefulSet: {
      metadata: { name, namespace, labels },
      spec: given<k8s.StatefulSetSpec>({
        serviceName,
        replicas: options.autoscaling === undefined ? replicas : undefined,
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: selector },
        updateStrategy: { type: 'RollingUpdate' },
        revisionHistoryLimit: 3,
        // What a pod could not send before it was scaled away waits for the next scale-up, in place of being deleted.
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        template: podTemplate(prepared, given({ configMapName: configMapName(common), nodeAgent: false, ports: listeningPorts(prepared), lifecycle: options.lifecycle, spread: true })),
        volumeClaimTemplates: [{ metadata: { name: 'state' }, spec: claimSpec(diskQuantity(`${where}: buffer.size`, options.buffer?.size ?? '10Gi'), options.buffer?.storageClassName) }],
      }),
    },
  };
}

function configMapName({ configMap }: { readonly configMap: k8s.KubeConfigMapProps }): string {
  return configMap.metadata?.name ?? '';
}

function claimSpec(storage: k8s.Quantity, storageClassName: string | undefined): k8s.PersistentVolumeClaimSpec {
  return given<k8s.PersistentVolumeClaimSpec>({ accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } });
}

function disruptionBudget({ name, namespace, labels, selector }: Prepared): k8s.KubePodDisruptionBudgetProps {
  return { metadata: { name, namespace, labels }, spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: selector } } };
}

function autoscaler({ name, namespace, labels, where }: Prepared, kind: 'Deployment' | 'StatefulSet', { minReplicas = 2, maxReplicas = 6, cpuPercent = 70 }: Autoscaling): k8s.KubeHorizontalPodAutoscalerV2Props {
  wholeReplicas(`${where}: autoscaling.minReplicas`, minReplicas);
  wholeReplicas(`${where}: autoscaling.maxReplicas`, maxReplicas);
  if (minReplicas < 1 || maxReplicas < minReplicas) throw badValue(`${where}: autoscaling`, `from ${minReplicas} to ${maxReplicas} replicas is no range.`, 'At least 1, and the most not below the least.');
  return {
    metadata: { name, namespace, labels },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
      minReplicas,
      maxReplicas,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuPercent } } }],
      // Down slowly: each pod that goes has a queue to empty first.
      behavior: { scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }] } },
    },
  };
}

function listening({ sources, where }: Prepared): { readonly name: string; readonly port: number }[] {
  return sources.flatMap((source) => (source.kind === 'shippers' ? [{ name: source.protocol, port: requirePort(`${where}: ${source.protocol}.port`, source.port) }] : []));
}

function listeningPorts(prepared: Prepared): k8s.ContainerPort[] {
  return listening(prepared).map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' }));
}

function servicePorts(prepared: Prepared): k8s.ServicePort[] {
  const ports = listening(prepared);
  return (ports.length === 0 ? [{ name: 'monitoring', port: prepared.monitoringPort }] : ports).map(({ name, port }) => ({ name, port, targetPort: k8s.IntOrString.fromString(name), protocol: 'TCP' }));
}

function serviceOf(prepared: Prepared): { readonly service?: k8s.KubeServiceProps } {
  if (listening(prepared).length === 0) return {};
  const { name, namespace, labels, selector } = prepared;
  return { service: { metadata: { name, namespace, labels }, spec: { type: 'ClusterIP', selector, ports: servicePorts(prepared) } } };
}

function clusterSource({ sources }: Prepared): string | undefined {
  return sources.find((source) => (source.kind === 'kubernetes-events' && source.path === undefined) || (source.kind === 'kubernetes-metrics' && source.scope !== 'node'))?.kind;
}

function requireNoClusterSource(prepared: Prepared): void {
  const kind = clusterSource(prepared);
  if (kind !== undefined) throw badValue(`${prepared.where}: sources`, `${kind} is of the whole cluster, and each node would read it.`, 'Read it in a Deployment, which has one pod for it.');
}

function requireNoHostSource(prepared: Prepared): void {
  const first = hostFolders(prepared.sources)[0];
  if (first !== undefined) throw badValue(`${prepared.where}: sources`, `${first.hostPath} is on every node, and a pod reads that of its own node only.`, 'Read it in a DaemonSet.');
}

function wholeReplicas(where: string, replicas: number): number {
  if (Number.isInteger(replicas) && replicas >= 0) return replicas;
  throw badValue(where, `${replicas} is no number of replicas.`, 'A whole number.');
}
