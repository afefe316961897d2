import { PodscopeError } from '@podscope/core';
import { callControl } from '../../control/client.ts';
import type { RecoveredLeftover } from '../../control/handlers.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction, CommandContext } from '../command.ts';

const call = <Answer>({ environment }: CommandContext, verb: string, body: unknown) => callControl<Answer>(environment.runDir, 'POST', `/v1/faults/${verb}`, body);

/** What `GET /v1/faults` answers. */
interface FaultList {
  readonly kinds: readonly { readonly id: string; readonly description: string }[];
  readonly faults: readonly { readonly id: string; readonly kind: string | null; readonly state: string }[];
}

/** `podscope fault list`: while a hunt runs, its fault shows its opaque id only. */
export const list: CommandAction = async ({ environment, output }) => {
  const answer = await callControl<FaultList>(environment.runDir, 'GET', '/v1/faults');
  output.result(answer, () => [
    ...columns(['KIND', 'WHAT IT DOES'], answer.kinds.map((kind) => [kind.id, kind.description])),
    '',
    ...(answer.faults.length === 0 ? ['No fault is injected.'] : columns(['ID', 'KIND', 'STATE'], answer.faults.map((each) => [each.id, each.kind ?? '(sealed)', each.state]))),
  ]);
  return exitCodes.ok;
};

type Injected = { readonly id: string; readonly kind: string; readonly expiresAt: string };
type Planned = { readonly dryRun: true; readonly kind: string; readonly changes: readonly { readonly kind: string; readonly name: string; readonly action: string; readonly reason: string }[] };

/** `podscope fault inject <kind>` */
export const inject: CommandAction = async (context, [kind], options) => {
  const { output } = context;
  const dryRun = options['dryRun'] === true;
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
