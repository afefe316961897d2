// Written by `npm run shipper-options -- fluentd <file>`: names, types and defaults as Fluentd prints them. Refinements are in ../refinements.ts.
import type { PluginSpec } from '../pluginSpec.ts';

export const SERVICE_DISCOVERIES = {
  file: { options: { path: { type: 'string', default: '/etc/fluent/sd.yaml' }, conf_encoding: { type: 'string', default: 'utf-8' } } },
  srv: {
    options: {
      service: { type: 'string', required: true },
      proto: { type: 'string', default: 'tcp' },
      hostname: { type: 'string', required: true },
      dns_server_host: { type: 'string' },
      interval: { type: 'integer', default: 60 },
      dns_lookup: { type: 'boolean', default: true },
      shared_key: { type: 'string', secret: true },
      username: { type: 'string', default: '' },
      password: { type: 'string', default: '', secret: true },
    },
  },
  static: {
    options: {},
    sections: {
      service: {
        multi: true,
        options: {
          host: { type: 'string', required: true },
          name: { type: 'string' },
          port: { type: 'integer', default: 24224 },
          shared_key: { type: 'string', secret: true },
          username: { type: 'string', default: '' },
          password: { type: 'string', default: '', secret: true },
          standby: { type: 'boolean', default: false },
          weight: { type: 'integer', default: 60 },
        },
      },
    },
  },
} as const satisfies Readonly<Record<string, PluginSpec>>;
