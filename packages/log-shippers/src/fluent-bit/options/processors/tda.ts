// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyProcessor } from '../groups.ts';

/** Options of tda. */
export const tda = {
  ...anyProcessor,
  window_size: { type: 'integer', default: 60 },
  min_points: { type: 'integer', default: 10 },
  embed_dim: { type: 'integer', default: 3 },
  embed_delay: { type: 'integer', default: 1 },
  threshold: { type: 'number', default: 0 },
} as const satisfies Options;
