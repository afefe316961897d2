// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, connecting, tls } from '../groups.ts';

/** Options of nginx_metrics. */
export const nginxMetrics = {
  ...anyInput,
  ...connecting,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  status_url: { type: 'string', default: '/status' },
  scrape_interval: { type: 'duration', default: '5s' },
  nginx_plus: { type: 'boolean', default: true },
} as const satisfies Options;
