import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import type { CommandAction } from '../command.ts';
import { wholeNumber } from '../usageError.ts';

/** `podscope logs <pod>`: `supervisor` also works after everything ended. */
export const run: CommandAction = async ({ control, environment, output }, [pod = ''], options) => {
  const tail = wholeNumber(options['tail'], 'The number of lines', 1, 10_000);
  const lines = pod === 'supervisor' ? await supervisorLog(environment.runDir, tail) : await control.logs(pod.replace(/^pod\//, ''), tail);
  output.result({ pod, lines }, () => lines);
  return 0;
};

async function supervisorLog(runDir: string, tail: number): Promise<readonly string[]> {
  const file = join(runDir, 'logs', 'supervisor.log');
  try {
    return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-tail);
  } catch (cause) {
    throw new PodscopeError('NOT_RUNNING', `There is no log at ${file}.`, { hint: 'Start the system with "podscope up".', cause });
  }
}
