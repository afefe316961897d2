import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { readFigures } from '../../application/redis/info.ts';
import { onRedis } from '../../application/redis/onRedis.ts';
import { figuresOf, instanceNames, masterOf, readRoles, type RedisRole, restoreRoles, waitForReplicas } from '../../application/redis/replication.ts';
import { commandOn, inSession, redisPlace, type RedisTier } from '../../application/redis/tier.ts';
import { defineFault } from '../../definition/defineFault.ts';
import { deleteMost, inBatches, keptNames, scanPrefix, writeKeys } from './churn.ts';

export { supportsActiveDefrag } from './activeDefrag.ts';

const params = z.object({
  prefix: z.string().min(2).max(200).describe('all keys begin with it; no key may have it already'),
  seed: z.string().min(1).max(200).describe('draws names and sizes'),
  keys: z.number().int().min(2).max(5_000_000).default(400_000).describe('how many keys are written'),
  minBytes: z.number().int().min(1).max(100_000).default(40).describe('smallest value, bytes'),
  maxBytes: z.number().int().min(1).max(100_000).default(600).describe('largest value, bytes'),
  keepEvery: z.number().int().min(2).max(1_000).default(10).describe('of this many keys one is kept'),
  restart: z.array(z.string().min(1).max(253)).max(100).default([]).describe('replicas to restart afterwards, one by one: their memory is whole again, so the fault has another scope'),
  ...redisPlace,
});

/** Parameters of {@link redisFragmentation}. */
export type RedisFragmentationParams = z.input<typeof params>;
type Params = z.output<typeof params>;

/** From this allocator_frag_ratio on an instance counts as fragmented. Whole: 1.00–1.15; after the churn: 2 and more. */
export const FRAGMENTED_RATIO = 1.6;

/** So many of the kept keys are asked for, to see that they are there. */
const SAMPLE = 50;

interface Before {
  readonly roles: readonly RedisRole[];
}

/** Half of what the deleted values took: measured on Redis 7.0.15 are 0.9 to 1.2 times as much. */
function expectedBytes(churn: Params): number {
  return (churn.keys * (1 - 1 / churn.keepEvery) * (churn.minBytes + churn.maxBytes)) / 4;
}

/** Fragments the memory of a Redis primary, and so of its replicas, by writing many values and deleting most of them. */
export const redisFragmentation = defineFault({
  id: 'redis-fragmentation',
  title: 'Redis memory is fragmented',
  params,
  provable: 'application',
  symptom: 'In redis-*, redis.mem_fragmentation_bytes is above 100 MB and redis.allocator_frag_ratio above 1.6 on every instance that wasn’t restarted, while redis.used_memory is as before.',
  targets: onRedis<Params, Before>({
    async observe(tier, churn) {
      if (churn.keys < churn.keepEvery || churn.maxBytes < churn.minBytes) {
        throw new PodscopeError('FAULT_BAD_PARAMETERS', 'redis-fragmentation needs as many keys as keepEvery, or more, and sizes from small to large.', { hint: 'For example { prefix: "cart:", seed: "1" }.' });
      }
      const roles = await readRoles(tier);
      if ((await keysNow(tier, churn.prefix)).length > 0) {
        throw new PodscopeError('FAULT_TARGET_UNFIT', `${tier.id} has keys under that prefix already.`, { hint: 'Choose a prefix that no key has.' });
      }
      const unknown = churn.restart.filter((pod) => !roles.some((each) => each.pod === pod && each.role === 'slave'));
      if (unknown.length > 0) {
        throw new PodscopeError('FAULT_TARGET_UNFIT', `Not a Redis replica of ${tier.id}: ${unknown.join(', ')}.`, { hint: 'Only replicas can be restarted after the churn.' });
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
    touches: ({ roles }) => roles.map(({ pod }) => pod),
    async inject({ target, before, step }, churn) {
      await inSession(target, masterOf(before.roles, target), async (session) => {
        await step('write keys', () => writeKeys(session, churn));
        await step('delete most', () => deleteMost(session, churn));
      });
      await waitForReplicas(target);
      for (const pod of churn.restart) {
        await step(`restart ${pod}`, () => target.restart(pod));
        await waitForReplicas(target);
      }
    },
    async verify({ target }, churn) {
      const sample = keptNames({ ...churn, keys: Math.min(churn.keys, SAMPLE * churn.keepEvery) });
      const findings: string[] = [];
      let fragmented = 0;
      let meant = 0;
      for (const pod of await instanceNames(target)) {
        const { figures, kept } = await inSession(target, pod, async (session) => ({ figures: await readFigures(session), kept: Number(await session.command('EXISTS', ...sample)) }));
        if (!churn.restart.includes(pod)) {
          meant++;
          // An instance may have been fragmented before: without the fault's keys it is none of its doing.
          if (kept > 0 && figures.allocatorFragRatio >= FRAGMENTED_RATIO && figures.fragmentationBytes >= expectedBytes(churn)) fragmented++;
        }
        findings.push(`${pod}: mem_fragmentation_bytes ${figures.fragmentationBytes}, allocator_frag_ratio ${figures.allocatorFragRatio}${kept > 0 ? '' : ', none of the fault’s keys'}`);
      }
      return { symptom: fragmented === 0 ? 'absent' : fragmented === meant ? 'present' : 'partial', findings };
    },
    async changedSince({ target }, churn) {
      const own = ownNames(churn);
      const foreign = (await keysNow(target, churn.prefix)).filter((key) => !own.has(key));
      return foreign.length === 0 ? [] : [`${foreign.length} keys under the prefix were written by somebody else`];
    },
    async revert({ target, before, step }, churn) {
      await step('roles', () => restoreRoles(target, before.roles));
      await inSession(target, masterOf(await readRoles(target), target), async (session) => {
        // Half an injection leaves more than the kept ones; keys of somebody else are not the fault's to delete.
        const own = ownNames(churn);
        const left = (await scanPrefix(session, churn.prefix)).filter((key) => own.has(key));
        await step('remove keys', () => inBatches(chunks(left), session, (keys) => ['UNLINK', ...keys]));
      });
      await waitForReplicas(target);
      for (const pod of await instanceNames(target)) await step(`purge ${pod}`, () => purge(target, pod));
    },
    async restored({ target, before }, churn) {
      const own = ownNames(churn);
      const left = (await keysNow(target, churn.prefix)).filter((key) => own.has(key)).length;
      const roles = await readRoles(target);
      const moved = before.roles.filter(({ pod, role }) => roles.some((now) => now.pod === pod && now.role !== role)).map(({ pod }) => `${pod} has another role`);
      return { symptom: left === 0 && moved.length === 0 ? 'absent' : 'present', findings: [`${left} keys of the fault are left`, ...moved] };
    },
  }),
});

async function keysNow(tier: RedisTier, prefix: string): Promise<readonly string[]> {
  return await inSession(tier, masterOf(await readRoles(tier), tier), (session) => scanPrefix(session, prefix));
}

function ownNames(churn: Params): { has(key: string): boolean } {
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
async function purge(tier: RedisTier, pod: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    if ((await figuresOf(tier, pod)).lazyfreePending === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await commandOn(tier, pod, ['MEMORY', 'PURGE']);
}
