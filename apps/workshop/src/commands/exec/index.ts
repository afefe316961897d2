import type { CommandAction } from '../command.ts';
import { sanitize } from '../../terminal/sanitize.ts';

/** `podscope exec <pod> -- redis-cli …`: the exit code is the command's own. */
export const run: CommandAction = async ({ control, output }, [pod = '', ...command]) => {
  const result = await control.exec(pod.replace(/^pod\//, ''), command[0] === '--' ? command.slice(1) : command);
  output.result(result, () => (result.stdout === '' ? [] : [result.stdout.replace(/\r\n/g, '\n').replace(/\n$/, '')]));
  if (!output.json && result.stderr !== '') process.stderr.write(`${sanitize(result.stderr)}\n`);
  return result.exitCode;
};
