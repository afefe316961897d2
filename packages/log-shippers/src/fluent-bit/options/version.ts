// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.

/** The version whose options these are. */
export const OPTIONS_VERSION = '5.1.1';
