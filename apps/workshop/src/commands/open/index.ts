import { spawn } from 'node:child_process';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';

/** `podscope open [page]`: prints the address, and opens it where a browser can be started. */
export const run: CommandAction = async ({ control, environment, output }, [page = 'console']) => {
  const { urls } = await control.state();
  if (page !== 'console' && page !== 'guestbook' && page !== 'opensearch') {
    throw usageError(`There is no page "${page}".`, 'Pages are console, guestbook and opensearch.');
  }
  const url = urls[page];
  const browser = environment.browser ?? (process.platform === 'darwin' ? 'open' : 'xdg-open');
  const opened = await new Promise<boolean>((resolve) => {
    const child = spawn(browser, [url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
  output.result({ page, url, opened }, () => [url]);
  if (!opened) output.note(`No browser could be started with ${browser}: open the address yourself.`);
  return 0;
};
