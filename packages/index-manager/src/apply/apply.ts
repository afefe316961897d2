import { isPodscopeError, PodscopeError, redactText } from '@podscope/core';
import { type IndexClient, statusOf } from '../client.ts';
import { failureOf } from '../failures.ts';
import type { IndexChange, IndexPlan, ObservedIndices } from '../model.ts';
import { observeScope } from '../observe/observe.ts';
import { scopeOfPlan } from '../observe/scope.ts';
import { beforeOf } from '../plan/before.ts';
import { orderOf } from '../plan/order.ts';
import { openLedger } from './bookkeeping.ts';
import { type HistoryEntry, writeHistory } from './history.ts';
import { acquireLock, type HeldLock, interrupted, type LockHolder } from './lock.ts';
import { makeChange } from './requests.ts';
import { whileHeld } from './whileHeld.ts';

/** Options of {@link applyPlan}. */
export interface ApplyOptions {
  /** Called after each change that was made. */
  readonly onProgress?: (progress: ApplyProgress) => void;
  /** Called once when somebody else holds the lock. */
  readonly onWait?: (holder: LockHolder) => void;
  /** Breaks the application off after the requests that are under way; the lock is given back. */
  readonly signal?: AbortSignal;
  /** Who applies, for the lock and the history. @default user@host */
  readonly who?: string;
  /** Milliseconds to wait for somebody else's lock. @default 60000 */
  readonly lockWait?: number;
  /** Milliseconds after which the lock may be taken over when this process dies. @default 20000 */
  readonly lockTtl?: number;
  /** Also make changes by which documents go. @default false */
  readonly destructive?: boolean;
  /** Requests at the same time, within a kind. @default 12 */
  readonly concurrency?: number;
}

/** How far an application is. */
export interface ApplyProgress {
  readonly change: IndexChange;
  /** Changes made so far, this one included. */
  readonly done: number;
  /** Changes to make in all. */
  readonly total: number;
}

const DEFAULT_CONCURRENCY = 12;

/**
 * Makes the changes of a plan: step by step in the plan's order, the changes of one step at the same time. First it looks
 * whether the cluster is still as it was planned on. It holds the cluster's lock, and writes what is owned, and who did
 * what when, into the index `podscope-index-manager`. An empty plan sends nothing. After a failure the rest of the plan is
 * not sent; a new plan continues from there. Reindexes are left to the reindex functions.
 *
 * @returns the changes that were made.
 * @throws PodscopeError INDEX_PLAN_STALE when the cluster changed since; INDEX_DESTRUCTIVE when documents would go and
 * `destructive` is not set; INDEX_LOCKED, INDEX_LOCK_LOST and INDEX_INTERRUPTED as they say. Nothing was changed then, but
 * for the last two.
 * @throws PodscopeError INDEX_APPLY_FAILED with the server's reason for each change that it refused; or
 * INDEX_CREDENTIALS_REFUSED, INDEX_FORBIDDEN, INDEX_CLUSTER_BLOCKED when that is the matter.
 */
export async function applyPlan(client: IndexClient, plan: IndexPlan, options: ApplyOptions = {}): Promise<readonly IndexChange[]> {
  const changes = plan.changes.filter(({ action }) => action !== 'none' && action !== 'reindex');
  if (changes.length === 0) return [];
  refuseDestructive(changes, options.destructive === true);
  const { who, lockTtl, lockWait, signal, onWait } = options;
  const lock = await obstacles('Taking the lock', () =>
    acquireLock(client, { ...(who === undefined ? {} : { who }), ...(lockTtl === undefined ? {} : { ttl: lockTtl }), ...(lockWait === undefined ? {} : { wait: lockWait }), signal, onWait }),
  );
  try {
    return await applyUnderLock(client, plan, changes, lock, options);
  } finally {
    await lock.release();
  }
}

async function applyUnderLock(client: IndexClient, plan: IndexPlan, changes: readonly IndexChange[], lock: HeldLock, options: ApplyOptions): Promise<readonly IndexChange[]> {
  const started = new Date().toISOString();
  const observed = await observeScope(client, scopeOfPlan(plan), plan.owner);
  refuseStale(plan, observed);
  const guarded = whileHeld(client, lock);
  const books = await obstacles('Writing the ledger', () => openLedger(guarded, plan, changes, lock.who));
  const run = new Run(guarded, observed, lock, changes, options);
  const failure = await run.carryOut().then(() => undefined, (error: unknown) => error);
  const entry: HistoryEntry = {
    who: lock.who,
    owner: plan.owner,
    started,
    ended: new Date().toISOString(),
    outcome: failure === undefined ? 'done' : isPodscopeError(failure, 'INDEX_INTERRUPTED') ? 'interrupted' : 'failed',
    changes: run.made.map(({ kind, name, action, reason }) => ({ kind, name, action, reason })),
    ...(failure instanceof Error ? { error: failure.message } : {}),
  };
  const settling = Promise.all([books.settle(client, run), writeHistory(client, entry)]);
  if (failure !== undefined) {
    // The cluster may be gone: what stopped the application says more than what can't be written down any more.
    await settling.catch(() => undefined);
    throw failure;
  }
  await obstacles('Writing the ledger', () => settling);
  return run.made;
}

/** One way through the changes. */
class Run {
  readonly made: IndexChange[] = [];
  readonly unknown: IndexChange[] = [];
  readonly #client: IndexClient;
  readonly #observed: ObservedIndices;
  readonly #lock: HeldLock;
  readonly #changes: readonly IndexChange[];
  readonly #options: ApplyOptions;
  readonly #failures: { readonly change: IndexChange; readonly error: unknown }[] = [];
  #stopped: unknown;

  constructor(client: IndexClient, observed: ObservedIndices, lock: HeldLock, changes: readonly IndexChange[], options: ApplyOptions) {
    this.#client = client;
    this.#observed = observed;
    this.#lock = lock;
    this.#changes = changes;
    this.#options = options;
  }

  async carryOut(): Promise<void> {
    const steps = Map.groupBy(this.#changes, orderOf);
    for (const step of [...steps.keys()].sort((one, other) => one - other)) await this.#step(steps.get(step) ?? []);
  }

  async #step(changes: readonly IndexChange[]): Promise<void> {
    const waiting = changes.values();
    const worker = async (): Promise<void> => {
      for (const change of waiting) {
        if (this.#stop()) return;
        await this.#make(change);
      }
    };
    const workers = Math.min(this.#options.concurrency ?? DEFAULT_CONCURRENCY, changes.length);
    await Promise.all(Array.from({ length: workers }, worker));
    this.#refuse();
  }

  async #make(change: IndexChange): Promise<void> {
    try {
      await makeChange(this.#client, change, this.#observed);
    } catch (error) {
      if (outcomeUnknown(error)) this.unknown.push(change);
      this.#failures.push({ change, error });
      return;
    }
    this.made.push(change);
    this.#options.onProgress?.({ change, done: this.made.length, total: this.#changes.length });
  }

  /** Whether the rest of a step is left: on a signal, without the lock, or when not the changes are the matter. */
  #stop(): boolean {
    if (this.#stopped !== undefined) return true;
    if (this.#options.signal?.aborted === true) this.#stopped = interrupted(this.made.map(({ kind, name }) => `${kind} ${name} was made`));
    else if (this.#failures.some(({ change, error }) => failureOf(error, 'INDEX_APPLY_FAILED', nameOf(change)).code !== 'INDEX_APPLY_FAILED' || outcomeUnknown(error))) return true;
    else {
      try {
        this.#lock.ensureHeld();
      } catch (error) {
        this.#stopped = error;
      }
    }
    return this.#stopped !== undefined;
  }

  #refuse(): void {
    const [first] = this.#failures;
    if (first !== undefined) {
      const lines = this.#failures.map(({ change, error }) => redactText(failureOf(error, 'INDEX_APPLY_FAILED', nameOf(change)).message));
      const progress = `after ${this.made.length} of ${this.#changes.length} changes, ${nameOf(first.change)}`;
      throw failureOf(first.error, 'INDEX_APPLY_FAILED', this.made.length === 0 ? nameOf(first.change) : `${progress[0]?.toUpperCase()}${progress.slice(1)}`, lines);
    }
    if (this.#stopped !== undefined) throw this.#stopped;
  }
}

function nameOf({ kind, name }: IndexChange): string {
  return `${kind} ${name}`;
}

/** True when no answer says that the change was not made. */
function outcomeUnknown(error: unknown): boolean {
  const cause = isPodscopeError(error) ? error.walk((each) => statusOf(each) !== undefined) : error;
  const status = statusOf(cause);
  return status === undefined || status >= 500;
}

async function obstacles<T>(what: string, doing: () => Promise<T>): Promise<T> {
  try {
    return await doing();
  } catch (error) {
    throw failureOf(error, 'INDEX_APPLY_FAILED', what);
  }
}

function refuseDestructive(changes: readonly IndexChange[], allowed: boolean): void {
  const destructive = changes.filter(({ risk }) => risk === 'destructive');
  if (allowed || destructive.length === 0) return;
  const lines = destructive.map((change) => `${change.action} ${nameOf(change)}: ${change.reason}`);
  throw new PodscopeError('INDEX_DESTRUCTIVE', `Documents would go: ${lines[0]}${lines.length > 1 ? ` (and ${lines.length - 1} more)` : ''}.`, {
    hint: 'Apply with `destructive: true` when that is what you want; nothing was changed.',
    details: lines,
  });
}

function refuseStale(plan: IndexPlan, observed: ObservedIndices): void {
  const stale = plan.changes.flatMap((change) => {
    const { before } = beforeOf(observed, change);
    if (before === change.before) return [];
    return [`${nameOf(change)} ${change.before === undefined ? 'was made' : before === undefined ? 'was deleted' : 'was changed'} after the plan`];
  });
  const [first] = stale;
  if (first === undefined) return;
  throw new PodscopeError('INDEX_PLAN_STALE', `The cluster is no longer as it was planned on: ${first}${stale.length > 1 ? ` (and ${stale.length - 1} more)` : ''}.`, {
    hint: 'Plan again and look at the new plan; nothing was changed.',
    details: stale,
  });
}
