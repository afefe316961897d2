import { defineFields } from '../fields/defineFields.ts';
import type { Fields } from '../fields/field.ts';

/**
 * A catalogue made by a function: called through one annotated call, so that a bundler can drop the whole set when
 * nothing uses it.
 */
export function fieldSet<const F extends Fields>(make: () => F): F {
  return defineFields(make());
}
