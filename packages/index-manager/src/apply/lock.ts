import { PodscopeError } from '@podscope/core';
import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IndexClient } from '../client.ts';
import type { JsonObject } from '../model.ts';
import { createStore, readDocument, type Revision, type StoredDocument, writeDocument } from '../store/store.ts';

const ID = 'lock';
const DEFAULT_TTL = 20_000;
const DEFAULT_WAIT = 60_000;
/** A holder renews its lock this many times before it would expire. */
const HEARTBEATS = 5;
/** After this part of the time to live without a renewal the holder stops: another may take the lock when it is over. */
const SAFE_PART = 0.8;
/** Others take it after this part: in between the holder's last requests come to an end. */
const WATCHED_PART = 1.2;
const LOOK_AGAIN = 500;

/** Options of {@link acquireLock}. */
export interface LockOptions {
  /** Who holds it, for others to read. @default user@host */
  readonly who?: string;
  /** Milliseconds after which a lock that nobody renews may be taken over. @default 20000 */
  readonly ttl?: number;
  /** Milliseconds to wait for somebody else's. @default 60000 */
  readonly wait?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called once when somebody else holds it. */
  readonly onWait?: ((holder: LockHolder) => void) | undefined;
}

/** Who holds the lock. */
export interface LockHolder {
  readonly who: string;
  readonly since: string;
  readonly expires: string;
}

/** A lock that is held, and renewed until it is released. */
export interface HeldLock extends AsyncDisposable {
  readonly who: string;
  /** Aborted when another may hold it by now: for requests that are under way. */
  readonly lost: AbortSignal;
  /** @throws PodscopeError INDEX_LOCK_LOST when another may hold it by now. */
  ensureHeld(): void;
  /** Gives it back; when that fails it expires. Never throws. */
  release(): Promise<void>;
}

/** The name under which this process applies. */
export function defaultWho(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // A user without an entry in the user database, as containers often have.
    return `uid-${process.getuid?.() ?? 0}@${hostname()}`;
  }
}

/**
 * Takes the lock of the cluster, from a holder whose time is over if need be. No two clocks are compared: a lock is expired
 * when it has been watched for longer than its whole time without a renewal.
 *
 * @throws PodscopeError INDEX_LOCKED when somebody else holds it all the time; INDEX_INTERRUPTED on the signal.
 */
export async function acquireLock(client: IndexClient, options: LockOptions = {}): Promise<HeldLock> {
  const { who = defaultWho(), ttl = DEFAULT_TTL, wait = DEFAULT_WAIT, signal, onWait } = options;
  const claim: Claim = { token: randomUUID(), who, ttl, since: new Date().toISOString() };
  const started = performance.now();
  let seen: { readonly revision: Revision; readonly at: number } | undefined;
  let waiting: 'not' | 'for-somebody' | 'for-somebody-alive' = 'not';
  for (;;) {
    if (signal?.aborted === true) throw interrupted();
    const stored = await readDocument(client, ID);
    if (stored === undefined) await createStore(client);
    if (stored === undefined || !isTaken(stored) || watched(seen, stored) > timeOf(stored)) {
      const held = await take(client, claim, stored);
      if (held !== undefined) return held;
      continue;
    }
    if (seen === undefined || !sameRevision(seen.revision, stored)) {
      if (waiting === 'not') onWait?.(holderOf(stored));
      waiting = waiting === 'not' ? 'for-somebody' : 'for-somebody-alive';
      seen = { revision: stored, at: performance.now() };
    }
    // Whose time seems to be over may be dead: that is found out first, whatever the patience.
    if (performance.now() - started >= wait && (waiting === 'for-somebody-alive' || !seemsOver(stored))) throw locked(holderOf(stored));
    await pauseFor(Math.min(timeOf(stored) - watched(seen, stored), LOOK_AGAIN), signal);
  }
}

interface Claim {
  readonly token: string;
  readonly who: string;
  readonly ttl: number;
  readonly since: string;
}

async function take(client: IndexClient, claim: Claim, stored: StoredDocument | undefined): Promise<HeldLock | undefined> {
  const started = new Age();
  const current = { ...claim, since: new Date().toISOString() };
  try {
    const revision = await writeDocument(client, ID, 'lock', content(current), stored);
    return revision === undefined ? undefined : hold(client, current, revision, started);
  } catch (error) {
    // The answer may have been lost, not the request: nobody should have to wait for one who doesn't know that he holds it.
    await overwrite(client, claim, undefined, { token: null }).catch(() => undefined);
    throw error;
  }
}

/** Time since its making. A computer that slept has a monotonic clock that stood still; one whose clock was set back, the other. */
class Age {
  readonly #monotonic = performance.now();
  readonly #wall = Date.now();

  get milliseconds(): number {
    return Math.max(performance.now() - this.#monotonic, Date.now() - this.#wall);
  }
}

function hold(client: IndexClient, claim: Claim, first: Revision, started: Age): HeldLock {
  const { who, ttl } = claim;
  let revision = first;
  let renewed = started;
  let state: 'held' | 'lost' | 'released' = 'held';
  let renewing: Promise<void> = Promise.resolve();
  const lost = new AbortController();
  const isHeld = (): boolean => {
    if (state === 'held' && renewed.milliseconds >= ttl * SAFE_PART) state = 'lost';
    if (state !== 'held') lost.abort();
    return state === 'held';
  };
  const renew = async (): Promise<void> => {
    const age = new Age();
    try {
      const next = await overwrite(client, claim, revision, content(claim));
      if (next === undefined) state = 'lost';
      else [revision, renewed] = [next, age];
    } catch {
      // The server may come back before the time is over; isHeld says when it is.
    }
    isHeld();
  };
  const timer = setInterval(() => {
    // Also while a renewal waits for its answer.
    if (isHeld()) renewing = renewing.then(() => (state === 'held' ? renew() : undefined));
  }, ttl / HEARTBEATS);
  timer.unref();
  const release = async (): Promise<void> => {
    clearInterval(timer);
    // Of a lost one the renewal may still wait for an answer that doesn't come.
    if (isHeld()) await renewing;
    if (!isHeld()) return;
    state = 'released';
    await overwrite(client, claim, revision, { token: null }).catch(() => undefined);
  };
  return {
    who,
    lost: lost.signal,
    ensureHeld() {
      if (isHeld()) return;
      throw new PodscopeError('INDEX_LOCK_LOST', 'The lock of the cluster was not renewed in time, so another may hold it.', {
        hint: 'Plan again; what was applied before stays, and a new plan goes on from there.',
      });
    },
    release,
    [Symbol.asyncDispose]: release,
  };
}

/** Writes the claim's own lock; undefined when it is no longer the claim's. A write whose answer was lost is recognised. */
async function overwrite(client: IndexClient, { token }: Claim, revision: Revision | undefined, next: JsonObject): Promise<Revision | undefined> {
  const written = revision === undefined ? undefined : await writeDocument(client, ID, 'lock', next, revision);
  if (written !== undefined) return written;
  const stored = await readDocument(client, ID);
  return stored?.content['token'] === token ? writeDocument(client, ID, 'lock', next, stored) : undefined;
}

function content(claim: Claim): JsonObject {
  return { ...claim, expires: new Date(Date.now() + claim.ttl).toISOString() };
}

function isTaken({ content: { token } }: StoredDocument): boolean {
  return typeof token === 'string';
}

/** What the holder's clock and ours say together: a hint. */
function seemsOver({ content: { expires } }: StoredDocument): boolean {
  return !(Date.parse(String(expires)) > Date.now());
}

function watched(seen: { readonly revision: Revision; readonly at: number } | undefined, stored: StoredDocument): number {
  return seen !== undefined && sameRevision(seen.revision, stored) ? performance.now() - seen.at : 0;
}

/** Milliseconds without a renewal after which the lock may be taken over. */
function timeOf({ content: { ttl } }: StoredDocument): number {
  return (typeof ttl === 'number' && ttl > 0 ? ttl : DEFAULT_TTL) * WATCHED_PART;
}

function holderOf({ content: { who, since, expires } }: StoredDocument): LockHolder {
  return { who: String(who), since: String(since), expires: String(expires) };
}

function sameRevision(one: Revision, other: Revision): boolean {
  return one.seqNo === other.seqNo && one.primaryTerm === other.primaryTerm;
}

function locked({ who, since, expires }: LockHolder): PodscopeError {
  return new PodscopeError('INDEX_LOCKED', `${who} applies to this cluster since ${since} and holds its lock until ${expires} at least.`, {
    hint: 'Wait for it to end; a lock that nobody renews any more is taken over by itself.',
  });
}

/** The error of whatever was broken off by a signal. */
export function interrupted(details: readonly string[] = []): PodscopeError {
  return new PodscopeError('INDEX_INTERRUPTED', 'The application was broken off; what was made before stays.', {
    hint: 'Plan again; a new plan goes on from there.',
    details,
  });
}

async function pauseFor(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
  });
}
