import { PodscopeError } from '@podscope/core';
import { requireCompatible, type VersionOf } from '../../compatibility/compatibility.ts';
import type { ShipperOptions } from '../../config/shipperOptions.ts';
import type { OpenSearchDestination } from '../../destinations/destinations.ts';
import { badValue, requirePort } from '../../quantities/quantities.ts';
import type { Family, FromShippers } from '../../sources/sources.ts';
import type { LogstashConfig, LogstashSettings } from '../config.ts';
import { filters, inputs, outputs } from '../language/build.ts';
import { apacheFilters } from './apacheFilters.ts';
import { allowFilters, beatsInput, familyFilters, idFilters } from './documentFilters.ts';
import { openSearchOutput } from './openSearchOutput.ts';

/** Options of {@link logstashConfig}. */
export interface LogstashOptions<V extends VersionOf<'logstash'>> extends ShipperOptions<'logstash', V> {
  /** The persistent queue: what waits on disk while the backend is away. */
  readonly queue?: {
    /** @default '1gb' When it is full, Beats are told to wait: nothing is lost. */
    readonly maxBytes?: `${number}${'kb' | 'mb' | 'gb'}`;
  };
  /** Who takes lines of web pods apart, where the Beat hasn't. @default 'logstash' */
  readonly pattern?: 'logstash' | 'beat';
}

/**
 * Logstash between Beats and OpenSearch: Filebeat's and Metricbeat's documents with exactly the catalogue's fields, an index for each
 * family, a persistent queue in front and a dead-letter queue behind, and ids by which nothing is doubled when a batch is sent again.
 *
 * @throws PodscopeError SHIPPER_INCOMPATIBLE, SHIPPER_BAD_VALUE
 */
export function logstashConfig<const V extends VersionOf<'logstash'>>(options: LogstashOptions<V>): LogstashConfig {
  const { version, destination } = options;
  const sources: readonly FromShippers[] = options.sources;
  requireCompatible('logstash', version, sources, destination);
  for (const { protocol, port } of sources) {
    requirePort('fromShippers.port', port);
    if (protocol !== 'beats') {
      throw new PodscopeError('SHIPPER_INCOMPATIBLE', `Logstash takes the Beats protocol here, not ${protocol}.`, {
        hint: `fromShippers({ protocol: 'beats', port: 5044 }), or ${protocol === 'otlp' ? 'an OpenTelemetry Collector' : 'Fluentd'} in its place.`,
      });
    }
  }
  if (sources.length === 0) throw badValue('logstashConfig.sources', 'there is none.', "fromShippers({ protocol: 'beats', port: 5044 })");
  return {
    version,
    settings: settings(options),
    pipelines: [
      {
        id: 'main',
        sections: [
          inputs(...sources.map(({ host, port }) => beatsInput(host ?? '0.0.0.0', port))),
          filters(
            ...familyFilters(indicesOf(destination)),
            ...(options.pattern === 'beat' ? [] : [apacheFilters()]),
            ...idFilters(),
            allowFilters(),
          ),
          outputs(openSearchOutput(destination)),
        ],
      },
    ],
  };
}

/** `{date}` is the day of the event, in UTC. */
function indicesOf({ indices }: OpenSearchDestination): Record<Family, string> {
  const name = (family: Family): string => (indices?.[family] ?? `${family}-podscope`).replaceAll('{date}', '%{+yyyy.MM.dd}');
  return { filebeat: name('filebeat'), metricbeat: name('metricbeat'), kubernetes: name('kubernetes'), redis: name('redis'), apache: name('apache') };
}

/**
 * - `pipeline.ordered` would put all events through one worker, or is left to the number of workers; ids make the order of no matter.
 * - The queue acknowledges Beats only after an event is on disk; with `queue.checkpoint.writes` at 1024, a crash of the node itself may
 *   take the last writes with it, which Beats send again where they had no acknowledgement.
 */
function settings({ version, stateDirectory = '/var/lib/podscope', monitoring, queue }: Pick<LogstashOptions<VersionOf<'logstash'>>, 'version' | 'stateDirectory' | 'monitoring' | 'queue'>): LogstashSettings {
  return {
    'path.data': stateDirectory,
    'pipeline.ecs_compatibility': 'disabled',
    'pipeline.ordered': 'false',
    'queue.type': 'persisted',
    'queue.max_bytes': queue?.maxBytes ?? '1gb',
    'dead_letter_queue.enable': true,
    'dead_letter_queue.max_bytes': '256mb',
    // Since 8.4; before, what comes when the queue is full is dropped.
    ...(version === '7.16' ? {} : { 'dead_letter_queue.storage_policy': 'drop_older' as const }),
    'api.http.host': monitoring?.host ?? '0.0.0.0',
    'api.http.port': monitoring?.port ?? 9600,
    'config.support_escapes': false,
  };
}
