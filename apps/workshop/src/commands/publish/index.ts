import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';

/** `podscope publish <path>` */
export const run: CommandAction = async ({ control, output }, [path = '']) => {
  if (!path.startsWith('/')) throw usageError(`A page’s path starts with "/", not "${path}".`, 'For example: podscope publish /news');
  await control.publish(path);
  output.result({ path }, () => [`${path} is published`]);
  return 0;
};
