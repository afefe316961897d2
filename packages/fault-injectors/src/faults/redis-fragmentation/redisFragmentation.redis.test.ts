import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { figuresOf, instanceNames, waitForReplicas } from '../../application/redis/replication.ts';
import { commandOn, redisOfSystem, type RedisTier } from '../../application/redis/tier.ts';
import type { Fault } from '../../definition/defineFault.ts';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { type RedisServers, startRedisServers } from '../../testing/redisServers.ts';
import { scanPrefix } from './churn.ts';
import { FRAGMENTED_RATIO, redisFragmentation, supportsActiveDefrag } from './index.ts';

const MB = 1_000_000;
/** Between 26 MB, the most after a cure, and 151 MB, the least after nothing but MEMORY PURGE. */
const LIMIT = 60 * MB;

let servers: RedisServers;
let tier: RedisTier;
beforeAll(async () => {
  servers = await startRedisServers();
  tier = redisOfSystem(servers);
  await waitForReplicas(tier);
}, 120_000);
afterAll(() => servers[Symbol.asyncDispose]());

const everywhere = async <Value>(task: (pod: string) => Promise<Value>) => {
  const values: Value[] = [];
  for (const pod of await instanceNames(tier)) values.push(await task(pod));
  return values;
};
const purgeAll = () => everywhere((pod) => commandOn(tier, pod, ['MEMORY', 'PURGE']));
const settle = () => new Promise((resolve) => setTimeout(resolve, 1_500));
const figures = () => everywhere((pod) => figuresOf(tier, pod));
const inject = (fault: Fault) => injectFault(fault, { target: servers, store: memoryStore() });
const keyCounts = () => everywhere(async (pod) => Number(await commandOn(tier, pod, ['DBSIZE'])));

/** Nothing is purged here: what is free by then goes back to the system within the allocator's ten seconds, what is fragmented stays. */
async function expectWhole(): Promise<void> {
  await vi.waitFor(
    async () => {
      for (const each of await figures()) {
        expect(each.fragmentationBytes).toBeLessThan(LIMIT);
        expect(each.allocatorFragRatio).toBeLessThan(1.5);
      }
    },
    { timeout: 20_000, interval: 500 },
  );
}

describe('redisFragmentation', () => {
  it('leaves whole memory alone until it is injected', async () => {
    await expectWhole();
    for (const each of await figures()) expect(each.usedMemory).toBeGreaterThan(64 * MB);
    const on = redisFragmentation({ prefix: 'cart:', seed: 'a' }).on('system');
    const before = await on?.observe(servers);
    expect(await on?.verify({ id: '', target: servers, before, signal: new AbortController().signal })).toMatchObject({ symptom: 'absent' });
    expect(await keyCounts()).toEqual([64_000, 64_000, 64_000]);
  });

  it('fragments all three, MEMORY PURGE alone changes nothing, and the revert cures', async () => {
    const fault = await inject(redisFragmentation({ prefix: 'cart:', seed: 'b' }));
    expect(await keyCounts()).toEqual([104_000, 104_000, 104_000]);
    expect(await fault.verify()).toMatchObject({ symptom: 'present' });
    await purgeAll();
    await settle();
    for (const each of await figures()) {
      expect(each.fragmentationBytes).toBeGreaterThan(2 * LIMIT);
      expect(each.allocatorFragRatio).toBeGreaterThan(FRAGMENTED_RATIO);
    }
    expect(await fault.verify()).toMatchObject({ symptom: 'present' });
    // Of a fault that was not injected, memory that is fragmented anyway is no symptom.
    const other = redisFragmentation({ prefix: 'other:', seed: 'b' }).on('system');
    expect(await other?.verify({ id: '', target: servers, before: await other.observe(servers), signal: new AbortController().signal })).toMatchObject({ symptom: 'absent' });
    await commandOn(tier, 'redis-primary-0', ['SET', 'cart:mine', '1']);
    await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: [expect.stringContaining('1 keys')] });
    await fault.revert({ force: true });
    expect(await commandOn(tier, 'redis-primary-0', ['DEL', 'cart:mine'])).toBe(1);
    await expectWhole();
    await waitForReplicas(tier);
    expect(await keyCounts()).toEqual([64_000, 64_000, 64_000]);
  });

  it('removing the prefix without MEMORY PURGE leaves the memory taken', async () => {
    await inject(redisFragmentation({ prefix: 'basket:', seed: 'c' }));
    const session = await servers.redis('redis-primary-0');
    const keys = await scanPrefix(session, 'basket:');
    expect(keys).toHaveLength(40_000);
    await session.pipeline(keys.map((key) => ['UNLINK', key]));
    await session.close();
    await settle();
    expect((await figuresOf(tier, 'redis-primary-0')).fragmentationBytes).toBeGreaterThan(2 * LIMIT);
    await purgeAll();
    await expectWhole();
    expect(await keyCounts()).toEqual([64_000, 64_000, 64_000]);
  });

  it('is cured by restarting one by one, and can spare a replica', async () => {
    const fault = await inject(redisFragmentation({ prefix: 'visit:', seed: 'd', restart: ['redis-replica-1'] }));
    expect(await fault.verify()).toMatchObject({ symptom: 'present' });
    expect((await figuresOf(tier, 'redis-replica-1')).fragmentationBytes).toBeLessThan(LIMIT);
    for (const pod of await instanceNames(tier)) {
      await servers.restart(pod);
      await waitForReplicas(tier);
    }
    await expectWhole();
    expect(await keyCounts()).toEqual([104_000, 104_000, 104_000]);
    await fault.revert();
    expect(await keyCounts()).toEqual([64_000, 64_000, 64_000]);
  });

  it('is cured by a failover to a fresh instance, and the revert restores the roles', async () => {
    const fault = await inject(redisFragmentation({ prefix: 'seen:', seed: 'e', restart: ['redis-replica-0'] }));
    await commandOn(tier, 'redis-replica-0', ['REPLICAOF', 'NO', 'ONE']);
    for (const pod of ['redis-primary-0', 'redis-replica-1']) {
      await commandOn(tier, pod, ['REPLICAOF', '127.0.0.1', String(servers.port('redis-replica-0'))]);
    }
    await waitForReplicas(tier);
    const promoted = await figuresOf(tier, 'redis-replica-0');
    expect(promoted.role).toBe('master');
    expect(promoted.fragmentationBytes).toBeLessThan(LIMIT);
    await fault.revert();
    expect((await figures()).map((each) => each.role)).toEqual(['master', 'slave', 'slave']);
    expect(await keyCounts()).toEqual([64_000, 64_000, 64_000]);
  });

  it('refuses a prefix in use and a pod that is no replica', async () => {
    await expect(inject(redisFragmentation({ prefix: 'archive:', seed: 'x' }))).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
    await expect(inject(redisFragmentation({ prefix: 'zz:', seed: 'x', restart: ['redis-primary-0'] }))).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  });

  it('probes whether the server can defragment while it runs, and leaves the setting as it was', async () => {
    const session = await servers.redis('redis-primary-0');
    const can = await supportsActiveDefrag(session);
    const version = String(await session.command('INFO', 'memory'));
    expect(can).toBe(!/mem_allocator:(libc|jemalloc-5\.3\.0\s)/.test(version));
    expect(JSON.stringify(await session.command('CONFIG', 'GET', 'activedefrag'))).toContain('no');
    await session.close();
  });
});
