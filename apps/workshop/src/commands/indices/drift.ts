import { formatDrift, observeDrift, planDrift } from '@podscope/index-manager';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { openCluster } from './cluster.ts';

/** What the exit code 2 says of `plan` and `drift`; a wrong command line is 1 there. */
const CHANGES = 2;

/** `podscope indices drift`: exits with 2 when something was changed by hand since it was applied. */
export const run: CommandAction = async (context, _args, options) => {
  await using cluster = await openCluster(context, options);
  const report = planDrift(await observeDrift(cluster.client, { owner: String(options['owner']) }));
  context.output.painted(report, () => formatDrift(report));
  return report.items.length === 0 ? exitCodes.ok : CHANGES;
};
