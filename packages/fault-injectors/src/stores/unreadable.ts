import { PodscopeError } from '@podscope/core';

/** The error of a record that is there and can't be used. */
export function unreadable(id: string, reason: string): PodscopeError<'FAULT_RECORD_UNREADABLE'> {
  return new PodscopeError('FAULT_RECORD_UNREADABLE', `The record of fault ${id} can't be used: ${reason}`, { hint: 'Compare the target with its baseline, or set it up anew; then discard the record.' });
}
