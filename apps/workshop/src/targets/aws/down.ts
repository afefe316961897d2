import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { observeEksCluster } from './cluster/observe.ts';
import { observeDomain } from './domain/observe.ts';
import { deleteDomain } from './domain/remove.ts';
import { awsErrorName } from './failure.ts';
import { readAccountLedger, removeParameters } from './ledger/accountLedger.ts';
import { openLedger } from './ledger/ledger.ts';
import { keepReceipt, removeLocalLedger } from './ledger/localLedger.ts';
import type { LedgerEntry, LedgerKind } from './ledger/record.ts';
import { awsNames, type StackId } from './names.ts';
import { PAUSES } from './parts.ts';
import { type Receipt, receiptOf } from './receipt/receipt.ts';
import { type AwsPlace, sweepNames } from './request.ts';
import { removeStack } from './stacks/remove.ts';
import { findEvent, type FoundEvent, isNothing } from './steps/find.ts';
import { type AwsDownStep, type StepPoint, stepRunner, type StepTeller } from './steps/steps.ts';
import { findLeft, leftovers } from './sweep/left.ts';
import { networkLeftovers, type Removable, removeLeftovers } from './sweep/network.ts';
import { type Left, leftLine } from './sweep/place.ts';
import { eventTags } from './templates/tags.ts';

/** What `down` is told. */
export interface AwsDownRequest extends AwsPlace, StepTeller<AwsDownStep> {
  /** Shows what is there, and asks; false ends it with nothing deleted. Not asked where nothing is there. */
  readonly confirm: (found: FoundEvent) => Promise<boolean>;
  /** For tests that stop it in between. */
  readonly at?: (point: StepPoint<AwsDownStep>) => Promise<void>;
}

/** What `down` came to. */
export interface AwsDownResult {
  /** False where nothing of the event was there. */
  readonly wasThere: boolean;
  readonly receipt: Receipt;
  /** Where the receipt is kept; undefined where there was nothing to keep. */
  readonly path: string | undefined;
  /** What went wrong on the way; the rest was done all the same. */
  readonly problems: readonly PodscopeError[];
}

/** Looks for what is left this often before it is told as left. */
const LOOKS = 8;
/** Without these nothing further can be asked: what is left is told from the ledger. */
const FATAL = new Set(['AWS_NO_CREDENTIALS', 'AWS_SESSION_EXPIRED', 'AWS_CREDENTIALS_REFUSED', 'INTERRUPTED']);

/**
 * Deletes everything of an event in its order, waits, and tries again what AWS refuses for a while: what Kubernetes has made, interfaces
 * that services still hold, log groups that are written to until the last moment. What goes wrong in one place does not keep the rest.
 * May be broken off anywhere, run again, and run from any machine.
 *
 * @returns undefined where it was not confirmed
 * @throws PodscopeError AWS_…; the signal's reason
 */
export async function downAws(request: AwsDownRequest): Promise<AwsDownResult | undefined> {
  const { clients, event, runDir, parts, signal, pauses = PAUSES } = request;
  const { region } = clients;
  const names = awsNames({ event });
  const place = { clients, names, signal };
  const steps = stepRunner<AwsDownStep>(request, request.at);
  const found = await steps.run('find', () => findEvent(request));
  const { caller: { account }, ledger: { record, entries, damaged } } = found;
  const made = sweepNames(event, region, record?.began);
  const receipt = (ended: readonly LedgerEntry[], swept: Parameters<typeof receiptOf>[0]['swept'], left: readonly Left[]): Receipt => receiptOf({ event, region, account, began: record?.began, ended: new Date(), entries: ended, swept, hourlyUsd: record?.hourlyUsd, left });
  if (isNothing(found)) {
    removeLocalLedger(runDir, region, event);
    return { wasThere: false, receipt: receipt([], [], []), path: undefined, problems: [] };
  }
  if (found.left.length > 0 && !(await request.confirm(found))) return undefined;

  // Without a record anywhere, what is found by name and tag is all that is known: there is nothing to write on.
  const ledger = record === undefined ? undefined : await openLedger({ runDir, clients, names, signal }, record, { entries, isInAccount: true }, eventTags(record.settings, new Date(record.expires)));
  const misses = async (kind: LedgerKind, name: string): Promise<void> => {
    if (ledger?.entries.some((entry) => entry.kind === kind && entry.name === name) === true) await ledger.misses(kind, name);
  };
  const problems: PodscopeError[] = [];
  const swept: (Left & { readonly at: string })[] = [];
  const remove = (there: readonly Removable[]): Promise<void> => removeLeftovers(there, region, (each) => void swept.push({ ...each, at: new Date().toISOString() }));
  /** One part of it; the others are done whatever it comes to, unless nothing can be asked any more. */
  const attempt = async (step: AwsDownStep, work: (tell: (message: string) => void) => Promise<void>): Promise<void> => {
    try {
      await steps.run(step, work);
    } catch (error) {
      if (signal.aborted || !isPodscopeError(error) || FATAL.has(error.code)) throw error;
      problems.push(error);
      request.tell(step, error.message);
    }
  };
  const stack = async (id: StackId, tell: (message: string) => void): Promise<void> => {
    const name = names.stack(id);
    const clear = async (): Promise<void> => {
      await remove(await networkLeftovers(place));
      await sleep(pauses.lookMs, undefined, { signal });
    };
    try {
      await removeStack(clients, { name, event }, { signal, onProgress: tell, pauseMs: pauses.stackMs, timeoutMs: pauses.timeoutMs, clear });
    } catch (error) {
      // Somebody else's stack of this name: the event has none.
      if (!isPodscopeError(error, 'AWS_NOT_OURS')) throw error;
      tell(error.message);
    }
    await misses('stack', name);
  };

  const domain = async (tell: (message: string) => void): Promise<void> => {
    try {
      await deleteDomain(clients, names, { signal, intervalMs: pauses.lookMs, timeoutMs: pauses.timeoutMs, keepLogs: true, onProgress: ({ text }) => tell(text) });
    } catch (error) {
      // Somebody else's domain of this name: the event has none.
      if (!isPodscopeError(error, 'AWS_DOMAIN_NOT_OURS')) throw error;
      tell(error.message);
    }
  };

  try {
    // A record that somebody has damaged may still say what stays.
    const settings = record?.settings ?? damaged?.settings;
    if (settings?.existingCluster !== undefined) {
      const { existingCluster, existingDomain } = settings;
      await attempt('inCluster', async (tell) => {
        const cluster = await observeEksCluster(clients, existingCluster, signal);
        if (cluster === undefined) return;
        const domain = await observeDomain(clients, existingDomain ?? names.domain, { signal });
        const stays = await parts.inCluster.remove({ clients, settings, names, runDir, cluster, domain, signal }, tell);
        if (stays.length > 0) throw new PodscopeError('AWS_LEFT_OVER', `${stays.length} objects are still on the cluster ${existingCluster}.`, { hint: 'Run "podscope down --target aws" again.', details: stays });
      });
    }
    await Promise.all([
      attempt('cluster', async (tell) => {
        await stack('cluster', tell);
        if (settings?.existingCluster === undefined) parts.inCluster.forget({ runDir, cluster: names.cluster, region });
      }),
      attempt('domain', async (tell) => {
        if (settings?.existingDomain === undefined) await domain(tell);
        await misses('domain', names.domain);
      }),
    ]);
    // The cluster is gone by now: nothing makes these again.
    await attempt('sweep', async (tell) => {
      for (let look = 0; look < LOOKS; look += 1) {
        const there = (await networkLeftovers(place)).filter(({ remove }) => remove !== undefined);
        if (there.length === 0) return;
        tell(`${there.length} found: ${there.slice(0, 3).map(leftLine).join(', ')}`);
        await remove(there);
        await sleep(pauses.lookMs, undefined, { signal });
      }
    });
    await attempt('network', (tell) => stack('network', tell));
    await attempt('rest', async () => {
      await remove(await leftovers(place, { ...made, roles: [] }));
      for (const { kind, name } of ledger?.entries ?? []) if (kind === 'log-group' || kind === 'log-policy') await misses(kind, name);
    });
    await attempt('expiry', async (tell) => {
      // It deletes what is left here, if nobody comes back: so it stays as long as there is something.
      const others = (await findLeft(place, [], { ...made, roles: [] })).filter(({ kind, id }) => !isOfExpiry(kind, id, names.stack('expiry')));
      if (others.length > 0) throw new PodscopeError('AWS_LEFT_OVER', `The expiry stays armed: ${others.length} things are left.`, { hint: 'Run "podscope down --target aws" again.', details: others.map(leftLine) });
      await stack('expiry', tell);
      await remove(await leftovers(place, made));
    });
    let left: readonly Left[] = [];
    await attempt('check', async (tell) => {
      for (let look = 0; look < LOOKS; look += 1) {
        left = await findLeft(place, ledger?.entries ?? entries, made);
        // What could not be deleted was tried for long enough; what merely takes a moment to be gone is looked at again.
        if (left.length === 0 || problems.length > 0) return;
        tell(`still there: ${left.slice(0, 3).map(leftLine).join(', ')}`);
        await remove(await leftovers(place, made));
        await sleep(pauses.lookMs, undefined, { signal });
      }
    });
    if (record === undefined && damaged !== undefined && damaged.settings === undefined) left = [...left, unknown(damaged.parameter)];
    const result = receipt(ledger?.entries ?? entries, swept, left);
    if (left.length === 0 && problems.length === 0) await closeLedgers(request);
    return { wasThere: true, receipt: result, path: keepReceipt(runDir, { event, region, endedAt: result.ended }, result), problems };
  } catch (error) {
    throw withLeft(error, event, region, ledger?.entries ?? entries);
  }
}

/** The expiry's own stack, and what is of it. */
function isOfExpiry(kind: string, id: string, stack: string): boolean {
  return id === stack || id.includes(`stack/${stack}/`) || /^(?:states|scheduler|iam|budgets) /u.test(kind);
}

/** A record of which nothing can be made out: what is on a cluster that stays, no list of AWS tells. */
const unknown = (parameter: string): Left => ({ by: 'ledger', kind: 'ledger', id: parameter, why: 'it cannot be read, so whether the event was on a cluster that stays is not known; see that nothing of it is there, and delete the parameter' });

async function closeLedgers({ clients, event, runDir, signal }: AwsDownRequest): Promise<void> {
  const { parameters } = await readAccountLedger(clients, awsNames({ event }), signal);
  await removeParameters(clients, parameters, signal);
  removeLocalLedger(runDir, clients.region, event);
}

/** An error after which nothing can be asked any more, with what the ledger says is there. */
function withLeft(error: unknown, event: string, region: string, entries: readonly LedgerEntry[]): unknown {
  if (!isPodscopeError(error)) return awsErrorName(error) === undefined ? error : new PodscopeError('AWS_LEFT_OVER', `The event ${event} in ${region} is not gone.`, { cause: error });
  const left = entries.filter(({ state }) => state !== 'gone').map(({ kind, name }) => `${kind.replace('-', ' ')} ${name}`);
  if (left.length === 0) return error;
  return new PodscopeError(error.code, `${error.message} Of the event ${event} in ${region}, ${left.length} things in the ledger were not seen to be gone.`, { ...(error.hint === undefined ? {} : { hint: error.hint }), details: [...error.details, ...left], cause: error });
}
