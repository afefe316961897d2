import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRecord } from '../../targets/kubernetes/record/record.ts';
import type { CommandContext } from '../command.ts';
import type { TargetName } from '../kubernetes/flags.ts';
import { usageError } from '../usageError.ts';

type Options = Readonly<Record<string, unknown>>;

/** Options that only a cluster has, with their defaults. */
const CLUSTER: Readonly<Record<string, unknown>> = {
  context: undefined, kubeconfig: undefined, maxPods: undefined, maxShare: undefined, despiteOwners: undefined, optInLabel: 'podscope.dev/faults', ttl: '10m', symptom: '60s', steadyState: undefined, abortWhen: undefined, watchdogImage: undefined, detach: undefined, yes: undefined,
};

/** Which target a command of faults is about: the one that is named; a cluster, where one is named; else the one of the last `up`. @throws PodscopeError CLI_USAGE */
export function faultTarget({ environment: { runDir } }: Pick<CommandContext, 'environment'>, options: Options): TargetName {
  const named = options['target'] as TargetName | undefined;
  const found = named ?? (options['context'] !== undefined || options['kubeconfig'] !== undefined || (!existsSync(join(runDir, 'ledger.json')) && readRecord(runDir) !== undefined) ? 'kubernetes' : 'embedded');
  if (found === 'kubernetes') {
    if (options['seed'] !== undefined) throw usageError('--seed belongs to the embedded target.', 'Give the fault’s parameters with --param.');
    return found;
  }
  const strange = Object.keys(CLUSTER).find((name) => options[name] !== undefined && options[name] !== CLUSTER[name]);
  if (strange !== undefined) throw usageError(`--${strange.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} belongs to --target kubernetes.`, 'Add --target kubernetes, or leave it out.');
  return found;
}
