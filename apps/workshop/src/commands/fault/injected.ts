import { PodscopeError } from '@podscope/core';
import { abortAll, faultCatalogue, type FaultCheck, recoverFaults, revertFault } from '@podscope/fault-injectors';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { type FaultCluster, openFaultCluster } from '../../targets/kubernetes/faults/cluster.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';
import { openFaultJournal } from './journalFile.ts';
import { faultTarget } from './target.ts';

const SAYS = { present: 'The symptom is there.', partial: 'The symptom is partly there.', absent: 'The symptom is not there.', unverifiable: 'Nothing here can show the symptom: the pods run nothing.' } as const;

/** `podscope fault verify <id>`: exits with 1 when the symptom isn't there. */
export const verify: CommandAction = async (context, args, options) => {
  if (faultTarget(context, options) === 'embedded') return (await import('./embedded.ts')).verify(context, args, options);
  const [id = ''] = args;
  using cluster = await openFaultCluster(context, options);
  const { symptom, findings } = await look(id, cluster);
  context.output.result({ id, present: symptom === 'present', symptom, findings }, () => [SAYS[symptom], ...findings.map((finding) => `  ${finding}`)]);
  return symptom === 'present' || symptom === 'unverifiable' ? exitCodes.ok : exitCodes.failed;
};

async function look(id: string, { target, store }: FaultCluster): Promise<FaultCheck> {
  const record = await store.read(id);
  if (record === undefined) throw new PodscopeError('FAULT_NOT_FOUND', 'There is no injected fault with that id.', { hint: '"podscope fault list" shows the ids.' });
  const on = faultCatalogue.find((kind) => kind.id === record.fault)?.from(record.params).on('kubernetes');
  if (on === undefined) throw new PodscopeError('FAULT_UNKNOWN', `The kind of fault ${id} is not known here.`, { hint: 'Ask with the program that injected it.' });
  return await on.verify({ id, target, before: record.before, signal: new AbortController().signal });
}

/** `podscope fault revert <id>` */
export const revert: CommandAction = async (context, args, options) => {
  if (faultTarget(context, options) === 'embedded') return (await import('./embedded.ts')).revert(context, args, options);
  const [id = ''] = args;
  using cluster = await openFaultCluster(context, options);
  const { target, store } = cluster;
  context.output.note('Putting back what was before …');
  try {
    await revertFault(id, { target, store, faults: faultCatalogue, force: options['force'] === true, journal: openFaultJournal(context.environment.runDir) });
  } catch (error) {
    if (!(error instanceof PodscopeError) || error.code !== 'FAULT_TARGET_CHANGED') throw error;
    throw new PodscopeError('FAULT_TARGET_CHANGED', error.message, { hint: `Look at the changes below; "podscope fault revert ${id} --force --target kubernetes --context ${cluster.context}" restores the state from before the fault all the same.`, details: error.details });
  }
  context.output.result({ id, reverted: true }, () => [`${id} is reverted.`]);
  return exitCodes.ok;
};

/** `podscope fault recover`: exits with 1 when something is still left behind. */
export const recover: CommandAction = async (context, args, options) => {
  if (faultTarget(context, options) === 'embedded') return (await import('./embedded.ts')).recover(context, args, options);
  using cluster = await openFaultCluster(context, options);
  const { target, store } = cluster;
  const recovered = await recoverFaults({ target, store, faults: faultCatalogue, force: options['force'] === true, journal: openFaultJournal(context.environment.runDir) });
  context.output.result({ recovered }, () => (recovered.length === 0 ? ['Nothing was left behind.'] : recovered.flatMap(({ id, outcome, message, details = [] }) => [`${id}: ${outcome}. ${message}`, ...details.map((line) => `  ${line}`)])));
  return recovered.every(({ outcome }) => outcome === 'reverted') ? exitCodes.ok : exitCodes.failed;
};

/** `podscope fault abort --all` and `--resume` */
export const abort: CommandAction = async (context, args, options) => {
  const [all, resume] = [options['all'] === true, options['resume'] === true];
  if (all === resume) throw usageError('Say --all to abort every fault, or --resume to let faults in again.', 'One of the two.');
  if (faultTarget(context, options) === 'embedded') return (await import('./embedded.ts')).abort(context, args, options);
  using cluster = await openFaultCluster(context, options);
  const { target, store } = cluster;
  if (resume) {
    await store.resume();
    context.output.result({ stopped: false, reverted: [] }, () => [`Faults may be injected into ${cluster.context} again.`]);
    return exitCodes.ok;
  }
  context.output.note('Reverting every fault …');
  const reverted = await abortAll({ target, store, faults: faultCatalogue, by: 'podscope fault abort', journal: openFaultJournal(context.environment.runDir) });
  context.output.result({ stopped: true, reverted }, () => [
    ...(reverted.length === 0 ? ['No fault was there.'] : reverted.map(({ id, outcome, message }) => `${id}: ${outcome}. ${message}`)),
    `No fault is injected into ${cluster.context} until "podscope fault abort --resume".`,
  ]);
  return reverted.every(({ outcome }) => outcome === 'reverted') ? exitCodes.ok : exitCodes.failed;
};
