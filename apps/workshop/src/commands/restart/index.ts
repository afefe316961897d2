import type { CommandAction } from '../command.ts';

/** `podscope restart <target>` */
export const run: CommandAction = async ({ control, output }, [target = '']) => {
  const full = target.includes('/') ? target : `pod/${target}`;
  output.note(`restarting ${full} …`);
  await control.restart(full);
  output.result({ target: full }, () => [`${full} restarted`]);
  return 0;
};
