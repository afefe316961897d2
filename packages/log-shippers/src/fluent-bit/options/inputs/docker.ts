// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of docker. */
export const docker = {
  ...anyInput,
  interval_sec: { type: 'integer', default: 1 },
  interval_nsec: { type: 'integer', default: 0 },
  include: { type: 'string' },
  exclude: { type: 'string' },
  'path.sysfs': { type: 'string', default: '/sys/fs/cgroup' },
  'path.containers': { type: 'string', default: '/var/lib/docker/containers' },
} as const satisfies Options;
