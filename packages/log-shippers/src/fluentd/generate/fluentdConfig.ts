import { requireCompatible, type VersionOf } from '../../compatibility/compatibility.ts';
import type { ShipperOptions } from '../../config/shipperOptions.ts';
import { requirePort } from '../../quantities/quantities.ts';
import { FAMILIES, type Family, type Source } from '../../sources/sources.ts';
import { type Directive, type FluentdConfig, label, match, source, system } from '../model/config.ts';
import { deliveryOf } from './destinations.ts';
import { DELIVERY, sourceDirectives } from './sources.ts';

const ALL: readonly Family[] = ['filebeat', 'metricbeat', 'kubernetes', 'redis', 'apache'];

/**
 * Fluentd's configuration out of the vocabulary: as an aggregator of what other shippers forward, as an agent that reads files, or both.
 *
 * Every document has an id that is made from it, and is only created, so that what is sent again is not there twice. Positions, buffers and
 * dead letters are in `stateDirectory`: one volume that outlives the process, which belongs to one Fluentd. What a buffer of 1 GB can't take
 * waits at its source. What the server refuses for good is in `dead-letters`.
 *
 * @throws PodscopeError SHIPPER_INCOMPATIBLE when the pair is none of {@link fluentdFacts}; SHIPPER_BAD_VALUE for events out of the API, the
 * journal, or a port that is none.
 */
export function fluentdConfig<const V extends VersionOf<'fluentd'>>(options: ShipperOptions<'fluentd', V>): FluentdConfig {
  const { version, destination, monitoring } = options;
  const sources: readonly Source[] = options.sources;
  requireCompatible('fluentd', version, sources, destination);
  const state = (options.stateDirectory ?? '/var/lib/podscope').replace(/\/+$/, '');
  const families = new Set(sources.flatMap((from): readonly Family[] => (from.kind === 'shippers' ? ALL : [FAMILIES[from.kind]])));
  return {
    directives: [
      system({ log_level: 'info', root_dir: `${state}/fluentd`, strict_config_value: true, suppress_repeated_stacktrace: true, ignore_repeated_log_interval: '60s' }),
      // On loopback: /api/plugins.json?debug=1 tells every variable of every plugin, passwords too, and no option turns that off.
      source({ '@type': 'monitor_agent', '@id': 'monitoring', bind: monitoring?.host ?? '127.0.0.1', port: requirePort('monitoring.port', monitoring?.port ?? 24_220) }),
      ...sources.flatMap((from, index) => sourceDirectives(from, nameOf(from, index, sources), state)),
      label(DELIVERY, [...ALL.filter((family) => families.has(family)).flatMap((family) => deliveryOf(destination, family, state)), match('**', deadLetters('unrouted', state))]),
      // What a plugin could not use: documents that OpenSearch refused, lines that could not be made documents of.
      label('@ERROR', [match('**', deadLetters('refused', state))]),
      label('@FLUENT_LOG', [match('**', { '@type': 'null' })]),
    ] satisfies readonly Directive[],
  };
}

/** A file of JSON lines a day. */
function deadLetters(name: string, state: string) {
  return {
    '@type': 'file',
    '@id': name,
    path: `${state}/dead-letters/${name}`,
    append: true,
    format: { '@type': 'json' },
    inject: { tag_key: 'podscope.tag', time_key: 'podscope.time', time_type: 'string', time_format: '%Y-%m-%dT%H:%M:%S.%LZ', utc: true, localtime: false },
    buffer: {
      '@type': 'file',
      '@argument': 'time',
      path: `${state}/buffers/${name}`,
      timekey: '1d',
      timekey_use_utc: true,
      flush_mode: 'interval',
      flush_interval: '2s',
      // Whatever was taken fits, as JSON too: nothing takes what does not fit in here.
      chunk_limit_size: '128m',
      chunk_full_threshold: 0.03,
      total_limit_size: '256m',
      overflow_action: 'block',
    },
  } as const;
}

/** A name for labels and files; a second source of the same kind gets a number. */
function nameOf(from: Source, index: number, sources: readonly Source[]): string {
  const before = sources.slice(0, index).filter(({ kind }) => kind === from.kind).length;
  return before === 0 ? from.kind : `${from.kind}-${before + 1}`;
}
