import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type RedisTierOfTest, startRedisTier } from '../../testing/redisTier.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';
import { redisSlowCommands } from './index.ts';

let tier: RedisTierOfTest;
beforeAll(async () => {
  tier = await startRedisTier();
}, 60_000);
afterAll(() => tier?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof redisSlowCommands>[0] = {}) => injectFault(redisSlowCommands(params), { target: systemOfPorts(tier), store: memoryStore() });
const slow = async (name: string) => Number(await tier.command(name, 'SLOWLOG', 'LEN'));

it('keeps an instance busy, which its slow log tells of, until it is reverted', async () => {
  const before = await tier.state();
  const fault = await inject({ milliseconds: 60, every: 50 });
  expect(fault.state).toBe('injected');
  await expect.poll(() => slow('redis-primary-0'), { timeout: 20_000 }).toBeGreaterThan(3);
  expect(await slow('redis-replica-0')).toBe(0);
  expect((await fault.verify()).findings).toEqual([expect.stringMatching(/^redis-primary-0: \d+ slow commands in SLOWLOG since the injection/)]);
  await fault.revert();
  const after = await slow('redis-primary-0');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await slow('redis-primary-0')).toBe(after);
  expect(await tier.state()).toEqual(before);
});

it('doesn’t take what others do slowly for its own, and refuses where nothing would show', async () => {
  await tier.command('redis-replica-0', 'CONFIG', 'SET', 'slowlog-log-slower-than', '0');
  await tier.command('redis-replica-0', 'EVAL', 'return 1', '0');
  const on = redisSlowCommands({ instance: 'replica' }).on('system');
  const target = systemOfPorts(tier);
  const before = await on?.observe(target);
  expect(await on?.verify({ id: 'none', target, before, signal: new AbortController().signal })).toMatchObject({ symptom: 'absent' });
  await tier.command('redis-replica-0', 'CONFIG', 'SET', 'slowlog-log-slower-than', '-1');
  await expect(inject({ instance: 'replica' })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', hint: expect.stringContaining('slowlog-log-slower-than is -1') });
  await tier.command('redis-replica-0', 'CONFIG', 'SET', 'slowlog-log-slower-than', '10000');
});

it('ends with its injector, wherever that is killed', async () => {
  const before = await tier.state();
  const steps = await killAtEachStep(redisSlowCommands({ milliseconds: 50, every: 10 }), 'system', tier, async ({ restored }) => {
    const after = await slow('redis-primary-0');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect({ symptom: restored.symptom, slow: await slow('redis-primary-0') }).toEqual({ symptom: 'absent', slow: after });
    expect(await tier.state()).toEqual(before);
  });
  expect(steps).toBe(2);
}, 60_000);
