import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LanesOptions } from './runLanes.ts';

/**
 * Runs the program that makes a lane ready, with its progress shown. It has no limit of time: how long a build takes is the
 * machine's matter. What went wrong, or undefined.
 */
export async function prepareLane(program: string, { root, signal, output = 'inherit' }: Pick<LanesOptions, 'root' | 'signal' | 'output'>): Promise<string | undefined> {
  const child = spawn(process.execPath, ['--conditions=@podscope/source', '--disable-warning=ExperimentalWarning', join(root, program)], { cwd: root, stdio: ['ignore', output, output] });
  const end = (): void => void child.kill();
  signal?.addEventListener('abort', end, { once: true });
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve(`${program} could not be started: ${error.message}`));
      child.once('exit', (code, by) => resolve(code === 0 ? undefined : `it could not be made ready: ${program} ended with ${by ?? `exit code ${code}`}`));
    });
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
