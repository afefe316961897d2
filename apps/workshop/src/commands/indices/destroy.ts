import { defineIndexSetup } from '@podscope/index-manager';
import type { CommandAction } from '../command.ts';
import { carryOut } from './apply.ts';
import { openCluster } from './cluster.ts';
import { makePlan } from './planning.ts';

/** `podscope indices destroy`: deletes what the owner has made, and nothing else. The history stays. */
export const run: CommandAction = async (context, _args, options) => {
  const setup = defineIndexSetup({ owner: String(options['owner']) });
  await using cluster = await openCluster(context, options);
  const plan = await makePlan(context, cluster, setup, { prune: true });
  return await carryOut(context, cluster, plan, options);
};
