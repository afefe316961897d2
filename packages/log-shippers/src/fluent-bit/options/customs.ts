// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import { calyptia } from './customs/calyptia.ts';

/** All customs by name. */
export const CUSTOMS = {
  calyptia,
} as const;
