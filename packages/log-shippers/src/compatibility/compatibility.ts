import { PodscopeError } from '@podscope/core';
import type { Destination, Engine, OpenSearchDestination } from '../destinations/destinations.ts';
import type { Source, SourceKind } from '../sources/sources.ts';
import type { Incompatible, ShipperFacts } from './compatible.ts';
import { filebeatFacts } from './filebeat.ts';
import { fluentBitFacts } from './fluentBit.ts';
import { fluentdFacts } from './fluentd.ts';
import { logstashFacts } from './logstash.ts';
import { metricbeatFacts } from './metricbeat.ts';
import { otelCollectorFacts } from './otelCollector.ts';

/** What goes with what: shipper × version × source and destination. */
export const COMPATIBILITY = {
  'fluent-bit': fluentBitFacts,
  fluentd: fluentdFacts,
  filebeat: filebeatFacts,
  metricbeat: metricbeatFacts,
  logstash: logstashFacts,
  'otel-collector': otelCollectorFacts,
} as const satisfies Readonly<Record<string, ShipperFacts>>;

/** A program that ships logs or metrics. */
export type Shipper = keyof typeof COMPATIBILITY;
/** A version of a shipper that this library writes configurations for. */
export type VersionOf<S extends Shipper> = Extract<keyof (typeof COMPATIBILITY)[S]['versions'], string>;

type FactsOf<S extends Shipper, V extends VersionOf<S>> = (typeof COMPATIBILITY)[S]['versions'][V & keyof (typeof COMPATIBILITY)[S]['versions']];
type Items<List> = List extends readonly (infer Item)[] ? Item : never;

/** What a version of a shipper can read. */
export type SourceFor<S extends Shipper, V extends VersionOf<S>> = FactsOf<S, V> extends { readonly sources: infer List } ? Extract<Source, { readonly kind: Items<List> }> : never;
/** The engines that a version of a shipper can write to. */
export type EngineFor<S extends Shipper, V extends VersionOf<S>> = FactsOf<S, V> extends { readonly engines: infer List } ? Extract<Items<List>, Engine> : never;
/** Where a version of a shipper can send: another pair does not compile. */
export type DestinationFor<S extends Shipper, V extends VersionOf<S>> =
  | (FactsOf<S, V> extends { readonly destinations: infer List } ? Extract<Exclude<Destination, OpenSearchDestination>, { readonly kind: Items<List> }> : never)
  | ([EngineFor<S, V>] extends [never] ? never : OpenSearchDestination<EngineFor<S, V>>);

/**
 * Refuses a pair that the types could not know of.
 *
 * @throws PodscopeError SHIPPER_INCOMPATIBLE, with the reason and what to use instead.
 */
export function requireCompatible(shipper: Shipper, version: string, sources: readonly Source[], destination: Destination): void {
  const facts: ShipperFacts = COMPATIBILITY[shipper];
  const known = facts.versions[version];
  if (known === undefined) {
    throw incompatible(`${shipper} ${version} is not known here.`, { why: '', instead: `Use ${Object.keys(facts.versions).join(' or ')}.` });
  }
  for (const source of sources) {
    const kinds: readonly SourceKind[] = known.sources;
    if (!kinds.includes(source.kind)) throw incompatible(`${shipper} ${version} does not read ${source.kind}.`, reason(facts, version, source.kind) ?? { why: '', instead: `It reads ${kinds.join(', ')}.` });
  }
  if (destination.kind === 'opensearch') {
    if (known.engines.includes(destination.engine)) return;
    throw incompatible(`${shipper} ${version} does not write to ${destination.engine}.`, reason(facts, version, destination.engine) ?? { why: '', instead: instead(known.engines, known.destinations) });
  }
  if (known.destinations.includes(destination.kind)) return;
  throw incompatible(`${shipper} ${version} does not send to ${destination.kind}.`, reason(facts, version, destination.kind) ?? { why: '', instead: instead(known.engines, known.destinations) });
}

function reason(facts: ShipperFacts, version: string, name: string): Incompatible | undefined {
  return facts.not[`${version} ${name}`] ?? facts.not[name];
}

function instead(engines: readonly string[], destinations: readonly string[]): string {
  return `It sends to ${[...engines, ...destinations].join(', ')}.`;
}

function incompatible(what: string, { why, instead: hint }: Incompatible): PodscopeError<'SHIPPER_INCOMPATIBLE'> {
  return new PodscopeError('SHIPPER_INCOMPATIBLE', `${what}${why === '' ? '' : ` ${why}`}`, { hint });
}
