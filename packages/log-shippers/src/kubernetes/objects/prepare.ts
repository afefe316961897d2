import type { k8s } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import { requireCompatible, type Shipper } from '../../compatibility/compatibility.ts';
import type { ConfigFiles } from '../../config/shipperOptions.ts';
import type { Destination } from '../../destinations/destinations.ts';
import { type ImageReference, imageReference } from '../../images/imageReference.ts';
import { badValue, requirePort } from '../../quantities/quantities.ts';
import type { Source } from '../../sources/sources.ts';
import { SHIPS_TO_LABEL } from '../network/networkPolicy.ts';
import { environmentOf } from '../pod/environment.ts';
import { namespaceOf } from '../namespaces/namespaces.ts';
import { imageOf, isConfigFiles, newestVersion, type Program } from '../programs/program.ts';
import { DEFAULT_KUBERNETES_VERSION, minorOf } from '../props/kubernetesVersion.ts';
import { type Memory, requireMemory, resourceRequirements, type Resources } from '../props/resources.ts';
import type { ExternalSecretsOptions, Trust, WorkloadProps } from '../props/shipperProps.ts';
import { rightsOf } from '../rights/rights.ts';
import { requireAnnotations, requireLabels, requireWorkloadName } from './names.ts';

/** The props of any shipper, once the types have done their work. */
export interface AnyShipperProps extends WorkloadProps {
  readonly namespace?: string | { readonly name: string };
  readonly version?: string;
  readonly sources: readonly Source[];
  readonly destination: Destination;
  readonly config?: object;
  readonly stateDirectory?: string;
  readonly monitoring?: { readonly host?: string; readonly port?: number };
  readonly externalSecrets?: ExternalSecretsOptions;
  readonly trust?: Trust;
  readonly rights?: readonly k8s.PolicyRule[];
  /** What a program takes beside the vocabulary. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly env?: readonly k8s.EnvVar[];
}

/** A shipper with all defaults taken, and everything checked that Kubernetes would refuse. */
export interface Prepared {
  readonly where: string;
  readonly name: string;
  readonly namespace: string;
  readonly props: AnyShipperProps;
  readonly command: readonly string[];
  readonly user: number;
  readonly image: ImageReference;
  readonly files: ConfigFiles;
  readonly sources: readonly Source[];
  readonly destination: Destination;
  readonly health: { readonly port: number; readonly path: string; readonly startupSeconds: number; readonly host?: string; readonly command?: readonly string[] };
  /** Where it tells of itself; the port of its health too, for most. */
  readonly monitoringPort: number;
  readonly stateDirectory: string;
  /** Of an emptyDir with its buffers. */
  readonly stateSize: Memory;
  readonly gracePeriodSeconds: number;
  /** On every object. */
  readonly labels: Record<string, string>;
  /** What selects the pods: never changes for a name, since a selector can't. */
  readonly selector: Record<string, string>;
  readonly podLabels: Record<string, string>;
  readonly podAnnotations: Record<string, string>;
  readonly environment: readonly k8s.EnvVar[];
  readonly resources: k8s.ResourceRequirements;
  readonly rules: readonly k8s.PolicyRule[];
}

/** What differs between the kinds of workload. */
export interface PrepareOptions {
  readonly defaultName: string;
  /** In the host's network, monitoring listens on loopback, where kubelet asks it. */
  readonly hostNetwork?: boolean;
}

/** @throws PodscopeError SHIPPER_BAD_NAME, SHIPPER_BAD_VALUE, SHIPPER_INCOMPATIBLE, and what the program's own configuration throws. */
export function prepare(scope: Construct, program: Program<Shipper, object>, props: AnyShipperProps, options: PrepareOptions): Prepared {
  const { shipper } = program;
  const name = requireWorkloadName(`${shipper}: name`, props.name ?? options.defaultName);
  const where = `${shipper} ${name}`;
  const version = props.version ?? newestVersion(shipper);
  requireCompatible(shipper, version, props.sources, props.destination);
  minorOf(props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION);
  const monitoring = options.hostNetwork === true ? { host: '127.0.0.1', ...props.monitoring } : props.monitoring;
  const monitoringPort = monitoring?.port === undefined ? (program.metricsPort ?? program.health.port) : requirePort(`${where}: monitoring.port`, monitoring.port);
  const port = program.metricsPort === undefined ? monitoringPort : program.health.port;
  const memory = memoryLimit(where, props.resources, program.resources);
  const files = filesOf(program, version, { ...props, more: { ...program.options?.(memory), ...props.more } }, monitoring);
  const resources = resourceRequirements(`${where}: resources`, props.resources, program.resources);
  const selector = { 'app.kubernetes.io/name': shipper, 'app.kubernetes.io/instance': name };
  const labels = { ...requireLabels(`${where}: labels`, props.labels ?? {}), ...selector, 'app.kubernetes.io/part-of': 'podscope' };
  return {
    where,
    name,
    namespace: namespaceOf(scope, props.namespace),
    props,
    command: program.command,
    user: program.user,
    image: imageReference(imageOf(shipper, version, props.destination.kind), props.image),
    files,
    sources: props.sources,
    destination: props.destination,
    health: { port, path: program.health.path, ...(program.healthCommand === undefined ? {} : { command: program.healthCommand(port, program.health.path) }), startupSeconds: program.startupSeconds, ...(options.hostNetwork === true ? { host: '127.0.0.1' } : {}) },
    monitoringPort,
    stateDirectory: absolute(`${where}: stateDirectory`, props.stateDirectory ?? '/var/lib/podscope'),
    stateSize: program.stateSize?.(props.sources) ?? '2Gi',
    gracePeriodSeconds: wholeSeconds(`${where}: terminationGracePeriodSeconds`, props.terminationGracePeriodSeconds ?? program.gracePeriodSeconds),
    labels,
    selector,
    podLabels: { ...labels, ...shipsTo(props.destination) },
    podAnnotations: requireAnnotations(`${where}: podAnnotations`, props.podAnnotations ?? {}),
    environment: environmentOf(files.environment, [...program.environment(memory), ...(props.env ?? [])]),
    resources,
    rules: props.rights ?? rightsOf(shipper, props.sources),
  };
}

function filesOf(program: Program<Shipper, object>, version: string, props: AnyShipperProps, monitoring: AnyShipperProps['monitoring']): ConfigFiles {
  if (props.config !== undefined) return isConfigFiles(props.config) ? props.config : program.render(props.config);
  const { sources, destination, stateDirectory } = props;
  // The versions are checked above against the same data that the types come from.
  const options = { ...props.more, version, sources, destination, ...(stateDirectory === undefined ? {} : { stateDirectory }), ...(monitoring === undefined ? {} : { monitoring }) };
  return program.render(program.configure(options as never));
}

function shipsTo(destination: Destination): Record<string, string> {
  return destination.kind === 'forward' || destination.kind === 'beats' || destination.kind === 'otlp' ? { [SHIPS_TO_LABEL]: destination.kind } : {};
}

function memoryLimit(where: string, given: Resources | undefined, defaults: Resources): number {
  return requireMemory(`${where}: resources.memory`, given?.memory?.limit ?? given?.memory?.request ?? defaults.memory?.limit ?? '512Mi');
}

function wholeSeconds(where: string, seconds: number): number {
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  throw badValue(where, `${seconds} is no number of seconds.`, 'A whole number above 0.');
}

function absolute(where: string, path: string): string {
  if (/^\/[^:]*[^/:]$/.test(path) && !path.split('/').includes('..')) return path;
  throw badValue(where, `${JSON.stringify(path)} is no absolute path of a folder.`, 'Such as /var/lib/podscope.');
}
