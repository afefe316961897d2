import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type RedisTierOfTest, startRedisTier } from '../../testing/redisTier.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';
import { redisReplicationBroken } from './index.ts';

let tier: RedisTierOfTest;
beforeAll(async () => {
  tier = await startRedisTier();
}, 60_000);
afterAll(() => tier?.[Symbol.asyncDispose]());
const target = () => systemOfPorts(tier);

it('sends one replica away, whose data stays, and brings it back with what was written meanwhile', async () => {
  const before = await tier.state();
  const fault = await injectFault(redisReplicationBroken({}), { target: target(), store: memoryStore() });
  expect(fault).toMatchObject({ state: 'injected', blastRadius: { unit: 'instances', count: 1, of: 3, things: ['redis:redis-replica-0'] } });
  await tier.command('redis-primary-0', 'SET', 'guestbook:new', '1');
  expect(await tier.command('redis-replica-0', 'GET', 'guestbook:new')).toBeNull();
  expect(await tier.command('redis-replica-0', 'GET', 'guestbook:archive:3')).toBe('x'.repeat(500));
  expect((await fault.verify()).findings).toEqual([expect.stringContaining('redis-replica-0: slave, master_link_status down')]);
  await fault.revert();
  expect(await tier.command('redis-replica-0', 'GET', 'guestbook:new')).toBe('1');
  await tier.command('redis-primary-0', 'DEL', 'guestbook:new');
  await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
});

it('sends every replica away that is named, and refuses others', async () => {
  const replicas = ['redis-replica-0', 'redis-replica-1'];
  const before = await tier.state();
  {
    await using fault = await injectFault(redisReplicationBroken({ replicas }), { target: target(), store: memoryStore() });
    expect(await fault.verify()).toMatchObject({ symptom: 'present' });
    await expect(injectFault(redisReplicationBroken({}), { target: target(), store: memoryStore() })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  }
  expect(await tier.state()).toEqual(before);
  await expect(injectFault(redisReplicationBroken({ replicas: ['redis-primary-0'] }), { target: target(), store: memoryStore() })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  await tier.command('redis-replica-1', 'CONFIG', 'SET', 'replica-read-only', 'no');
  await expect(injectFault(redisReplicationBroken({ replicas }), { target: target(), store: memoryStore() })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('writes of its own') });
  await tier.command('redis-replica-1', 'CONFIG', 'SET', 'replica-read-only', 'yes');
  expect(await tier.state()).toEqual(before);
});

it('sees that somebody else moved a replica, and never takes the data of one that was made a primary', async () => {
  const before = await tier.state();
  const fault = await injectFault(redisReplicationBroken({}), { target: target(), store: memoryStore() });
  await tier.command('redis-replica-0', 'REPLICAOF', 'NO', 'ONE');
  await tier.command('redis-replica-0', 'SET', 'guestbook:precious', '1');
  await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: [expect.stringContaining('nobody (it is a primary)')] });
  await expect(fault.revert({ force: true })).rejects.toMatchObject({ code: 'FAULT_REVERT_FAILED' });
  expect(await tier.command('redis-replica-0', 'GET', 'guestbook:precious')).toBe('1');
  await tier.command('redis-replica-0', 'REPLICAOF', '127.0.0.1', String(tier.redis[0]?.port));
  await fault.revert();
  expect(await tier.state()).toEqual(before);
});

it('is given back when the injector is killed at any step', async () => {
  const before = await tier.state();
  const fault = redisReplicationBroken({ replicas: ['redis-replica-0', 'redis-replica-1'] });
  const steps = await killAtEachStep(fault, 'system', tier, async ({ changed, restored }) => {
    expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
    expect(await tier.state()).toEqual(before);
  });
  expect(steps).toBe(4);
}, 60_000);
