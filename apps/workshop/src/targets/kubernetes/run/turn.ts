import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, type ApplySetId, applySetLabel } from '../apply/applySet.ts';
import { madeByNote } from '../apply/book.ts';

/** The ConfigMap that says whose turn it is. A Lease would take a right more, and is no more than this: the server keeps versions of both. */
const NAME = 'podscope-turn';
const RENEW_MS = 5_000;
/** As long as the same version is seen by one clock, its holder is gone: clocks of two machines are never compared. */
const GONE_MS = 20_000;
const ASK_MS = 1_000;

/** The right to change a target, which one `up` or `down` has at a time. */
export interface Turn extends AsyncDisposable {
  /** Aborted when another one has taken it: this process stood still too long. */
  readonly lost: AbortSignal;
}

/** How a turn is asked for. */
export interface TurnOptions {
  /** What is going to be done, for whoever comes second: `up`. */
  readonly what: string;
  readonly signal: AbortSignal;
  /** Told when a holder may be gone, and it is watched whether it is. */
  readonly onWait: (message: string) => void;
  /** Makes the namespace where it isn't there. Without it there is then nothing to have a turn at, nor where this user may not write there. */
  readonly makeNamespace: boolean;
  /** @default 5000 and 20000 */
  readonly renewMs?: number;
  readonly goneMs?: number;
}

/**
 * Takes the turn at a target, and keeps it until it is disposed of. A holder that was killed is waited for 20 s.
 *
 * @returns undefined where the namespace of the target isn't there (any more) or may not be written to, and nobody was to make it.
 * @throws PodscopeError UP_ALREADY_RUNNING naming who has it; what the API throws; the signal's reason
 */
export async function takeTurn(api: KubernetesApi, id: ApplySetId, { what, signal, onWait, makeNamespace, renewMs = RENEW_MS, goneMs = GONE_MS }: TurnOptions): Promise<Turn | undefined> {
  const ref: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', namespace: id.namespace, name: NAME };
  const holder = randomUUID();
  const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: id.namespace, name: NAME, labels: { 'app.kubernetes.io/part-of': 'podscope' }, annotations: madeByNote(id) }, data: { holder, who: `podscope ${what} on ${hostname()}, since ${new Date().toISOString()}`, renewed: '0' } };

  let seen: { readonly version: string | undefined; readonly at: number } | undefined;
  for (;;) {
    signal.throwIfAborted();
    try {
      return kept(api, ref, (await api.create(made, { signal })).object, renewMs);
    } catch (error) {
      if (!makeNamespace && (isPodscopeError(error, 'KUBE_NAMESPACE_ENDING') || isPodscopeError(error, 'KUBE_FORBIDDEN'))) return undefined;
      if (isPodscopeError(error, 'KUBE_NOT_FOUND')) {
        if (!makeNamespace) return undefined;
        await makeFor(api, id, signal);
        continue;
      }
      if (!isPodscopeError(error, 'KUBE_CONFLICT')) throw error;
    }
    const other = await api.read(ref);
    if (other === undefined) continue;
    const version = other.metadata.resourceVersion;
    const who = (other['data'] as Readonly<Record<string, string>> | undefined)?.['who'] ?? 'another podscope';
    if (seen === undefined) onWait(`looking whether another one is still at it (${who})`);
    else if (seen.version !== version) throw new PodscopeError('UP_ALREADY_RUNNING', `Another one is at this target: ${who}. Nothing was changed.`, { hint: 'Wait until it has ended, or end it; then run this again.' });
    seen ??= { version, at: performance.now() };
    // Only what was seen is taken away: a holder that has shown itself in between keeps it.
    if (performance.now() - seen.at > goneMs) {
      await api.remove(ref, preconditionsOf(other)).catch(unlessChanged);
      seen = undefined;
    } else await sleep(Math.min(ASK_MS, goneMs / 4), undefined, { signal });
  }
}

/** As an apply makes it, so that it goes when the set goes. */
async function makeFor(api: KubernetesApi, id: ApplySetId, signal: AbortSignal): Promise<void> {
  await api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: id.namespace, labels: { [APPLYSET.partOf]: applySetLabel(id) }, annotations: madeByNote(id) } }, { signal }).catch(unlessChanged);
}

function preconditionsOf({ metadata: { uid, resourceVersion } }: KubernetesObject): { readonly uid?: string; readonly resourceVersion?: string } {
  return { ...(uid === undefined ? {} : { uid }), ...(resourceVersion === undefined ? {} : { resourceVersion }) };
}

function unlessChanged(error: unknown): void {
  if (!isPodscopeError(error, 'KUBE_CONFLICT')) throw error;
}

function kept(api: KubernetesApi, ref: ObjectRef, object: KubernetesObject, renewMs: number): Turn {
  const lost = new AbortController();
  const ending = new AbortController();
  let { resourceVersion } = object.metadata;
  const renewing = (async () => {
    for (let count = 1; !ending.signal.aborted; count += 1) {
      await sleep(renewMs, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      if (ending.signal.aborted) return;
      try {
        ({ resourceVersion } = (await api.patch(ref, { metadata: { resourceVersion }, data: { renewed: String(count) } })).object.metadata);
      } catch (error) {
        // It went with its namespace, or is another's. What else there may be (no answer, a right taken away) is told by what is under way.
        if (!isPodscopeError(error, 'KUBE_NOT_FOUND') && !isPodscopeError(error, 'KUBE_CONFLICT')) continue;
        lost.abort(new PodscopeError('UP_ALREADY_RUNNING', 'Another one has taken over this target: this process did not show itself for too long.', { hint: 'See what the other one came to with "podscope status", then run this again.' }));
        return;
      }
    }
  })();
  return {
    lost: lost.signal,
    async [Symbol.asyncDispose]() {
      ending.abort();
      await renewing;
      if (lost.signal.aborted) return;
      // Whoever comes next finds out in 20 s where this fails.
      const { uid } = preconditionsOf(object);
      await api.remove(ref, uid === undefined ? {} : { uid }).catch(() => undefined);
    },
  };
}
