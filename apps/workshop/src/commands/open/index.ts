import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { openInBrowser } from './browser.ts';

/** `podscope open [page]`: prints the address, and opens it where a browser can be started. */
export const run: CommandAction = async ({ control, environment, output }, [page = 'console']) => {
  const { urls } = await control.state();
  if (page !== 'console' && page !== 'guestbook' && page !== 'opensearch') {
    throw usageError(`There is no page "${page}".`, 'Pages are console, guestbook and opensearch.');
  }
  const url = urls[page];
  const { opened, command } = await openInBrowser(environment, url);
  output.result({ page, url, opened }, () => [url]);
  if (!opened) output.note(`No browser could be started with ${command}: open the address yourself.`);
  return 0;
};
