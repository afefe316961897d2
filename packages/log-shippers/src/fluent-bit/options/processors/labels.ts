// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyProcessor } from '../groups.ts';

/** Options of labels. */
export const labels = {
  ...anyProcessor,
  update: { type: 'string', repeatable: true },
  insert: { type: 'string', repeatable: true },
  upsert: { type: 'string', repeatable: true },
  delete: { type: 'string' },
  hash: { type: 'string' },
} as const satisfies Options;
