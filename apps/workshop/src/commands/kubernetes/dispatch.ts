import type { CommandAction } from '../command.ts';
import type { TargetName } from './flags.ts';
import { targetOf } from './session.ts';

/** A command whose work depends on the target that it is about. */
export function byTarget(work: Readonly<Record<TargetName, () => Promise<CommandAction>>>, named?: TargetName): CommandAction {
  return async (context, args, options) => {
    const target = named !== undefined && options['target'] === undefined ? targetOf(context, { ...options, target: named }) : targetOf(context, options);
    return (await work[target]())(context, args, options);
  };
}
