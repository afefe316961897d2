import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultCheck } from '../../definition/check.ts';
import type { KubernetesApi, KubernetesObject, Selection } from '../api/types.ts';

/** How long one look waits for a change, milliseconds: so long nothing happens any more. */
const WAIT_MS = 5_000;
/** How long one look takes at most while changes go on coming, milliseconds: to begin anew means to list everything again. */
const LOOK_MS = 30_000;
/** Changes that come as close together are looked at together, milliseconds. */
const TOGETHER_MS = 20;

/** What is watched: of each object, only what `project` keeps. */
export interface Watched<Item> {
  readonly selection: Selection;
  project(object: KubernetesObject): Item;
}

/** What is there of each watched kind. */
export type Seen<Kinds extends Readonly<Record<string, unknown>>> = { readonly [Kind in keyof Kinds]: readonly Kinds[Kind][] };

/** What was seen. `wait: false` says that waiting longer changes nothing. */
export type Judgement = FaultCheck & { readonly wait?: boolean };

/** What is to be seen, and how long to wait for it. */
export interface Sight<Kinds extends Readonly<Record<string, unknown>>> {
  readonly watched: { readonly [Kind in keyof Kinds]: Watched<Kinds[Kind]> };
  judge(seen: Seen<Kinds>): Judgement | Promise<Judgement>;
  readonly signal: AbortSignal;
  /** Which answers are not waited over. @default present and unverifiable */
  readonly final?: readonly FaultCheck['symptom'][];
  /** How long to wait for the next change, milliseconds. @default 5000 */
  readonly waitMs?: number;
}

const FINAL: readonly FaultCheck['symptom'][] = ['present', 'unverifiable'];

/**
 * Looks at the cluster by watching it: judges once everything is listed, and again after each change, until the symptom is there or no
 * change comes any more; the last judgement is the answer. Nothing is asked again and again, and of each object only the projection is kept.
 */
export async function untilSeen<Kinds extends Readonly<Record<string, unknown>>>(api: KubernetesApi, { watched, judge, signal, final = FINAL, waitMs = WAIT_MS }: Sight<Kinds>): Promise<FaultCheck> {
  const ended = new AbortController();
  const stop = AbortSignal.any([ended.signal, signal]);
  const kinds = Object.keys(watched) as (keyof Kinds & string)[];
  const items = new Map(kinds.map((kind) => [kind, new Map<string, unknown>()]));
  const listing = new Set<string>(kinds);
  let wake: () => void = () => undefined;
  let failure: { readonly error: unknown } | undefined;

  const follow = async (kind: keyof Kinds & string): Promise<void> => {
    const { selection, project } = watched[kind];
    const here = items.get(kind) as Map<string, unknown>;
    const keyed = (object: KubernetesObject) => ({ key: object.metadata.uid ?? object.metadata.name, item: project(object) });
    for await (const event of api.watch(selection, { project: keyed, signal: stop })) {
      if (event.type === 'initial') listing.delete(kind);
      else if (event.type === 'deleted') here.delete(event.object.key);
      else here.set(event.object.key, event.object.item);
      wake();
    }
  };
  const following = kinds.map((kind) =>
    follow(kind).catch((error: unknown) => {
      // The end that was asked for is none.
      if (stop.aborted) return;
      failure = { error };
      wake();
    }));

  // One listener for all the waiting: thousands of changes come, and a signal made for each would be kept by this one.
  const woken = (): void => wake();
  signal.addEventListener('abort', woken);
  const end = performance.now() + Math.max(waitMs, LOOK_MS);
  try {
    let check: FaultCheck | undefined;
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (failure !== undefined) throw failure.error;
      if (listing.size === 0) {
        const { wait = true, ...judged } = await judge(Object.fromEntries([...items].map(([kind, here]) => [kind, [...here.values()]])) as unknown as Seen<Kinds>);
        check = judged;
        if (!wait || final.includes(check.symptom)) return check;
      }
      const left = Math.min(end - performance.now(), waitMs);
      if (check !== undefined && (left <= 0 || signal.aborted)) return check;
      signal.throwIfAborted();
      // The first list is waited for however long it takes: without it there is nothing to say.
      const seenChange = await inTime(changed, check === undefined ? undefined : left);
      if (signal.aborted && check !== undefined) return check;
      if (!seenChange && check !== undefined) return check;
      await sleep(TOGETHER_MS);
    }
  } finally {
    signal.removeEventListener('abort', woken);
    ended.abort();
    await Promise.all(following);
  }
}

/** True at a change, false when there was none in time. Without a time, only a change ends it. */
async function inTime(changed: Promise<void>, ms: number | undefined): Promise<boolean> {
  if (ms === undefined) return await changed.then(() => true);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([changed.then(() => true as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
