import type { ShipperFacts, VersionFacts } from './compatible.ts';

const current = {
  sources: ['shippers'],
  destinations: [],
  engines: ['opensearch@1', 'opensearch@2', 'opensearch@3', 'amazon-opensearch-service', 'elasticsearch@7.10'],
} as const satisfies VersionFacts;

/** Logstash, with logstash-output-opensearch. */
export const logstashFacts = {
  versions: { '8.9': current, '7.16': current },
  not: {},
  traps: [],
} as const satisfies ShipperFacts;
