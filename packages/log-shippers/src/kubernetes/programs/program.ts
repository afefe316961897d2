import type { k8s } from 'cdk8s-plus-33';
import { COMPATIBILITY, type Shipper, type VersionOf } from '../../compatibility/compatibility.ts';
import type { ConfigFiles, ShipperOptions } from '../../config/shipperOptions.ts';
import type { Destination } from '../../destinations/destinations.ts';
import { type ImageName, IMAGES } from '../../images/images.ts';
import { badValue } from '../../quantities/quantities.ts';
import type { Source } from '../../sources/sources.ts';
import type { Memory, Resources } from '../props/resources.ts';

/** Where the files of a configuration are in the container. */
export const CONFIG_FOLDER = '/etc/podscope';

/** How one program runs in a container. */
export interface Program<S extends Shipper, Config> {
  readonly shipper: S;
  /** The container's command; the configuration's arguments follow. Images' own entry points write files, which a read-only root refuses. */
  readonly command: readonly string[];
  /**
   * Where it says that it runs, whatever the state of its destination. That is what liveness asks: an agent that is restarted because
   * OpenSearch is down loses what it holds in memory, on every node at once.
   */
  readonly health: { readonly port: number; readonly path: string };
  /** Asks for its health within the container, for one that answers on loopback only. @default kubelet asks by HTTP */
  readonly healthCommand?: (port: number, path: string) => readonly string[];
  /** Where its metrics are, if not beside its health. */
  readonly metricsPort?: number;
  /** Runs as, where no host folder is read. Node agents are uid 0, which kubelet's log files belong to, without any capability. */
  readonly user: number;
  readonly resources: Resources;
  /** Seconds that it needs to write down what it holds. */
  readonly gracePeriodSeconds: number;
  /** Seconds until it answers at first. */
  readonly startupSeconds: number;
  readonly environment: (memoryBytes: number) => readonly k8s.EnvVar[];
  /** What its buffers come to at most: a pod whose emptyDir outgrows its limit is evicted, with what is in it. @default '2Gi' */
  readonly stateSize?: (sources: readonly Source[]) => Memory;
  /** Options of its own that depend on its memory. */
  readonly options?: (memoryBytes: number) => Readonly<Record<string, unknown>>;
  configure(options: ShipperOptions<S, VersionOf<S>>): Config;
  render(config: Config): ConfigFiles;
}

/** The newest version of a shipper that this library writes configurations for. */
export function newestVersion(shipper: Shipper): string {
  return Object.keys(COMPATIBILITY[shipper].versions)[0] as string;
}

/**
 * The image of a shipper's version. Fluentd's images have the plugin of one destination each: that for OpenSearch can't write to a delivery
 * stream (fluent/fluentd-kubernetes-daemonset, docker-image/v1.19/debian-opensearch/Gemfile and debian-kinesis/Gemfile).
 *
 * @throws PodscopeError SHIPPER_BAD_VALUE when none is known.
 */
export function imageOf(shipper: Shipper, version: string, destination: Destination['kind']): ImageName {
  const name = `${shipper}${shipper === 'fluentd' && destination === 'kinesis_firehose' ? '-kinesis' : ''}@${version}`;
  if (Object.hasOwn(IMAGES, name)) return name as ImageName;
  throw badValue('version', `no image of ${shipper} ${version} is known.`, `Use ${Object.keys(COMPATIBILITY[shipper].versions).join(' or ')}.`);
}

/** True for files, false for a program's typed configuration. */
export function isConfigFiles(config: unknown): config is ConfigFiles {
  return typeof config === 'object' && config !== null && 'files' in config && 'main' in config && 'args' in config && 'environment' in config;
}
