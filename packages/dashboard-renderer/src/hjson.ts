import type * as Types from 'hjson';
// @ts-expect-error The entry for browsers has no types of its own; the one that has asks Node for the end of a line.
import bundled from 'hjson/bundle/hjson.js';

/** JSON with comments and bare names. */
export const Hjson = bundled as typeof Types;
