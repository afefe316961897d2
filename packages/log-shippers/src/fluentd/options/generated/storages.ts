// Written by `npm run shipper-options -- fluentd <file>`: names, types and defaults as Fluentd prints them. Refinements are in ../refinements.ts.
import type { PluginSpec } from '../pluginSpec.ts';

export const STORAGES = {
  local: {
    options: {
      persistent: { type: 'boolean', default: false },
      autosave: { type: 'boolean', default: true },
      autosave_interval: { type: 'duration', default: 10 },
      save_at_shutdown: { type: 'boolean', default: true },
      path: { type: 'string' },
      mode: { type: 'any', default: 420 },
      dir_mode: { type: 'any', default: 493 },
      pretty_print: { type: 'boolean', default: false },
    },
  },
} as const satisfies Readonly<Record<string, PluginSpec>>;
