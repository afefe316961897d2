import type { CommandAction } from '../command.ts';
import type { TargetName } from './flags.ts';
import { targetOf } from './session.ts';

/** The work of a command for each target; one without any for AWS takes a cluster of EKS for one like any. */
type ByTarget = Readonly<Record<Exclude<TargetName, 'aws'>, () => Promise<CommandAction>>> & { readonly aws?: () => Promise<CommandAction> };

/** A command whose work depends on the target that it is about. */
export function byTarget(work: ByTarget, named?: TargetName): CommandAction {
  return async (context, args, options) => {
    const target = targetOf(context, named !== undefined && options['target'] === undefined ? { ...options, target: named } : options, work.aws !== undefined);
    return (await (target === 'aws' ? (work.aws ?? work.kubernetes) : work[target])())(context, args, options);
  };
}
