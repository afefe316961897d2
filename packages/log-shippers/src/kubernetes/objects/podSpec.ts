import { k8s } from 'cdk8s-plus-33';
import { badValue } from '../../quantities/quantities.ts';
import { NODE_AGENT_SECURITY, probes, restrictedSecurity } from '../pod/container.ts';
import { folderOf, type HostFolder } from '../pod/hostFolders.ts';
import { argumentsOf } from './configMap.ts';
import { CONFIG_FOLDER } from '../programs/program.ts';
import { given } from './given.ts';
import { requireSubdomain, shortHash } from './names.ts';
import type { Prepared } from './prepare.ts';

/** What differs between the pods of one kind of workload and another. */
export interface PodOptions {
  readonly configMapName: string;
  readonly nodeAgent: boolean;
  readonly hostFolders?: readonly HostFolder[];
  /** The volume `state`; undefined where a claim of the StatefulSet gives it. */
  readonly state?: Omit<k8s.Volume, 'name'>;
  readonly hostNetwork?: boolean;
  readonly ports?: readonly k8s.ContainerPort[];
  readonly lifecycle?: k8s.Lifecycle;
  readonly spread?: boolean;
  readonly sidecars?: readonly k8s.Container[];
  readonly volumes?: readonly k8s.Volume[];
}

/** The pods of a shipper. */
export function podTemplate(prepared: Prepared, options: PodOptions): k8s.PodTemplateSpec {
  const { podAnnotations } = prepared;
  return { metadata: given<k8s.ObjectMeta>({ labels: prepared.podLabels, annotations: Object.keys(podAnnotations).length === 0 ? undefined : podAnnotations }), spec: podSpec(prepared, options) };
}

function podSpec(prepared: Prepared, options: PodOptions): k8s.PodSpec {
  const { props, user } = prepared;
  return given<k8s.PodSpec>({
    serviceAccountName: prepared.name,
    automountServiceAccountToken: prepared.rules.length > 0,
    enableServiceLinks: false,
    securityContext: options.nodeAgent ? nodeAgentSecurity(prepared) : { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } },
    hostNetwork: options.hostNetwork === true ? true : undefined,
    dnsPolicy: options.hostNetwork === true ? 'ClusterFirstWithHostNet' : undefined,
    imagePullSecrets: props.imagePullSecrets?.map((name) => ({ name: requireSubdomain(`${prepared.where}: imagePullSecrets`, name) })),
    priorityClassName: props.priorityClassName ?? (options.nodeAgent ? 'system-node-critical' : undefined),
    nodeSelector: { ...(props.nodeSelector ?? { 'kubernetes.io/os': 'linux' }) },
    tolerations: props.tolerations === undefined ? (options.nodeAgent ? [{ operator: 'Exists' }] : undefined) : [...props.tolerations],
    affinity: props.affinity ?? (options.spread === true ? spread(prepared.selector) : undefined),
    terminationGracePeriodSeconds: prepared.gracePeriodSeconds,
    containers: [container(prepared, options), ...(options.sidecars ?? [])],
    volumes: volumes(prepared, options),
  });
}

/** Group `adm` of Debian and Ubuntu, whose syslog is readable by it (`syslog:adm`, 0640) and, without capabilities, not by uid 0. */
const ADM_GROUP = 4;

function nodeAgentSecurity({ sources }: Prepared): k8s.PodSecurityContext {
  const readsSyslog = sources.some((source) => source.kind === 'node-logs' && source.journal === undefined);
  return { ...(readsSyslog ? { supplementalGroups: [ADM_GROUP] } : {}), seccompProfile: { type: 'RuntimeDefault' } };
}

function container(prepared: Prepared, options: PodOptions): k8s.Container {
  return given<k8s.Container>({
    name: prepared.selector['app.kubernetes.io/name'] as string,
    ...prepared.image,
    command: [...prepared.command],
    args: argumentsOf(prepared.files, CONFIG_FOLDER),
    env: [...prepared.environment],
    ports: [...monitoringPorts(prepared), ...(options.ports ?? [])],
    resources: prepared.resources,
    ...probes(prepared.health),
    lifecycle: options.lifecycle,
    securityContext: options.nodeAgent ? NODE_AGENT_SECURITY : restrictedSecurity(prepared.user),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: volumeMounts(prepared, options.hostFolders ?? []),
  });
}

function monitoringPorts({ monitoringPort, health }: Prepared): k8s.ContainerPort[] {
  const monitoring = { name: 'monitoring', containerPort: monitoringPort, protocol: 'TCP' };
  return health.port === monitoringPort ? [monitoring] : [monitoring, { name: 'health', containerPort: health.port, protocol: 'TCP' }];
}

function volumeMounts(prepared: Prepared, folders: readonly HostFolder[]): k8s.VolumeMount[] {
  const trust = trustFolder(prepared);
  return requireApart(prepared.where, [
    { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
    { name: 'state', mountPath: prepared.stateDirectory },
    { name: 'tmp', mountPath: '/tmp' },
    ...(trust === undefined ? [] : [{ name: 'trust', mountPath: trust, readOnly: true }]),
    ...folders.map(({ hostPath, mountPath }) => ({ name: volumeName(hostPath), mountPath, readOnly: true })),
  ]);
}

/** Two volumes can't be in one folder, and the API server says so only when the manifest is applied. */
function requireApart(where: string, mounts: k8s.VolumeMount[]): k8s.VolumeMount[] {
  const names = new Map<string, string>();
  for (const { name, mountPath } of mounts) {
    const other = names.get(mountPath);
    if (other !== undefined) throw badValue(where, `${other} and ${name} are both to be mounted at ${mountPath}.`, 'Give stateDirectory, or the file of tls.caFile, a folder of its own.');
    names.set(mountPath, name);
  }
  return mounts;
}

function volumes(prepared: Prepared, options: PodOptions): k8s.Volume[] {
  return [
    ...ownVolumes(prepared, options.configMapName),
    ...(options.state === undefined ? [] : [{ name: 'state', ...options.state }]),
    ...(options.hostFolders ?? []).map(({ hostPath, type }) => ({ name: volumeName(hostPath), hostPath: given<k8s.HostPathVolumeSource>({ path: hostPath, type }) })),
    ...(options.volumes ?? []),
  ];
}

function ownVolumes(prepared: Prepared, configMapName: string): k8s.Volume[] {
  return [
    // 0444: Beats refuse a configuration that others may write.
    { name: 'config', configMap: { name: configMapName, defaultMode: 0o444 } },
    { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } },
    ...trustVolumes(prepared, 'trust'),
  ];
}

/** The volume with an authority's certificate, where one is given. */
export function trustVolumes({ props: { trust } }: Prepared, name: string): k8s.Volume[] {
  if (trust === undefined) return [];
  return [{ name, ...(trust.configMap === undefined ? { secret: { secretName: trust.secret, defaultMode: 0o444 } } : { configMap: { name: trust.configMap, defaultMode: 0o444 } }) }];
}

/** Where that certificate is in the container. @throws PodscopeError SHIPPER_BAD_VALUE when the destination names no file for it. */
export function trustFolder({ props, destination, where }: Prepared): string | undefined {
  if (props.trust === undefined) return undefined;
  const caFile = 'tls' in destination ? destination.tls?.caFile : undefined;
  if (caFile === undefined) throw badValue(`${where}: trust`, 'the destination names no file for it.', "Give its tls: { caFile: '/etc/podscope-trust/ca.crt' }.");
  requireSubdomain(`${where}: trust`, props.trust.configMap ?? props.trust.secret);
  return folderOf(caFile);
}

/** A volume's name for a path of the host: a label, and another for each path. */
function volumeName(hostPath: string): string {
  const plain = hostPath.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  const name = `host-${plain}`;
  return name.length <= 50 && /^[/a-z0-9-]*$/.test(hostPath) && !hostPath.includes('-') ? name : `${name.slice(0, 50)}-${shortHash(hostPath)}`;
}

function spread(matchLabels: Record<string, string>): k8s.Affinity {
  return { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } } }] } };
}
