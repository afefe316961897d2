import type { ShipperFacts, VersionFacts } from './compatible.ts';

const sources = ['container-logs', 'apache-logs', 'node-logs'] as const;

/** Filebeat. */
export const filebeatFacts = {
  versions: {
    '7.17': { sources, destinations: ['beats'], engines: [] } satisfies VersionFacts,
    '7.12': { sources, destinations: ['beats'], engines: ['opensearch@1', 'elasticsearch@7.10'] } satisfies VersionFacts,
  },
  not: {
    forward: { why: 'Beats do not speak the forward protocol.', instead: 'Send to Logstash with beatsProtocol(…).' },
  },
  traps: [],
} as const satisfies ShipperFacts;
