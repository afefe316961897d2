import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { readFigures, readSettings } from '../../application/redis/info.ts';
import { onRedis } from '../../application/redis/onRedis.ts';
import { masterOf, readRoles } from '../../application/redis/replication.ts';
import { commandOn, inSession, redisPlace, type RedisTier } from '../../application/redis/tier.ts';
import { defineFault } from '../../definition/defineFault.ts';
import type { RedisSession } from '../../target.ts';
import { scanPrefix } from '../redis-fragmentation/churn.ts';

const MB = 1024 * 1024;
const VALUE_BYTES = 1_000;
const BATCH = 500;
/** What one key takes beside its value, at least: Redis 7.0.15 with names of 20 characters and an end takes about 180. */
const KEY_BYTES = 150;

const params = z.object({
  prefix: z.string().min(2).max(200).default('session:').describe('own keys begin with it; no key may have it already'),
  roomMegabytes: z.number().int().min(4).max(4_096).default(8).describe('how far above what is used now the limit is set'),
  writeMegabytes: z.number().int().min(8).max(8_192).default(24).describe('how much is written under it in own keys; what is above the room is evicted'),
  keySeconds: z.number().int().min(60).max(86_400).default(3_600).describe('the end of own keys, whoever forgets about them'),
  ...redisPlace,
});

/** Parameters of {@link redisMaxmemoryEviction}. */
export type RedisMaxmemoryEvictionParams = z.input<typeof params>;
type Params = z.output<typeof params>;

const SETTINGS = ['maxmemory', 'maxmemory-policy'] as const;
type Settings = Readonly<Record<(typeof SETTINGS)[number], string>>;
/** Evicts nothing but keys that have an end, and there are only own ones of those. */
const POLICY = 'volatile-lru';

interface Before {
  readonly instance: string;
  readonly runId: string;
  readonly settings: Settings;
  /** The limit that the fault sets, bytes. */
  readonly limit: number;
  readonly evictedKeys: number;
}

/** Sets a limit for the memory of a Redis primary just above what it uses, and writes keys of its own until it evicts. */
export const redisMaxmemoryEviction = defineFault({
  id: 'redis-maxmemory-eviction',
  title: 'Redis evicts keys',
  params,
  provable: 'application',
  symptom: 'In redis-*, redis.evicted_keys of the primary grows, redis.used_memory stays at one height, redis.keys goes up and down and redis.keyspace_misses may rise.',
  targets: onRedis<Params, Before>({
    async observe(tier, wanted) {
      const { prefix, roomMegabytes, writeMegabytes } = wanted;
      if (writeMegabytes <= roomMegabytes) throw new PodscopeError('FAULT_BAD_PARAMETERS', 'redis-maxmemory-eviction writes more than there is room for.', { hint: 'Give a writeMegabytes above roomMegabytes.' });
      const instance = masterOf(await readRoles(tier), tier);
      return await inSession(tier, instance, async (session) => {
        const { runId, usedMemory, volatileKeys, evictedKeys } = await readFigures(session);
        const settings = await readSettings(session, SETTINGS);
        if (!isWhole(settings)) throw new PodscopeError('FAULT_TARGET_UNFIT', `${instance} does not tell its maxmemory, as managed Redis services don't.`, { hint: 'This fault needs CONFIG GET and CONFIG SET.' });
        if (volatileKeys > 0) throw new PodscopeError('FAULT_TARGET_UNFIT', `${instance} has ${volatileKeys} keys with an end, which would be evicted and could not be given back.`, { hint: 'This fault is for a Redis whose own keys have no end.' });
        const limit = usedMemory + roomMegabytes * MB;
        if (settings.maxmemory !== '0' && Number(settings.maxmemory) < usedMemory + 2 * writeMegabytes * MB) throw new PodscopeError('FAULT_TARGET_UNFIT', `${instance} has a limit of its own that is near: ${settings.maxmemory} bytes of which ${usedMemory} are used.`, { hint: 'Its own keys could be evicted. Take a smaller writeMegabytes, or another instance.' });
        if ((await scanPrefix(session, prefix)).length > 0) throw new PodscopeError('FAULT_TARGET_UNFIT', `${tier.id} has keys under that prefix already.`, { hint: 'Choose a prefix that no key has.' });
        return { instance, runId, settings, limit, evictedKeys };
      });
    },
    plan: ({ instance, settings, limit }, { prefix, writeMegabytes }) => ({
      changes: [
        { kind: 'redis-config', name: instance, action: 'update', reason: `maxmemory ${settings.maxmemory} → ${limit}, maxmemory-policy ${settings['maxmemory-policy']} → ${POLICY}`, desired: { maxmemory: String(limit), 'maxmemory-policy': POLICY } },
        { kind: 'redis-keys', name: prefix, action: 'create', reason: `${writeMegabytes} MB in keys that have an end: only they are evicted` },
      ],
    }),
    touches: ({ instance }) => [instance],
    async inject({ target, before, step, signal }, wanted) {
      await inSession(target, before.instance, async (session) => {
        // Its policy before its limit: with a limit and a policy that evicts any key, the guestbook's own would go.
        await step('set the policy', async () => void (await session.command('CONFIG', 'SET', 'maxmemory-policy', POLICY)));
        await step('set the limit', async () => void (await session.command('CONFIG', 'SET', 'maxmemory', String(before.limit))));
        await step('write keys', () => writeKeys(session, wanted, signal));
      });
    },
    async verify({ target, before }) {
      return await inSession(target, before.instance, async (session) => {
        const figures = await readFigures(session);
        const isSame = figures.runId === before.runId;
        const evicted = figures.evictedKeys - before.evictedKeys;
        const { maxmemory } = await readSettings(session, ['maxmemory']);
        const findings = [`${before.instance}: ${isSame ? evicted : 0} keys evicted since the injection, used_memory ${figures.usedMemory} of maxmemory ${maxmemory}`, ...(isSame ? [] : ['it was restarted since'])];
        return { symptom: isSame && evicted > 0 && Number(maxmemory) === before.limit ? 'present' : 'absent', findings };
      });
    },
    async changedSince({ target, before }) {
      const { isSame, now } = await settingsNow(target, before);
      if (!isSame) return [];
      const own = ownSettings(before);
      return SETTINGS.filter((name) => now[name] !== own[name] && now[name] !== before.settings[name]).map((name) => `${before.instance} ${name}: ${own[name]} → ${now[name]}`);
    },
    async revert({ target, before, step }, wanted) {
      // The limit before the policy, for the same reason as above.
      for (const name of await settingsLeft(target, before)) {
        await step(`restore ${name}`, async () => void (await commandOn(target, before.instance, ['CONFIG', 'SET', name, before.settings[name]])));
      }
      await inSession(target, masterOf(await readRoles(target), target), (session) => step('remove keys', () => removeKeys(session, wanted)));
    },
    async restored({ target, before }, wanted) {
      const findings = (await settingsLeft(target, before)).map((name) => `${before.instance} ${name} is not ${before.settings[name]} again`);
      const left = await inSession(target, masterOf(await readRoles(target), target), async (session) => (await scanPrefix(session, wanted.prefix)).filter((key) => isOwn(key, wanted)).length);
      if (left > 0) findings.push(`${left} keys of the fault are left`);
      return { symptom: findings.length === 0 ? 'absent' : 'present', findings: findings.length === 0 ? ['settings and keys are as before'] : findings };
    },
  }),
});

function isWhole(settings: Readonly<Record<string, string>>): settings is Settings {
  return SETTINGS.every((name) => settings[name] !== undefined);
}

/** What the fault sets. */
function ownSettings({ limit }: Before): Settings {
  return { maxmemory: String(limit), 'maxmemory-policy': POLICY };
}

/** The settings of the instance, and whether its process is the same as before. Those from before where the instance is gone, or tells them no more. */
async function settingsNow(tier: RedisTier, before: Before): Promise<{ readonly isSame: boolean; readonly now: Settings }> {
  const gone = { isSame: false, now: before.settings };
  if (!(await tier.instances()).some(({ name }) => name === before.instance)) return gone;
  return await inSession(tier, before.instance, async (session) => {
    const { runId } = await readFigures(session);
    const now = await readSettings(session, SETTINGS);
    return isWhole(now) ? { isSame: runId === before.runId, now } : gone;
  });
}

/** Those that are to be restored. A process that was started anew has its own again, but for what of the fault's somebody has written there (CONFIG REWRITE). */
async function settingsLeft(tier: RedisTier, before: Before): Promise<readonly (keyof Settings)[]> {
  const { isSame, now } = await settingsNow(tier, before);
  const own = ownSettings(before);
  return SETTINGS.filter((name) => now[name] !== before.settings[name] && (isSame || now[name] === own[name]));
}

function countOf({ writeMegabytes }: Params): number {
  return Math.ceil((writeMegabytes * MB) / (VALUE_BYTES + KEY_BYTES));
}

function nameOf({ prefix }: Params, index: number): string {
  return `${prefix}${index.toString(16).padStart(8, '0')}`;
}

function isOwn(key: string, wanted: Params): boolean {
  const number = /^[0-9a-f]{8}$/.exec(key.slice(wanted.prefix.length))?.[0];
  return number !== undefined && Number.parseInt(number, 16) < countOf(wanted);
}

async function writeKeys(session: RedisSession, wanted: Params, signal: AbortSignal): Promise<void> {
  const value = 'v'.repeat(VALUE_BYTES);
  for (let start = 0; start < countOf(wanted); start += BATCH) {
    signal.throwIfAborted();
    await session.pipeline(Array.from({ length: Math.min(BATCH, countOf(wanted) - start) }, (_, index) => ['SET', nameOf(wanted, start + index), value, 'EX', String(wanted.keySeconds)]));
  }
}

/** Own names only: keys of somebody else under the prefix stay. */
async function removeKeys(session: RedisSession, wanted: Params): Promise<void> {
  const own = (await scanPrefix(session, wanted.prefix)).filter((key) => isOwn(key, wanted));
  for (let start = 0; start < own.length; start += BATCH) await session.command('UNLINK', ...own.slice(start, start + BATCH));
}
