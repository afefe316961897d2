// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, listening } from '../groups.ts';

/** Options of collectd. */
export const collectd = {
  ...anyInput,
  ...listening,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  typesdb: { type: 'string', default: '/usr/share/collectd/types.db' },
} as const satisfies Options;
