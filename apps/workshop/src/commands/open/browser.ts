import { spawn } from 'node:child_process';
import type { Environment } from '../../environment.ts';

/** Opens an address where a browser can be started. */
export async function openInBrowser({ browser }: Pick<Environment, 'browser'>, url: string): Promise<{ readonly opened: boolean; readonly command: string }> {
  const command = browser ?? (process.platform === 'darwin' ? 'open' : 'xdg-open');
  const opened = await new Promise<boolean>((resolve) => {
    const child = spawn(command, [url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
  return { opened, command };
}
