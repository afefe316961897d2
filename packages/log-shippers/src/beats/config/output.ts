import type { BeatsDestination, OpenSearchDestination, Tls } from '../../destinations/destinations.ts';
import type { Family } from '../../sources/sources.ts';
import type { BeatsOutput } from '../model/beatsConfig.ts';

function tlsSettings(tls: Tls | undefined) {
  if (tls === undefined) return {};
  return {
    'ssl.enabled': true,
    ...(tls.caFile === undefined ? {} : { 'ssl.certificate_authorities': [tls.caFile] }),
    ...(tls.insecureSkipVerify === true ? { 'ssl.verification_mode': 'none' } : {}),
  };
}

/** The name of the index of a family; `{date}` becomes the event's day. */
export function indexOf(destination: OpenSearchDestination, family: Family): string {
  return (destination.indices?.[family] ?? `${family}-podscope`).replaceAll('{date}', '%{+yyyy.MM.dd}');
}

/**
 * Where a Beat sends. Filebeat tries for ever whatever `max_retries` says (its registry waits); Metricbeat drops after three tries
 * unless it is told not to, so `-1` stands for both.
 */
export function outputOf(destination: BeatsDestination | OpenSearchDestination): BeatsOutput {
  if (destination.kind === 'beats') {
    return {
      logstash: {
        hosts: [...destination.hosts], loadbalance: destination.hosts.length > 1, 'backoff.init': '1s', 'backoff.max': '30s', max_retries: -1, bulk_max_size: 1024, slow_start: true, timeout: '30s',
        ...tlsSettings(destination.tls),
      },
    };
  }
  const { auth } = destination;
  return {
    elasticsearch: {
      hosts: [destination.endpoint], ...(auth.kind === 'basic' ? { username: auth.username, password: auth.password } : {}), 'backoff.init': '1s', 'backoff.max': '30s', max_retries: -1,
      bulk_max_size: 500, compression_level: 1, timeout: '90s', ...tlsSettings(destination.tls),
    },
  };
}
