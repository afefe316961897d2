import { PodscopeError } from '@podscope/core';
import { callControl } from '../../control/client.ts';
import type { RecoveredLeftover } from '../../control/handlers.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { usageError } from '../usageError.ts';

const call = <Answer>({ environment }: CommandContext, verb: string, body: unknown) => callControl<Answer>(environment.runDir, 'POST', `/v1/faults/${verb}`, body);

/** What `GET /v1/faults` answers. */
interface FaultList {
  readonly kinds: readonly { readonly id: string; readonly description: string }[];
  readonly faults: readonly { readonly id: string; readonly kind: string | null; readonly state: string }[];
}

type Injected = { readonly id: string; readonly kind: string; readonly expiresAt: string };
type Planned = { readonly dryRun: true; readonly kind: string; readonly changes: readonly { readonly kind: string; readonly name: string; readonly action: string; readonly reason: string }[] };

/** `podscope fault inject <id>` into the embedded system: its details are drawn by a seed. */
export const inject: CommandAction = async (context, [kind], options) => {
  const { output } = context;
  const dryRun = options['dryRun'] === true;
  if (Array.isArray(options['param'])) throw usageError('The parameters of a fault of the embedded target are drawn.', 'Give --seed to draw the same again.');
  if (!dryRun) output.note('breaking something; this takes a few seconds …');
  const answer = await call<Injected | Planned>(context, 'inject', { kind, seed: options['seed'], dryRun });
  output.result(answer, () =>
    'dryRun' in answer
      ? ['Nothing was changed. It would change:', ...columns(['OBJECT', 'ACTION', 'HOW'], answer.changes.map((change) => [`${change.kind}/${change.name}`, change.action, change.reason]))]
      : [`${answer.kind} is injected as ${answer.id}; it reverts itself at ${answer.expiresAt}.`, `Revert it earlier with: podscope fault revert ${answer.id}`],
  );
  return exitCodes.ok;
};

/** `podscope fault verify <id>`: exits with 1 when the symptom isn't there. */
export const verify: CommandAction = async (context, [id]) => {
  const answer = await call<{ readonly present: boolean; readonly findings: readonly string[] }>(context, 'verify', { id });
  context.output.result(answer, () => [answer.present ? 'The symptom is there.' : 'The symptom is not there.', ...answer.findings.map((finding) => `  ${finding}`)]);
  return answer.present ? exitCodes.ok : exitCodes.failed;
};

/** `podscope fault revert <id>` */
export const revert: CommandAction = async (context, [id], options) => {
  context.output.note('putting back what was before …');
  try {
    const answer = await call<{ readonly id: string }>(context, 'revert', { id, force: options['force'] === true });
    context.output.result(answer, () => [`${answer.id} is reverted.`]);
  } catch (error) {
    if (!(error instanceof PodscopeError) || error.code !== 'FAULT_TARGET_CHANGED') throw error;
    throw new PodscopeError('FAULT_TARGET_CHANGED', error.message, { hint: `Look at the changes below; "podscope fault revert ${String(id)} --force" restores the state from before the fault all the same.`, details: error.details });
  }
  return exitCodes.ok;
};

/** `podscope fault recover`: exits with 1 when something is still left behind. */
export const recover: CommandAction = async (context) => {
  const answer = await call<{ readonly recovered: readonly RecoveredLeftover[] }>(context, 'recover', {});
  const { recovered } = answer;
  context.output.result(answer, () => (recovered.length === 0 ? ['Nothing was left behind.'] : recovered.map(({ id, outcome, message }) => `${id}: ${outcome}. ${message}`)));
  return recovered.every(({ outcome }) => outcome === 'reverted' || outcome === 'reset') ? exitCodes.ok : exitCodes.failed;
};

/** `podscope fault abort --all`: reverts every fault that was injected by hand or left behind; a hunt's is the hunt's. */
export const abort: CommandAction = async (context, _args, options) => {
  if (options['resume'] === true) {
    context.output.result({ stopped: false, reverted: [] }, () => ['Nothing keeps faults out of the embedded system.']);
    return exitCodes.ok;
  }
  context.output.note('Reverting every fault …');
  const { faults } = await callControl<FaultList>(context.environment.runDir, 'GET', '/v1/faults');
  const reverted: { readonly id: string; readonly outcome: string; readonly message: string }[] = [];
  for (const { id, state } of faults) {
    if (state === 'left over') continue;
    const outcome = await call<unknown>(context, 'revert', { id, force: true }).then(
      () => ({ id, outcome: 'reverted', message: 'The state from before the fault is restored.' }),
      (error: unknown) => ({ id, outcome: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    reverted.push(outcome);
  }
  const { recovered } = await call<{ readonly recovered: readonly RecoveredLeftover[] }>(context, 'recover', {});
  reverted.push(...recovered);
  context.output.result({ stopped: false, reverted }, () => (reverted.length === 0 ? ['No fault was there.'] : reverted.map(({ id, outcome, message }) => `${id}: ${outcome}. ${message}`)));
  return reverted.every(({ outcome }) => outcome === 'reverted' || outcome === 'reset') ? exitCodes.ok : exitCodes.failed;
};
