// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of slack. */
export const slack = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  webhook: { type: 'string' },
} as const satisfies Options;
