import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import type { FaultTarget } from '../../target.ts';
import { churnKeys, inBatches, keptNames, scanPrefix } from './churn.ts';
import { commandOn, figuresOf, masterOf, readRoles, redisPods, type RedisRole, restoreRoles, waitForReplicas } from './replication.ts';

export { supportsActiveDefrag } from './info.ts';

const params = z.object({
  prefix: z.string().min(2).max(200).describe('All keys begin with it. No key may have it already.'),
  seed: z.string().min(1).max(200).describe('Draws names and sizes.'),
  keys: z.int().min(2).max(5_000_000).default(400_000).describe('How many keys are written.'),
  minBytes: z.int().min(1).max(100_000).default(40).describe('Smallest value, bytes.'),
  maxBytes: z.int().min(1).max(100_000).default(600).describe('Largest value, bytes.'),
  keepEvery: z.int().min(2).max(1_000).default(10).describe('Of this many keys one is kept.'),
  restart: z.array(z.string().min(1).max(253)).max(100).default([]).describe('Replicas to restart afterwards, one by one: their memory is whole again, so the fault has another scope.'),
});

/** Parameters of {@link redisFragmentation}. */
export type RedisFragmentationParams = Unchanged<z.input<typeof params>>;
type Churned = z.output<typeof params>;

/** From this allocator_frag_ratio on an instance counts as fragmented. Whole: 1.00–1.15; after the churn: 2 and more. */
export const FRAGMENTED_RATIO = 1.6;

interface Before {
  readonly roles: readonly RedisRole[];
}

/** Half of what the deleted values took: measured on Redis 7.0.15 are 0.9 to 1.2 times as much. */
function expectedBytes(churn: Churned): number {
  return (churn.keys * (1 - 1 / churn.keepEvery) * (churn.minBytes + churn.maxBytes)) / 4;
}

/** Fragments the memory of a Redis primary, and so of its replicas, by writing many values and deleting most of them. */
export const redisFragmentation = defineFault({
  id: 'redis-fragmentation',
  title: 'Redis memory is fragmented',
  params,
  provable: 'application',
  symptom: 'In redis-*, mem_fragmentation_bytes is above 100 MB and allocator_frag_ratio above 1.6 on every instance, while used_memory is as before.',
  targets: {
    system: {
      async observe(target, churn): Promise<Before> {
        if (churn.keys < churn.keepEvery || churn.maxBytes < churn.minBytes) {
          throw new PodscopeError('FAULT_BAD_PARAMETERS', 'redis-fragmentation needs as many keys as keepEvery, or more, and sizes from small to large.', {
            hint: 'For example { prefix: "cart:", seed: "1" }.',
          });
        }
        const roles = await readRoles(target);
        masterOf(roles, target);
        if ((await keysNow(target, churn.prefix)).length > 0) {
          throw new PodscopeError('FAULT_TARGET_UNFIT', `${target.id} has keys under that prefix already.`, { hint: 'Choose a prefix that no key has.' });
        }
        const unknown = churn.restart.filter((pod) => !roles.some((each) => each.pod === pod && each.role === 'slave'));
        if (unknown.length > 0) {
          throw new PodscopeError('FAULT_TARGET_UNFIT', `Not a Redis replica of ${target.id}: ${unknown.join(', ')}.`, { hint: 'Only replicas can be restarted after the churn.' });
        }
        return { roles };
      },
      plan: (_before, churn) => ({
        changes: [
          {
            kind: 'redis-keys',
            name: churn.prefix,
            action: 'create',
            reason: `${churn.keys} keys of ${churn.minBytes}–${churn.maxBytes} bytes, of which one in ${churn.keepEvery} stays`,
          },
          ...churn.restart.map((pod) => ({ kind: 'pod', name: pod, action: 'update' as const, reason: 'restarted afterwards' })),
        ],
      }),
      blastRadius: ({ roles }) => ({ unit: 'instances', count: roles.length, of: roles.length, objects: [], things: roles.map(({ pod }) => `redis:${pod}`) }),
      async inject({ target, before, step }, churn) {
        const session = await target.redis(masterOf(before.roles, target));
        try {
          await step('write and delete keys', () => churnKeys(session, churn));
        } finally {
          await session.close();
        }
        await waitForReplicas(target);
        for (const pod of churn.restart) {
          await step(`restart ${pod}`, () => target.restart(pod));
          await waitForReplicas(target);
        }
      },
      async verify({ target }, churn) {
        const findings: string[] = [];
        let present = true;
        for (const pod of await redisPods(target)) {
          const figures = await figuresOf(target, pod);
          const fragmented = figures.allocatorFragRatio >= FRAGMENTED_RATIO && figures.fragmentationBytes >= expectedBytes(churn);
          if (!fragmented && !churn.restart.includes(pod)) present = false;
          findings.push(`${pod}: mem_fragmentation_bytes ${figures.fragmentationBytes}, allocator_frag_ratio ${figures.allocatorFragRatio}`);
        }
        return { symptom: present ? 'present' : 'absent', findings };
      },
      async changedSince({ target }, churn) {
        const own = ownNames(churn);
        const foreign = (await keysNow(target, churn.prefix)).filter((key) => !own.has(key));
        return foreign.length === 0 ? [] : [`${foreign.length} keys under the prefix were written by somebody else`];
      },
      async revert({ target, before, step }, churn) {
        await step('restore roles', () => restoreRoles(target, before.roles));
        const session = await target.redis(masterOf(await readRoles(target), target));
        try {
          // Half an injection leaves more than the kept ones; keys of somebody else are not the fault's to delete.
          const own = ownNames(churn);
          const left = (await scanPrefix(session, churn.prefix)).filter((key) => own.has(key));
          await step('remove keys', () => inBatches(chunks(left), session, (keys) => ['UNLINK', ...keys]));
        } finally {
          await session.close();
        }
        await waitForReplicas(target);
        for (const pod of await redisPods(target)) await step(`purge ${pod}`, () => purge(target, pod));
      },
      async restored({ target, before }, churn) {
        const own = ownNames(churn);
        const left = (await keysNow(target, churn.prefix)).filter((key) => own.has(key)).length;
        const roles = await readRoles(target);
        const moved = before.roles.filter(({ pod, role }) => !roles.some((each) => each.pod === pod && each.role === role));
        return { symptom: left === 0 && moved.length === 0 ? 'absent' : 'present', findings: [`${left} of its keys are there`, `${moved.length} instances have another role`] };
      },
    },
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

function ownNames(churn: Churned): { has(key: string): boolean } {
  // Membership of 400,000 names is cheaper by pattern; a foreign key that looks the same is told apart by the set below.
  const pattern = /^[0-9a-f]{8}$/;
  const kept = new Set(keptNames(churn));
  let all: Set<string> | undefined;
  return {
    has(key) {
      if (kept.has(key)) return true;
      if (!pattern.test(key.slice(churn.prefix.length))) return false;
      all ??= new Set(keptNames({ ...churn, keepEvery: 1 }));
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
