// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of nightfall. */
export const nightfall = {
  ...anyFilter,
  nightfall_api_key: { type: 'string' },
  policy_id: { type: 'string' },
  sampling_rate: { type: 'number', default: 1 },
  'tls.debug': { type: 'integer', default: 0 },
  'tls.verify': { type: 'boolean', default: true },
  'tls.vhost': { type: 'string' },
  'tls.ca_path': { type: 'string' },
} as const satisfies Options;
