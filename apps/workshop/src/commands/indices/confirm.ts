import { createInterface } from 'node:readline/promises';
import type { Output } from '../../terminal/output.ts';
import { usageError } from '../usageError.ts';
import { interruptedError } from './interrupts.ts';

/**
 * Asks on the terminal, unless `--yes` answered before.
 *
 * @returns false for anything but yes.
 * @throws CLI_USAGE where there is no terminal to ask on; INTERRUPTED on Ctrl-C.
 */
export async function confirm(question: string, output: Output, options: Readonly<Record<string, unknown>>): Promise<boolean> {
  if (options['yes'] === true) return true;
  if (output.json || !process.stdin.isTTY || !process.stderr.isTTY) {
    throw usageError('Nobody is there to confirm it: this is no terminal, or --json was given.', 'Look at "podscope indices plan", and add --yes. Nothing was changed.');
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const wish = new AbortController();
  // Also when the terminal goes away, or ends its input with Ctrl-D.
  reader.once('SIGINT', () => wish.abort()).once('close', () => wish.abort());
  try {
    const answer = await reader.question(`${question} [y/N] `, { signal: wish.signal });
    return /^y(?:es)?$/i.test(answer.trim());
  } catch (error) {
    if (!wish.signal.aborted) throw error;
    throw interruptedError('Interrupted before anything was changed.', 'Run it again when you have decided.');
  } finally {
    reader.close();
  }
}
