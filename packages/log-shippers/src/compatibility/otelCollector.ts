import type { ShipperFacts, VersionFacts } from './compatible.ts';

const current = {
  sources: ['container-logs', 'apache-logs', 'node-logs', 'kubernetes-events', 'redis-info', 'shippers'],
  destinations: ['otlp'],
  engines: ['opensearch@1', 'opensearch@2', 'opensearch@3', 'amazon-opensearch-service', 'opensearch-serverless'],
} as const satisfies VersionFacts;

/** The OpenTelemetry Collector, in its contrib distribution. */
export const otelCollectorFacts = {
  versions: { '0.138': current },
  not: {},
  traps: [],
} as const satisfies ShipperFacts;
