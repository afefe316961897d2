// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of skywalking. */
export const skywalking = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  auth_token: { type: 'string' },
  svc_name: { type: 'string', default: 'sw-service' },
  svc_inst_name: { type: 'string', default: 'fluent-bit' },
} as const satisfies Options;
