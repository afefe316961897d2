import type { Options } from '../../options/option.ts';

// Made by `npm run shipper-options -- beats` from Beats 7.12.1 and 7.17.0: not to be edited.

/** The options of the autodiscover providers. */
export const AUTODISCOVER = {
  kubernetes: {
    'add_resource_metadata.namespace': { type: 'map' },
    'add_resource_metadata.node': { type: 'map' },
    appenders: { type: 'any' },
    builders: { type: 'any' },
    cleanup_timeout: { type: 'duration', default: '0s' },
    hints: { type: 'map' },
    host: { type: 'string' },
    kube_config: { type: 'string' },
    leader_lease: { type: 'string' },
    namespace: { type: 'string' },
    node: { type: 'string' },
    prefix: { type: 'string', default: 'co.elastic' },
    resource: { type: 'string', default: 'pod' },
    scope: { type: 'string' },
    sync_period: { type: 'duration', default: '10m0s' },
    templates: { type: 'any' },
    type: { type: 'string', required: true },
    unique: { type: 'boolean', default: false },
  },
} as const satisfies Readonly<Record<string, Options>>;
