import { isPodscopeError } from '@podscope/core';
import { callControl } from '../../control/client.ts';
import { sweepLedger } from '../../ledger/sweep.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';

/**
 * `podscope down`: asks the supervisor to end everything in order, then ends whatever the ledger still names. Exits
 * non-zero while a process or a port is left. Nothing running is fine: it exits with 0 and says so.
 */
export const run: CommandAction = async ({ environment, output }) => {
  output.note('ending everything …');
  const asked = await askToEnd(environment.runDir);
  const receipt = await sweepLedger(environment.runDir);
  const left = receipt.left.length;
  output.result({ asked, ...receipt }, () => [
    ...(!asked && receipt.ended.length === 0 && left === 0 ? ['Nothing was running.'] : []),
    ...receipt.ended.map((each) => `ended  ${each}`),
    ...receipt.left.map((each) => `LEFT   ${each}`),
    left === 0 ? 'Nothing is left.' : 'Run "podscope down" again; what is left is named above.',
  ]);
  return left === 0 ? exitCodes.ok : exitCodes.failed;
};

/** A supervisor that works answers such a question in milliseconds. */
const ANSWER_LIMIT = 5_000;
/** Faults are reverted first, at most 30 s; then everything ends, each part with a limit of its own. */
const END_LIMIT = 120_000;

/** False when nobody is there, or does not answer: then the sweep ends everything. */
async function askToEnd(runDir: string): Promise<boolean> {
  try {
    await callControl(runDir, 'GET', '/v1/parts', undefined, ANSWER_LIMIT);
    await callControl(runDir, 'POST', '/v1/down', {}, END_LIMIT);
    return true;
  } catch (error) {
    if (!isPodscopeError(error, 'NOT_RUNNING') && !isPodscopeError(error, 'CONTROL_FAILED') && !isPodscopeError(error, 'ROUTE_NOT_FOUND')) throw error;
    return false;
  }
}
