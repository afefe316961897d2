// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of ecs. */
export const ecs = {
  ...anyFilter,
  add: { type: 'string' },
  ecs_tag_prefix: { type: 'string' },
  cluster_metadata_only: { type: 'boolean', default: false },
  ecs_meta_cache_ttl: { type: 'duration', default: '3600' },
  ecs_meta_host: { type: 'string', default: '127.0.0.1' },
  ecs_meta_port: { type: 'port', default: 51678 },
  agent_endpoint_retries: { type: 'integer', default: 2 },
} as const satisfies Options;
