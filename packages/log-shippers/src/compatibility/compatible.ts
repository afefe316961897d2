import type { DestinationKind, Engine } from '../destinations/destinations.ts';
import type { SourceKind } from '../sources/sources.ts';

/** Why a version of a shipper and an engine don't go together, and what does. */
export interface Incompatible {
  readonly why: string;
  readonly instead: string;
}

/** What one version of a shipper reads and writes. */
export interface VersionFacts {
  readonly sources: readonly SourceKind[];
  /** Other destinations than OpenSearch. */
  readonly destinations: readonly Exclude<DestinationKind, 'opensearch'>[];
  /** Engines that it writes to directly. */
  readonly engines: readonly Engine[];
}

/** One shipper: each version that this library writes configurations for, the newest first. */
export interface ShipperFacts {
  readonly versions: Readonly<Record<string, VersionFacts>>;
  /** For what isn't in a version's lists: the reason, by the name of the source, destination or engine, or by `version engine`. */
  readonly not: Readonly<Record<string, Incompatible>>;
  /** Things to know about what does work, with where they were found out; the linter and the guide name them. */
  readonly traps: readonly Trap[];
}

/** A way to lose data that a shipper's own check doesn't see. */
export interface Trap {
  readonly id: string;
  /** The versions that have it, such as `>=5.0.5`; every one without it. */
  readonly versions?: string;
  readonly what: string;
  /** What the configurations of this library do about it. */
  readonly remedy: string;
  readonly source: string;
}
