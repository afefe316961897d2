import { requireCompatible } from '../../compatibility/compatibility.ts';
import type { VersionOf } from '../../compatibility/compatibility.ts';
import type { ShipperOptions } from '../../config/shipperOptions.ts';
import type { Destination } from '../../destinations/destinations.ts';
import type { Family, Source } from '../../sources/sources.ts';
import { FAMILIES } from '../../sources/sources.ts';
import type { FluentBitConfig, FluentBitFilter, FluentBitInput, FluentBitMultilineParser, FluentBitParser } from '../model.ts';
import { outputsOf } from './outputs.ts';
import { partsOf } from './sources.ts';

/** What the parts of one source are. */
export interface Parts {
  readonly inputs: readonly FluentBitInput[];
  readonly filters: readonly FluentBitFilter[];
  readonly parsers?: readonly FluentBitParser[];
  readonly multilineParsers?: readonly FluentBitMultilineParser[];
}

const ALL: readonly Family[] = ['filebeat', 'metricbeat', 'kubernetes', 'redis', 'apache'];

/**
 * Fluent Bit's configuration out of the vocabulary. Every record ends in exactly the fields of its family's catalogue, under a tag that
 * begins with the family. Positions and buffers are in `stateDirectory`, which must be there and outlive the process; a document's id is a
 * hash of the record with its file, offset and time, so that a repeated one is refused with 409 and equal lines stay apart.
 *
 * A delivery is retried for about an hour (240 times, up to 30 s apart); what is refused for good goes to `rejected` beside the buffers
 * (from 5.0 on). A buffer that has grown to 1 GB loses its oldest records.
 *
 * @throws PodscopeError SHIPPER_INCOMPATIBLE when the pair is none of {@link fluentBitFacts}.
 */
export function fluentBitConfig<const V extends VersionOf<'fluent-bit'>>(options: ShipperOptions<'fluent-bit', V>): FluentBitConfig {
  const { version, destination, stateDirectory = '/var/lib/podscope', monitoring } = options;
  const sources: readonly Source[] = options.sources;
  requireCompatible('fluent-bit', version, sources, destination);
  const parts = sources.map((source, index) => partsOf(source, nameOf(source, index, sources), stateDirectory));
  const families = new Set<Family>(sources.flatMap((source): readonly Family[] => (source.kind === 'shippers' ? ALL : [FAMILIES[source.kind]])));
  const parsers = parts.flatMap((part) => part.parsers ?? []);
  const multilineParsers = parts.flatMap((part) => part.multilineParsers ?? []);
  return {
    service: {
      flush: 1,
      grace: 30,
      log_level: 'info',
      http_server: true,
      http_listen: monitoring?.host ?? '0.0.0.0',
      http_port: monitoring?.port ?? 2020,
      // The health endpoint answers 500 while the backend is away: as a liveness probe it would restart the agent for it.
      health_check: false,
      'storage.path': `${stateDirectory}/storage`,
      'storage.sync': 'normal',
      'storage.metrics': true,
      'storage.max_chunks_up': 64,
      'storage.backlog.mem_limit': '32M',
      'storage.delete_irrecoverable_chunks': true,
      ...(version === '4.2' ? {} : { 'storage.keep.rejected': true, 'storage.rejected.path': 'rejected', 'storage.rejected.limit': '1G' }),
      'scheduler.base': 1,
      'scheduler.cap': 30,
    },
    ...(parsers.length === 0 ? {} : { parsers: uniqueByName(parsers) }),
    ...(multilineParsers.length === 0 ? {} : { multilineParsers: uniqueByName(multilineParsers) }),
    inputs: parts.flatMap((part) => part.inputs),
    filters: [...parts.flatMap((part) => part.filters), ...((destination as Destination).kind === 'otlp' ? ALL.filter((family) => families.has(family)).map(familyField) : [])],
    outputs: ALL.filter((family) => families.has(family)).flatMap((family) => outputsOf(destination, family)),
  };
}

/** A name for tags, files and plugins; a second source of the same kind gets a number. */
function nameOf(source: Source, index: number, sources: readonly Source[]): string {
  const before = sources.slice(0, index).filter(({ kind }) => kind === source.kind).length;
  return before === 0 ? source.kind : `${source.kind}-${before + 1}`;
}

/** OTLP has no tags: the family goes along as a field. */
function familyField(family: Family): FluentBitFilter {
  return { name: 'record_modifier', match: `${family}.*`, record: [`podscope.family ${family}`] };
}

function uniqueByName<Item extends { readonly name: unknown }>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [item.name, item])).values()];
}
