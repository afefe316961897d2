import type { DestinationFor, Shipper, SourceFor, VersionOf } from '../compatibility/compatibility.ts';
import type { SecretReference } from '../secrets/secretReference.ts';

/**
 * What every shipper's configuration is made from. Configurations may use the environment variables `NODE_NAME`, `POD_NAME` and
 * `POD_NAMESPACE`, which the constructs set.
 */
export interface ShipperOptions<S extends Shipper, V extends VersionOf<S>> {
  readonly version: V;
  readonly sources: readonly SourceFor<S, V>[];
  readonly destination: DestinationFor<S, V>;
  /** Folder of positions and buffers, which must outlive the process. @default '/var/lib/podscope' */
  readonly stateDirectory?: string;
  /** Where it tells of itself: health and metrics. @default the program's own port on all addresses of the pod */
  readonly monitoring?: { readonly host?: string; readonly port?: number };
}

/** A configuration as the program reads it. */
export interface ConfigFiles {
  /** Texts by file name; no folders in the names, as in a ConfigMap. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that the program is started with. */
  readonly main: string;
  /** The program's arguments; `{config}` stands for the folder of the files. */
  readonly args: readonly string[];
  /** What the environment must give. */
  readonly environment: readonly SecretReference[];
}
