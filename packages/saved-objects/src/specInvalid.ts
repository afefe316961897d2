import { PodscopeError } from '@podscope/core';

/** What is wrong with a definition, and what to do. */
export function specInvalid(message: string, hint: string): PodscopeError<'SAVED_OBJECT_SPEC_INVALID'> {
  return new PodscopeError('SAVED_OBJECT_SPEC_INVALID', message, { hint });
}
