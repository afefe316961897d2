// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of kafka. */
export const kafka = {
  ...anyInput,
  poll_ms: { type: 'integer', default: 500 },
  topics: { type: 'string' },
  format: { type: 'string', default: 'none' },
  brokers: { type: 'string' },
  client_id: { type: 'string' },
  group_id: { type: 'string' },
  'rdkafka.': { type: 'string' },
  buffer_max_size: { type: 'size', default: '4M' },
  poll_timeout_ms: { type: 'integer', default: 1 },
  enable_auto_commit: { type: 'boolean', default: false },
} as const satisfies Options;
