// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of nrlogs. */
export const nrlogs = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  base_uri: { type: 'string', default: 'https://log-api.newrelic.com/log/v1' },
  api_key: { type: 'string' },
  license_key: { type: 'string' },
  compress: { type: 'string', default: 'gzip' },
} as const satisfies Options;
