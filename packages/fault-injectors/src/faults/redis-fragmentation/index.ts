import { PodscopeError } from '@podscope/core';
import { defineFault } from '../../defineFault.ts';
import type { FaultTarget } from '../../target.ts';
import { churnKeys, inBatches, keptNames, scanPrefix } from './churn.ts';
import { commandOn, figuresOf, masterOf, readRoles, redisPods, type RedisRole, restoreRoles, waitForReplicas } from './replication.ts';

export { supportsActiveDefrag } from './info.ts';

/** Parameters of {@link redisFragmentation}. */
export interface RedisFragmentationParams {
  /** All keys begin with it. No key may have it already. */
  readonly prefix: string;
  /** @default 400,000 */
  readonly keys?: number;
  /** Smallest value, bytes. @default 40 */
  readonly minBytes?: number;
  /** Largest value, bytes. @default 600 */
  readonly maxBytes?: number;
  /** Of this many keys one is kept. @default 10 */
  readonly keepEvery?: number;
  /** Draws names and sizes. */
  readonly seed: string;
  /** Replicas to restart afterwards, one by one: their memory is whole again, so the fault has another scope. */
  readonly restart?: readonly string[];
}

/** From this allocator_frag_ratio on an instance counts as fragmented. Whole: 1.00–1.15; after the churn: 2 and more. */
export const FRAGMENTED_RATIO = 1.6;

interface Before {
  readonly roles: readonly RedisRole[];
}

function churnOf(params: RedisFragmentationParams) {
  return { keys: 400_000, minBytes: 40, maxBytes: 600, keepEvery: 10, ...params };
}

/** Half of what the deleted values took: measured on Redis 7.0.15 are 0.9 to 1.2 times as much. */
function expectedBytes(params: RedisFragmentationParams): number {
  const churn = churnOf(params);
  return (churn.keys * (1 - 1 / churn.keepEvery) * (churn.minBytes + churn.maxBytes)) / 4;
}

/** Fragments the memory of a Redis primary, and so of its replicas, by writing many values and deleting most of them. */
export const redisFragmentation = defineFault({
  kind: 'redis-fragmentation',
  title: 'Redis memory is fragmented',
  check(params: RedisFragmentationParams) {
    const churn = churnOf(params);
    if (churn.prefix.length >= 2 && churn.keys >= churn.keepEvery && churn.keepEvery >= 2 && churn.minBytes >= 1 && churn.maxBytes >= churn.minBytes) return;
    throw new PodscopeError('FAULT_BAD_PARAMETERS', 'redis-fragmentation needs a prefix, keepEvery of 2 or more, as many keys, and sizes from small to large.', {
      hint: 'For example { prefix: "cart:", seed: "1" }.',
    });
  },
  async observe(target, params): Promise<Before> {
    const roles = await readRoles(target);
    const primary = masterOf(roles, target);
    const session = await target.redis(primary);
    try {
      if ((await scanPrefix(session, params.prefix)).length > 0) {
        throw new PodscopeError('FAULT_TARGET_UNFIT', `${target.id} has keys under that prefix already.`, { hint: 'Choose a prefix that no key has.' });
      }
    } finally {
      await session.close();
    }
    const unknown = (params.restart ?? []).filter((pod) => !roles.some((each) => each.pod === pod && each.role === 'slave'));
    if (unknown.length > 0) {
      throw new PodscopeError('FAULT_TARGET_UNFIT', `Not a Redis replica of ${target.id}: ${unknown.join(', ')}.`, { hint: 'Only replicas can be restarted after the churn.' });
    }
    return { roles };
  },
  plan: (_before, params) => {
    const churn = churnOf(params);
    return {
      changes: [
        {
          kind: 'redis-keys',
          name: churn.prefix,
          action: 'create',
          reason: `${churn.keys} keys of ${churn.minBytes}–${churn.maxBytes} bytes, of which one in ${churn.keepEvery} stays`,
        },
        ...(params.restart ?? []).map((pod) => ({ kind: 'pod' as const, name: pod, action: 'update' as const, reason: 'restarted afterwards' })),
      ],
    };
  },
  async inject(target, params, before) {
    const session = await target.redis(masterOf(before.roles, target));
    try {
      await churnKeys(session, churnOf(params));
    } finally {
      await session.close();
    }
    await waitForReplicas(target);
    for (const pod of params.restart ?? []) {
      await target.restart(pod);
      await waitForReplicas(target);
    }
  },
  async verify(target, params) {
    const findings: string[] = [];
    let present = true;
    for (const pod of await redisPods(target)) {
      const figures = await figuresOf(target, pod);
      const fragmented = figures.allocatorFragRatio >= FRAGMENTED_RATIO && figures.fragmentationBytes >= expectedBytes(params);
      if (!fragmented && !params.restart?.includes(pod)) present = false;
      findings.push(`${pod}: mem_fragmentation_bytes ${figures.fragmentationBytes}, allocator_frag_ratio ${figures.allocatorFragRatio}`);
    }
    return { present, findings };
  },
  async foreignChanges(target, params) {
    const found = await keysNow(target, params.prefix);
    const own = new Set(keptNames(churnOf(params)));
    const foreign = found.filter((key) => !own.has(key));
    return foreign.length === 0 ? [] : [`${foreign.length} keys under the prefix were written by somebody else`];
  },
  async revert(target, params, before) {
    await restoreRoles(target, before.roles);
    const session = await target.redis(masterOf(await readRoles(target), target));
    try {
      // Half an injection leaves more than the kept ones; keys of somebody else are not the fault's to delete.
      const own = ownNames(params);
      const left = (await scanPrefix(session, params.prefix)).filter((key) => own.has(key));
      await inBatches(chunks(left), session, (keys) => ['UNLINK', ...keys]);
    } finally {
      await session.close();
    }
    await waitForReplicas(target);
    for (const pod of await redisPods(target)) await purge(target, pod);
  },
});

async function keysNow(target: FaultTarget, prefix: string): Promise<readonly string[]> {
  const session = await target.redis(masterOf(await readRoles(target), target));
  try {
    return await scanPrefix(session, prefix);
  } finally {
    await session.close();
  }
}

function ownNames(params: RedisFragmentationParams): { has(key: string): boolean } {
  // Membership of 400,000 names is cheaper by pattern; a foreign key that looks the same is told apart by the set below.
  const pattern = /^[0-9a-f]{8}$/;
  const kept = new Set(keptNames(churnOf(params)));
  let all: Set<string> | undefined;
  return {
    has(key) {
      if (kept.has(key)) return true;
      if (!pattern.test(key.slice(params.prefix.length))) return false;
      all ??= new Set(keptNames({ ...churnOf(params), keepEvery: 1 }));
      return all.has(key);
    },
  };
}

function* chunks(keys: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < keys.length; start += 100) yield keys.slice(start, start + 100);
}

/** UNLINK frees in the background: pages can be given back only afterwards. */
async function purge(target: FaultTarget, pod: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    if ((await figuresOf(target, pod)).lazyfreePending === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await commandOn(target, pod, ['MEMORY', 'PURGE']);
}
