import { isEmptyPlan } from '@podscope/core';
import type { IndexPlan } from '../model.ts';

/** The exit code of a command that shows a plan: 0 when there is nothing to do, 2 when there are changes, 1 for an error. */
export function exitCodeOf(result: IndexPlan | Error): 0 | 1 | 2 {
  if (result instanceof Error) return 1;
  return isEmptyPlan(result) ? 0 : 2;
}
