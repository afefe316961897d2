// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, connecting, tls } from '../groups.ts';

/** Options of prometheus_scrape. */
export const prometheusScrape = {
  ...anyInput,
  ...connecting,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  scrape_interval: { type: 'duration', default: '10s' },
  buffer_max_size: { type: 'size', default: '10M' },
  metrics_path: { type: 'string', default: '/metrics' },
  http_user: { type: 'string' },
  http_passwd: { type: 'string' },
  bearer_token: { type: 'string' },
} as const satisfies Options;
