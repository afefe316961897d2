import { isPodscopeError } from '@podscope/core';
import { faultCatalogue } from '@podscope/fault-injectors';
import { callControl } from '../../control/client.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import { openFaultCluster } from '../../targets/kubernetes/faults/cluster.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { faultTarget } from './target.ts';

/** One that is injected now. */
interface Injected {
  readonly id: string;
  /** `null` while a hunt runs, and for what can't be read. */
  readonly fault: string | null;
  readonly state: string;
  readonly expiresAt: string | null;
}

const PROVABLE = ['control-plane', 'application', 'runtime'] as const;

/** `podscope fault list`: the catalogue, and what is injected; a hunt's fault shows its opaque id only. */
export const run: CommandAction = async (context, _args, options) => {
  const target = faultTarget(context, options);
  const { injected, where } = await injectedNow(context, options, target);
  const faults = faultCatalogue.map(({ id, title, provable, targets, symptom }) => ({ id, title, provable, targets, symptom }));
  const counts = Object.fromEntries(PROVABLE.map((place) => [place, faults.filter(({ provable }) => provable === place).length])) as Record<(typeof PROVABLE)[number], number>;
  context.output.result({ faults, counts, injected }, () => [
    ...columns(['FAULT', 'PROVED BY', 'TARGETS', 'WHAT IT IS'], faults.map(({ id, provable, targets, title }) => [id, provable, targets.join(', '), title])),
    '',
    `${faults.length} faults: ${PROVABLE.map((place) => `${counts[place]} ${place}`).join(', ')}.`,
    ...(injected.length === 0 ? [where === undefined ? 'Nothing runs here that could have one.' : `No fault is injected${where}.`] : ['', ...columns(['ID', 'FAULT', 'STATE', 'UNTIL'], injected.map((each) => [each.id, each.fault ?? '(sealed)', each.state, each.expiresAt ?? '']))]),
  ]);
  return exitCodes.ok;
};

async function injectedNow(context: CommandContext, options: Readonly<Record<string, unknown>>, target: string): Promise<{ readonly injected: readonly Injected[]; readonly where: string | undefined }> {
  if (target === 'kubernetes') {
    using cluster = await openFaultCluster(context, options);
    const items = await cluster.store.list();
    return { where: ` into ${cluster.context}`, injected: items.map(({ id, record }) => ({ id, fault: record?.fault ?? null, state: record?.state ?? 'unreadable', expiresAt: record?.expiresAt ?? null })) };
  }
  try {
    const { faults } = await callControl<{ readonly faults: readonly { readonly id: string; readonly kind: string | null; readonly state: string }[] }>(context.environment.runDir, 'GET', '/v1/faults');
    return { where: '', injected: faults.map(({ id, kind, state }) => ({ id, fault: kind, state, expiresAt: null })) };
  } catch (error) {
    // The catalogue is the same whether something runs or not.
    if (!isPodscopeError(error, 'NOT_RUNNING')) throw error;
    return { injected: [], where: undefined };
  }
}
