import { titleOf } from '../../targets/kubernetes/apply/applySet.ts';
import { asker } from '../../targets/kubernetes/connection/connect.ts';
import { openOpenSearch } from '../../targets/kubernetes/opensearch/access.ts';
import { removeShipperUser } from '../../targets/kubernetes/opensearch/serverUsers.ts';
import type { TargetOptions } from '../../targets/kubernetes/options.ts';
import { removeRecord, type TargetRecord, writeRecord } from '../../targets/kubernetes/record/record.ts';
import { isGone } from '../../targets/kubernetes/remove/plan.ts';
import { leftLines } from '../../targets/kubernetes/remove/remove.ts';
import { applySetOf } from '../../targets/kubernetes/run/prospect.ts';
import { takeTurn } from '../../targets/kubernetes/run/turn.ts';
import { type Left, leftOf } from '../../targets/kubernetes/remove/stuck.ts';
import { removeEmptyStore } from '../../targets/kubernetes/run/emptyStore.ts';
import { keepingData, planDown, type Removing, takeDown } from '../../targets/kubernetes/run/takeDown.ts';
import { identityFor } from '../../targets/kubernetes/opensearch/identity.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { interruptedError, listenForInterrupts } from '../indices/interrupts.ts';
import { createProgress } from '../up/progress.ts';
import { usageError, wholeNumber } from '../usageError.ts';
import { endSession } from './console.ts';
import { openSession, type Session } from './session.ts';

const titles = { server: 'Take back what was made on the OpenSearch', remove: 'Remove what is on the cluster' } as const;

/** `podscope down --target kubernetes`: exactly what `up` made; exits non-zero until nothing of it is left. */
export const run: CommandAction = async (context, _args, options) => {
  const { environment, output } = context;
  const timeoutMs = wholeNumber(options['timeout'] ?? '5', 'The time to wait', 1, 24 * 60) * 60_000;
  using session = await openSession(context, options);
  const { api, record } = session;
  const namespaces = record?.options.namespaces ?? { logging: String(options['namespace'] ?? 'logging'), agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' };
  const keep = await keepsData(context, await planDown(api, namespaces), options);
  await endSession(context, api);
  // Read again: the faults that a session reverts change what there is.
  const removing = await planDown(api, namespaces);
  const { plan, kept } = keep ? keepingData(removing) : { plan: removing.plan, kept: [] };
  using interrupts = listenForInterrupts(() => output.note('\nEnding … what is being deleted goes on being deleted.'));
  const progress = createProgress<keyof typeof titles>(titles, { silent: output.json, plain: environment.plain });
  const began = performance.now();
  try {
    // Where there is nothing of the target, nothing is written.
    await using _turn = isGone(plan) ? undefined : await takeTurn(api, applySetOf(namespaces), { what: 'down', signal: interrupts.signal, makeNamespace: false, onWait: (message) => output.note(message) });
    const onServer = record === undefined ? [] : await leaveServer(session, context, record);
    if (onServer.length > 0) progress.update({ step: 'server', state: 'done', message: '', ms: Math.round(performance.now() - began) });
    progress.update({ step: 'remove', state: 'start', message: 'asking what there is', ms: 0 });
    const receipt = await takeDown(api, plan, { signal: interrupts.signal, timeoutMs, onProgress: ({ ref, state, done, total }) => progress.update({ step: 'remove', state: 'start', message: `${done} of ${total}; ${titleOf(ref)} ${state === 'asked' ? 'is being deleted' : state}`, ms: 0 }) });
    const store = await removeEmptyStore(api, interrupts.signal);
    const gone = [...receipt.gone, ...(store?.gone === true ? [store.ref] : [])];
    const stuck: readonly Left[] = [...receipt.left, ...(store?.gone === false ? await leftOf(api, [store]) : [])];
    const left = stuck.length + onServer.filter(({ done }) => !done).length;
    if (left === 0) progress.update({ step: 'remove', state: 'done', message: '', ms: Math.round(performance.now() - began) });
    await progress.end(left === 0 ? undefined : new Error('something is left'));
    if (left === 0 && kept.length === 0 && session.isRecordedHere) removeRecord(environment.runDir);
    output.result(
      {
        target: 'kubernetes', context: api.context, server: api.server, asked: true,
        ended: gone.map(titleOf), released: receipt.released.map(titleOf), leftAlone: receipt.leftAlone.map(({ ref, reason }) => ({ object: titleOf(ref), reason })), kept: kept.map(titleOf),
        left: [...leftLines(stuck), ...onServer.filter(({ done }) => !done).map(({ what }) => what)],
        onServer: onServer.map(({ what }) => what),
      },
      () => [
        ...(gone.length === 0 && left === 0 && onServer.length === 0 ? [`Nothing of podscope was on ${api.context}.`] : []),
        ...gone.map((ref) => `gone      ${titleOf(ref)}`),
        ...receipt.released.map((ref) => `stays     ${titleOf(ref)}: it was there before`),
        ...receipt.leftAlone.map(({ ref, reason }) => `stays     ${titleOf(ref)}: ${reason}`),
        ...kept.map((ref) => `kept      ${titleOf(ref)}`),
        ...onServer.map(({ what, done }) => `${done ? 'server   ' : 'LEFT     '} ${what}`),
        ...stuck.flatMap(({ ref, why }) => [`LEFT      ${titleOf(ref)}`, ...why.map((line) => `            ${line}`)]),
        left > 0 ? 'Run "podscope down" again; what is left is named above.' : kept.length > 0 ? 'All but what is kept is gone; "podscope up" finds it again, "podscope down" asks again.' : 'Nothing is left.',
      ],
    );
    return left === 0 ? exitCodes.ok : exitCodes.failed;
  } catch (error) {
    await progress.end(error instanceof Error ? error : new Error(String(error)));
    if (!interrupts.isWanted) throw error;
    throw interruptedError('Interrupted; what the cluster was told to delete goes on being deleted.', 'Run "podscope down" again: it says what is left.');
  }
};

/** Whether the volumes stay: as a flag says, or as is answered. @throws PodscopeError CLI_USAGE where nobody can be asked */
async function keepsData({ output }: CommandContext, { claims }: Removing, options: Readonly<Record<string, unknown>>): Promise<boolean> {
  if (options['keepData'] === true || claims.length === 0) return claims.length > 0;
  if (options['yes'] === true) return false;
  const ask = asker(output);
  const what = `${claims.length === 1 ? 'a volume' : `${claims.length} volumes`} with data in ${[...new Set(claims.map(({ namespace }) => namespace))].join(', ')} (${claims.slice(0, 3).map(({ name }) => name).join(', ')}${claims.length > 3 ? ', …' : ''})`;
  if (ask === undefined) throw usageError(`There ${claims.length === 1 ? 'is' : 'are'} ${what}, and nobody to ask whether to delete ${claims.length === 1 ? 'it' : 'them'}.`, 'Add --yes to delete the data, too, or --keep-data. Nothing was changed.');
  return !(await ask(`There ${claims.length === 1 ? 'is' : 'are'} ${what}. Delete the data, too?`));
}

interface OnServer {
  readonly what: string;
  readonly done: boolean;
}

/** What `up` made on a server that was there before: its user goes, its data and templates are for whoever wants them. */
async function leaveServer({ api, isRecordedHere }: Session, { environment }: CommandContext, record: TargetRecord): Promise<readonly OnServer[]> {
  const { opensearch } = record.options;
  if (opensearch.how !== 'url') return [];
  const stays: readonly OnServer[] = record.onServer.setup ? [{ what: `templates, pipelines, streams and their documents stay on ${opensearch.url}: "podscope indices destroy --url …" takes them away`, done: true }] : [];
  if (!record.onServer.user) return stays;
  const gone = await withoutUser(api, record.options, environment);
  if (gone && isRecordedHere) writeRecord(environment.runDir, { ...record, onServer: { ...record.onServer, user: false } });
  return [{ what: gone ? `the shippers’ user and role are gone from ${opensearch.url}` : `the shippers’ user podscope-shipper is still on ${opensearch.url}, which can’t be asked: set PODSCOPE_OPENSEARCH_USERNAME and _PASSWORD`, done: gone }, ...stays];
}

async function withoutUser(api: Session['api'], target: TargetOptions, environment: CommandContext['environment']): Promise<boolean> {
  try {
    await using opensearch = await openOpenSearch(api, target, await identityFor(api, target, environment));
    return await removeShipperUser(opensearch.client);
  } catch {
    // Told as left: whatever the reason, the user is still there as far as is known.
    return false;
  }
}
