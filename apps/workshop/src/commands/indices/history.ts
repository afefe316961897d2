import { readHistory } from '@podscope/index-manager';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction } from '../command.ts';
import { wholeNumber } from '../usageError.ts';
import { openCluster } from './cluster.ts';
import { counted } from './shown.ts';

/** `podscope indices history` */
export const run: CommandAction = async (context, _args, options) => {
  const size = wholeNumber(options['size'], 'The number of entries', 1, 1000);
  await using cluster = await openCluster(context, options);
  const entries = await readHistory(cluster.client, { size });
  context.output.result({ entries }, () =>
    entries.length === 0
      ? ['Nothing was applied to this cluster so far.']
      : entries.flatMap(({ started, who, owner, outcome, changes, error }) => [
          `${started}  ${who}  ${counted(changes.length, 'change')} of ${owner}, ${outcome}`,
          ...changes.map(({ action, kind, name, reason }) => `  ${action.padEnd(13)}  ${kind.padEnd(18)}  ${name}  ${reason}`),
          ...(error === undefined ? [] : [`  ${error}`]),
        ]),
  );
  return exitCodes.ok;
};
