import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-33';
import { Construct } from 'constructs';
import type { VersionOf } from '../../compatibility/compatibility.ts';
import { imageReference, type ImageOverride } from '../../images/imageReference.ts';
import { badValue } from '../../quantities/quantities.ts';
import type { RedisInfo } from '../../sources/sources.ts';
import { madeExternalSecrets } from '../constructs/shipperConstruct.ts';
import { argumentsOf, configMap } from '../objects/configMap.ts';
import { externalSecrets } from '../objects/externalSecrets.ts';
import { given } from '../objects/given.ts';
import { trustFolder, trustVolumes } from '../objects/podSpec.ts';
import { type AnyShipperProps, prepare, type Prepared } from '../objects/prepare.ts';
import { restrictedSecurity, sidecarProbes } from '../pod/container.ts';
import { folderOf } from '../pod/hostFolders.ts';
import type { FluentBitConfig } from '../../fluent-bit/index.ts';
import { CONFIG_FOLDER } from '../programs/program.ts';
import { FLUENT_BIT } from '../programs/programs.ts';
import { DEFAULT_KUBERNETES_VERSION, hasNativeSidecars } from '../props/kubernetesVersion.ts';
import type { ShipperProps } from '../props/shipperProps.ts';
import type { SecretReference } from '../../secrets/secretReference.ts';
import { redisInfoWriter } from './redisInfoWriter.ts';

/** What of a workload is its pod's and not a sidecar's. */
type OfThePod = 'tolerations' | 'priorityClassName' | 'nodeSelector' | 'affinity' | 'podAnnotations' | 'terminationGracePeriodSeconds' | 'networkPolicy' | 'serviceAccount' | 'imagePullSecrets';

/** Properties of {@link FluentBitSidecar}. */
export interface FluentBitSidecarProps<V extends VersionOf<'fluent-bit'> = VersionOf<'fluent-bit'>> extends Omit<ShipperProps<'fluent-bit', V, FluentBitConfig>, OfThePod> {
  /** The namespace of the pods. @default the chart's namespace */
  readonly namespace?: string;
  /** Folders that the application and the sidecar share, each an emptyDir. @default the folder of a `redis-info` source's file */
  readonly sharedFolders?: readonly string[];
  /**
   * The container that writes a Redis server's `INFO` for a `redis-info` source: Fluent Bit has no input for it, and its image no shell.
   * `false` where the application's own container does. @default one of the image redis:7
   */
  readonly redisInfoWriter?: { readonly image?: ImageOverride; readonly periodSeconds?: number; readonly password?: SecretReference } | false;
  /** Changes what is added to a pod. @default none */
  readonly transform?: (parts: SidecarParts) => SidecarParts;
}

/** What a sidecar adds to a pod. */
export interface SidecarParts {
  /** A native sidecar has `restartPolicy: Always` and is an init container. */
  readonly container: k8s.Container;
  /** Containers beside it that write what it reads. */
  readonly writers: readonly k8s.Container[];
  readonly volumes: readonly k8s.Volume[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Fluent Bit in the pods of an application. From Kubernetes 1.29 it is a native sidecar: it starts before the application and ends after
 * it, so that the last lines are read too, and a Job with it completes. Before, it is an ordinary container.
 *
 * ```ts
 * const sidecar = new FluentBitSidecar(chart, 'redis-logs', { name: 'redis-logs', sources: [redisInfo({ path: '/var/run/redis-info/info' })], destination });
 * new k8s.KubeDeployment(chart, 'redis', { …, spec: { …, template: sidecar.addTo(template) } });
 * ```
 */
export class FluentBitSidecar<V extends VersionOf<'fluent-bit'> = '5.1'> extends Construct {
  readonly configMap: k8s.KubeConfigMap;
  readonly externalSecrets: readonly ApiObject[];
  /** What it adds to a pod. */
  readonly parts: SidecarParts;
  /** True where it is an init container that keeps running. */
  readonly native: boolean;

  constructor(scope: Construct, id: string, props: FluentBitSidecarProps<V>) {
    super(scope, id);
    const { redisInfoWriter: writer, sharedFolders, transform, ...shipper } = props;
    const prepared = prepare(this, FLUENT_BIT as never, shipper as AnyShipperProps, { defaultName: 'fluent-bit' });
    if (prepared.rules.length > 0) throw badValue(`${prepared.where}: sources`, 'a sidecar asks the API server for nothing: it would need rights of the application’s account.', "Give the source metadata: 'file-name', or read it in a DaemonSet.");
    this.native = hasNativeSidecars(props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION);
    const map = configMap(prepared.name, prepared.namespace, prepared.labels, prepared.files.files);
    this.configMap = new k8s.KubeConfigMap(this, 'config-map', map);
    this.externalSecrets = madeExternalSecrets(this, props.externalSecrets === undefined ? [] : externalSecrets(prepared.namespace, prepared.labels, prepared.files.environment, props.externalSecrets));
    const parts = sidecarParts(prepared, map.metadata?.name ?? '', this.native, sharedFolders, writer);
    this.parts = transform === undefined ? parts : transform(parts);
  }

  /** The template with the sidecar in it; the one given stays as it is. @throws PodscopeError SHIPPER_BAD_VALUE when a container or volume of its names is there. */
  addTo(template: k8s.PodTemplateSpec): k8s.PodTemplateSpec {
    return withSidecar(template, this.parts, this.native);
  }

  /**
   * Adds the sidecar to a workload that is there already, such as one of cdk8s-plus, by patches. Call it after everything else was
   * added to the workload: the patch replaces its template.
   */
  attachTo(workload: Construct): void {
    const object = ApiObject.of(workload);
    // The typed objects of cdk8s-plus apply patches before they turn what is typed (quantities, ports) into JSON; plain ones are JSON.
    const isPlain = object.toJson === ApiObject.prototype.toJson;
    const { spec } = ApiObject.prototype.toJson.call(object) as { spec?: { template?: k8s.PodTemplateSpec } };
    if (spec?.template?.spec === undefined) throw badValue('FluentBitSidecar.attachTo', `${object.kind} ${object.name} has no pods.`, 'Give a Deployment, StatefulSet, DaemonSet or Job.');
    object.addJsonPatch(JsonPatch.add('/spec/template', withSidecar(spec.template, isPlain ? plain(this.parts) : this.parts, this.native)));
  }
}

function withSidecar(template: k8s.PodTemplateSpec, { container, writers, volumes, labels, annotations }: SidecarParts, native: boolean): k8s.PodTemplateSpec {
  const spec = template.spec ?? { containers: [] };
  const taken = new Set([...spec.containers, ...(spec.initContainers ?? [])].map(({ name }) => name));
  for (const { name } of [container, ...writers]) if (taken.has(name)) throw badValue('FluentBitSidecar', `the pod has a container ${JSON.stringify(name)} already.`, 'Give the sidecar another name.');
  const there = new Set((spec.volumes ?? []).map(({ name }) => name));
  for (const { name } of volumes) if (there.has(name)) throw badValue('FluentBitSidecar', `the pod has a volume ${JSON.stringify(name)} already.`, 'Give the sidecar another name.');
  return {
    ...template,
    metadata: { ...template.metadata, labels: { ...labels, ...template.metadata?.labels }, ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations, ...template.metadata?.annotations } }) },
    spec: {
      ...spec,
      // First, so that it runs when the application's own init containers do.
      ...(native ? { initContainers: [container, ...(spec.initContainers ?? [])] } : {}),
      containers: [...spec.containers, ...(native ? [] : [container]), ...writers],
      volumes: [...(spec.volumes ?? []), ...volumes],
    },
  };
}

/** The parts as they are in JSON, to be put into what is JSON already: there, `Quantity` and `IntOrString` are their values. */
function plain(parts: SidecarParts): SidecarParts {
  return { ...parts, container: inJson(parts.container, k8s.toJson_Container), writers: parts.writers.map((writer) => inJson(writer, k8s.toJson_Container)), volumes: parts.volumes.map((volume) => inJson(volume, k8s.toJson_Volume)) };
}

function inJson<T>(typed: T, toJson: (typed: T) => Readonly<Record<string, unknown>> | undefined): T {
  return toJson(typed) as T;
}

/** Where Fluent Bit's configuration reads `INFO` when the source names no file. */
const REDIS_INFO_FILE = '/var/log/redis/info.log';

function sidecarParts(prepared: Prepared, configMapName: string, native: boolean, shared: readonly string[] | undefined, writer: FluentBitSidecarProps['redisInfoWriter']): SidecarParts {
  const { name } = prepared;
  const info = prepared.sources.find((source): source is RedisInfo => source.kind === 'redis-info');
  const infoFile = info && (info.path ?? REDIS_INFO_FILE);
  const folders = [...new Set([...(infoFile === undefined ? [] : [folderOf(infoFile)]), ...(shared ?? [])])];
  const mounts = folders.map((mountPath, index) => ({ name: `${name}-shared${index === 0 ? '' : `-${index + 1}`}`, mountPath }));
  const trust = trustFolder(prepared);
  const container = given<k8s.Container>({
    name,
    ...prepared.image,
    restartPolicy: native ? 'Always' : undefined,
    command: [...prepared.command],
    args: argumentsOf(prepared.files, CONFIG_FOLDER),
    env: [...prepared.environment],
    resources: prepared.resources,
    ...sidecarProbes(prepared.health),
    securityContext: restrictedSecurity(prepared.user),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: `${name}-config`, mountPath: CONFIG_FOLDER, readOnly: true },
      { name: `${name}-state`, mountPath: prepared.stateDirectory },
      ...(trust === undefined ? [] : [{ name: `${name}-trust`, mountPath: trust, readOnly: true }]),
      ...mounts.map((mount) => ({ ...mount, readOnly: true })),
    ],
  });
  const writers = info === undefined || infoFile === undefined || writer === false ? [] : [redisInfoWriter({ name: `${name}-writer`, path: infoFile, address: info.address ?? '127.0.0.1:6379', volume: mounts[0]?.name ?? '', ...writer, image: imageReference('redis', writer?.image) })];
  return {
    container,
    writers,
    volumes: [
      { name: `${name}-config`, configMap: { name: configMapName, defaultMode: 0o444 } },
      { name: `${name}-state`, emptyDir: { sizeLimit: k8s.Quantity.fromString(String(prepared.stateSize)) } },
      ...trustVolumes(prepared, `${name}-trust`),
      ...mounts.map((mount) => ({ name: mount.name, emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } })),
    ],
    labels: Object.fromEntries(Object.entries(prepared.podLabels).filter(([key]) => key.startsWith('podscope.dev/'))),
    annotations: {},
  };
}
