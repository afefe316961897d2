// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyProcessor } from '../groups.ts';

/** Options of content_modifier. */
export const contentModifier = {
  ...anyProcessor,
  context: { type: 'string' },
  action: { type: 'string' },
  key: { type: 'string' },
  value: { type: 'string' },
  pattern: { type: 'string' },
  converted_type: { type: 'string' },
} as const satisfies Options;
