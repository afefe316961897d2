// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of aws. */
export const aws = {
  ...anyFilter,
  imds_version: { type: 'string', default: 'v2' },
  az: { type: 'boolean', default: true },
  ec2_instance_id: { type: 'boolean', default: true },
  ec2_instance_type: { type: 'boolean', default: false },
  private_ip: { type: 'boolean', default: false },
  vpc_id: { type: 'boolean', default: false },
  ami_id: { type: 'boolean', default: false },
  account_id: { type: 'boolean', default: false },
  hostname: { type: 'boolean', default: false },
  tags_enabled: { type: 'boolean', default: false },
  tags_include: { type: 'string' },
  tags_exclude: { type: 'string' },
  retry_interval_s: { type: 'integer', default: 300 },
  enable_entity: { type: 'boolean', default: false },
} as const satisfies Options;
