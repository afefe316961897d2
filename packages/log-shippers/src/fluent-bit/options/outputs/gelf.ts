// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of gelf. */
export const gelf = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  mode: { type: 'string', default: 'udp' },
  gelf_tag_key: { type: 'string' },
  gelf_short_message_key: { type: 'string' },
  gelf_timestamp_key: { type: 'string' },
  gelf_host_key: { type: 'string' },
  gelf_full_message_key: { type: 'string' },
  gelf_level_key: { type: 'string' },
  packet_size: { type: 'integer', default: 1420 },
  compress: { type: 'boolean', default: true },
} as const satisfies Options;
