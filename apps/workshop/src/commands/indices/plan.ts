import { exitCodeOf } from '@podscope/index-manager';
import { sanitize } from '../../terminal/sanitize.ts';
import type { CommandAction } from '../command.ts';
import { planned } from './planning.ts';
import { howToReindex, planText } from './shown.ts';

/** `podscope indices plan`: exits with 0 when there is nothing to do, with 2 when there are changes. */
export const run: CommandAction = async (context, _args, options) => {
  const { cluster, plan } = await planned(context, options);
  await using _ = cluster;
  context.output.painted(plan, () => [planText(plan, process.stdout.isTTY && !context.environment.plain), ...howToReindex(plan).map((line) => `${sanitize(line)}\n`)].join(''));
  return exitCodeOf(plan);
};
