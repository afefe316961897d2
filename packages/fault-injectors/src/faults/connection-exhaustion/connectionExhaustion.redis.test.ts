import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type RedisTierOfTest, startRedisTier } from '../../testing/redisTier.ts';
import { openPort, systemOfPorts } from '../../testing/systemOfPorts.ts';
import { connectionExhaustion } from './index.ts';

let tier: RedisTierOfTest;
beforeAll(async () => {
  tier = await startRedisTier();
}, 180_000);
afterAll(() => tier?.[Symbol.asyncDispose]());
const target = () => systemOfPorts(tier);
const inject = (params: Parameters<typeof connectionExhaustion>[0] = {}) => injectFault(connectionExhaustion(params), { target: target(), store: memoryStore() });

it('lets nobody in any more but those who are there, takes what gets free, and opens again', async () => {
  const before = await tier.state();
  const early = await openPort(tier.redis[0]?.port ?? 0);
  const fault = await inject();
  expect(fault.state).toBe('injected');
  await expect(tier.command('redis-primary-0', 'PING')).rejects.toThrow('max number of clients reached');
  expect(await tier.command('redis-replica-0', 'PING')).toBe('PONG');
  const answer = new Promise((resolve) => early.once('data', (bytes) => resolve(String(bytes))));
  early.write('PING\r\n');
  expect(await answer).toBe('+PONG\r\n');
  early.destroy();
  // The freed place is the fault's a second later.
  await expect.poll(() => tier.command('redis-primary-0', 'PING').then(() => 'in', () => 'out'), { timeout: 10_000, interval: 300 }).toBe('out');
  await fault.revert();
  expect(await tier.state()).toEqual(before);
});

it('says that somebody else set the limit, and refuses what has no room', async () => {
  const before = await tier.state();
  const fault = await inject({ instance: 'replica' });
  // The held connections are the only ones that can do something: an administrator would have one open.
  await fault.revert();
  await tier.command('redis-primary-0', 'CONFIG', 'SET', 'maxclients', '20');
  await expect(inject({ connections: 30 })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('room for fewer than 30') });
  await tier.command('redis-primary-0', 'CONFIG', 'SET', 'maxclients', '10000');
  await expect(inject({ instance: 'redis-replica-7' })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', hint: expect.stringContaining('redis-replica-1 (replica)') });
  await expect(inject({ from: 'client' })).rejects.toMatchObject({ code: 'FAULT_BAD_PARAMETERS' });
  expect(await tier.state()).toEqual(before);
});

it('takes its limit out of a configuration that somebody has written it into, when the server was started anew', async () => {
  const before = await tier.state();
  const early = await openPort(tier.redis[1]?.port ?? 0);
  const fault = await inject({ instance: 'redis-replica-0' });
  const rewritten = new Promise((resolve) => early.once('data', (bytes) => resolve(String(bytes))));
  early.write('CONFIG REWRITE\r\n');
  expect(await rewritten).toBe('+OK\r\n');
  early.write('SHUTDOWN NOSAVE\r\n');
  await expect.poll(() => tier.state().then(() => 'up', () => 'down'), { timeout: 20_000 }).toBe('up');
  expect(await tier.command('redis-replica-0', 'CONFIG', 'GET', 'maxclients')).not.toEqual(['maxclients', '10000']);
  await fault.revert();
  await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
  await tier.command('redis-replica-0', 'CONFIG', 'REWRITE');
});

it('ends with its injector, and the limit is given back when that is killed at any step', async () => {
  const before = await tier.state();
  const steps = await killAtEachStep(connectionExhaustion({}), 'system', tier, async ({ changed, restored }) => {
    expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
    expect(await tier.state()).toEqual(before);
  });
  expect(steps).toBe(4);
}, 180_000);
