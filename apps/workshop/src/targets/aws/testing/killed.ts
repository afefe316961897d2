import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ProgramOptions } from './program.ts';

/**
 * Runs `up` or `down` in a process of its own until it is at a point, and kills it with `kill -9`.
 *
 * @param environment All that it gets: which AWS, and as whom.
 * @throws Error when it ended by itself, with what it printed
 */
export async function killedAt(environment: NodeJS.ProcessEnv, options: ProgramOptions): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=@podscope/source', '--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'program.ts'), JSON.stringify(options)], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const there = new Promise<boolean>((resolve) => {
    const look = (text: Buffer): void => {
      printed += text.toString();
      if (printed.includes(`AT ${options.stopAt}\n`)) resolve(true);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    void closed.then(() => resolve(false));
  });
  const wasThere = await there;
  child.kill('SIGKILL');
  await closed;
  if (!wasThere || child.signalCode !== 'SIGKILL') throw new Error(`It ended without being killed at ${options.stopAt}:\n${printed}`);
}
