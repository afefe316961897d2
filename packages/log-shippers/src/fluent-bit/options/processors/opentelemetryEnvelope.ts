// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyProcessor } from '../groups.ts';

/** Options of opentelemetry_envelope. */
export const opentelemetryEnvelope = {
  ...anyProcessor,
} as const satisfies Options;
