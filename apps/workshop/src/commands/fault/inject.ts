import { injectFault, planFault, type InjectedFault, type InjectOptions, type JournalEvent, type PlannedFault } from '@podscope/fault-injectors';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import { asker } from '../../targets/kubernetes/connection/connect.ts';
import { type FaultCluster, openFaultCluster } from '../../targets/kubernetes/faults/cluster.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { interruptedError, listenForInterrupts } from '../indices/interrupts.ts';
import { usageError, wholeNumber } from '../usageError.ts';
import { openFaultJournal } from './journalFile.ts';
import { faultKindOf, readParameters } from './parameters.ts';
import { readProbe } from './probeText.ts';
import { faultTarget } from './target.ts';
import { timeOf } from './time.ts';

type Options = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** `podscope fault inject <id>` */
export const run: CommandAction = async (context, args, options) => {
  if (faultTarget(context, options) === 'embedded') return (await import('./embedded.ts')).inject(context, args, options);
  const kind = faultKindOf(args[0] ?? '');
  const fault = kind.from(readParameters(kind, listOf(options['param'])));
  const limits = limitsOf(options);
  const ttl = timeOf(options['ttl'], '--ttl');
  const verifyMs = timeOf(options['symptom'], '--symptom', 0);
  using cluster = await openFaultCluster(context, options);
  const { target, store, watchdog } = cluster;
  const probes = (name: string) => Promise.all(listOf(options[name]).map((text) => readProbe(text, target)));
  const [steadyState, abortWhen] = await Promise.all([probes('steadyState'), probes('abortWhen')]);
  const despiteOwners = options['despiteOwners'] === true;
  const { output } = context;

  if (options['dryRun'] === true) {
    const planned = await planFault(fault, { target, store, watchdog, limits, despiteOwners, steadyState });
    output.result({ dryRun: true, ...shownPlan(planned, cluster) }, () => [...planLines(planned, cluster), '', planned.refusals.length === 0 ? 'Nothing was changed.' : 'Nothing was changed, and it would be refused.']);
    return planned.refusals.length === 0 ? exitCodes.ok : exitCodes.failed;
  }
  await confirm(context, options, async () => planLines(await planFault(fault, { target, store, watchdog, limits, despiteOwners, steadyState }), cluster));

  using interrupts = listenForInterrupts(() => output.note('\nReverting … (Ctrl-C once more ends it at once; then the watchdog reverts)'));
  output.note(`Injecting ${kind.id} into ${cluster.context} …`);
  const journal = openFaultJournal(context.environment.runDir);
  let last: JournalEvent['state'] | undefined;
  const injectOptions: InjectOptions = {
    target, store, watchdog, ttl, limits, steadyState, abortWhen, despiteOwners, verifyMs,
    signal: interrupts.signal,
    journal(event) {
      journal(event);
      last = event.state;
      if (event.step === undefined) output.note(`  ${event.state}${event.findings === undefined || event.findings.length === 0 ? '' : `: ${event.findings.join('; ')}`}`);
      else if (event.phase === 'begin') output.note(`  ${event.state}: ${event.step}`);
    },
  };
  const injected = await injectFault(fault, injectOptions).catch((error: unknown) => {
    // Where it could not be put back, the error says which fault is left.
    if (interrupts.isWanted && last !== 'reverting') throw interruptedError('Interrupted: what had been changed was restored.', 'See "podscope fault list" that nothing is left.');
    throw error;
  });
  if (options['detach'] === true) return await detach(context, injected, cluster);
  output.note(`${kind.id} is there as ${injected.id}; it is reverted at ${injected.expiresAt}, or with Ctrl-C.`);
  return await hold(context, injected, interrupts.signal);
};

async function detach({ output }: CommandContext, injected: InjectedFault, { context }: FaultCluster): Promise<number> {
  await injected.leave();
  output.result(shownFault(injected), () => [`${injected.fault} is injected into ${context} as ${injected.id}; the watchdog reverts it at ${injected.expiresAt}.`, `Revert it earlier with: podscope fault revert ${injected.id} --target kubernetes --context ${context}`]);
  return exitCodes.ok;
}

/** Stays until the fault is reverted: by Ctrl-C, at the end of its time, by an abort condition, or by somebody else. */
async function hold({ output }: CommandContext, injected: InjectedFault, wish: AbortSignal): Promise<number> {
  const { ended } = injected;
  const begun = shownFault(injected);
  // An injected fault keeps no process: without this one Node would find nothing left to do, and end.
  const staying = setInterval(() => undefined, 60_000);
  await new Promise<void>((resolve) => {
    if (ended.aborted) resolve();
    ended.addEventListener('abort', () => resolve(), { once: true });
    const onWish = (): void => void injected.revert({ force: true }).then(resolve, resolve);
    if (wish.aborted) onWish();
    wish.addEventListener('abort', onWish, { once: true });
  });
  clearInterval(staying);
  // Throws where it could not be reverted.
  await injected.revert({ force: true });
  const reason = ended.aborted && ended.reason instanceof Error ? ended.reason.message : 'It was reverted.';
  output.result({ ...begun, state: injected.state, ended: reason }, () => [reason]);
  if (wish.aborted) return exitCodes.interrupted;
  return /abort condition/.test(reason) ? exitCodes.failed : exitCodes.ok;
}

function shownFault({ id, fault, state, expiresAt, blastRadius: { unit, count, of } }: InjectedFault) {
  return { id, fault, state, expiresAt, blastRadius: { unit, count, of } };
}

function shownPlan({ fault, plan, blastRadius: { unit, count, of }, refusals }: PlannedFault, { context, server }: FaultCluster) {
  return { fault: fault.id, context, server, params: fault.params, changes: plan.changes.map(({ kind, name, action, reason }) => ({ kind, name, action, reason })), blastRadius: { unit, count, of }, refusals };
}

function planLines({ fault, plan, blastRadius: { unit, count, of }, refusals }: PlannedFault, { context, server }: FaultCluster): readonly string[] {
  return [
    `${fault.title}, on ${context} (${server}):`,
    ...columns(['OBJECT', 'ACTION', 'HOW'], plan.changes.map((change) => [`${change.kind} ${change.name}`, change.action, change.reason])),
    `It touches ${count} of ${of} ${unit}.`,
    ...refusals.map(({ code, message }) => `Refused (${code}): ${message}`),
  ];
}

async function confirm({ output }: CommandContext, options: Options, plan: () => Promise<readonly string[]>): Promise<void> {
  if (options['yes'] === true) return;
  const ask = asker(output);
  if (ask === undefined) throw usageError('Nobody is there to be asked whether this may be broken.', 'Give --yes to inject without being asked, or --dry-run to see what would be done.');
  for (const line of await plan()) output.note(line);
  if (!(await ask('Break it?'))) throw interruptedError('Nothing was changed.', 'Give --dry-run to look at it again.');
}

/** @throws PodscopeError CLI_USAGE */
function limitsOf(options: Options): { readonly count?: number; readonly share?: number } {
  const count = options['maxPods'] === undefined ? undefined : wholeNumber(options['maxPods'], '--max-pods', 1, 100_000);
  const given = options['maxShare'] === undefined ? undefined : String(options['maxShare']);
  const share = given === undefined ? undefined : given.endsWith('%') ? Number(given.slice(0, -1)) / 100 : Number(given);
  if (share !== undefined && !(share > 0 && share <= 1)) throw usageError(`--max-share must be above 0 and at most 1, or a percentage, not "${given ?? ''}".`, 'Give such as 0.5 or 50%.');
  return { ...(count === undefined ? {} : { count }), ...(share === undefined ? {} : { share }) };
}
