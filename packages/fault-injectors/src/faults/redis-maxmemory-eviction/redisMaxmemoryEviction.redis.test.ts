import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type RedisTierOfTest, startRedisTier } from '../../testing/redisTier.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';
import { redisMaxmemoryEviction } from './index.ts';

let tier: RedisTierOfTest;
beforeAll(async () => {
  tier = await startRedisTier();
}, 180_000);
afterAll(() => tier?.[Symbol.asyncDispose]());
const target = () => systemOfPorts(tier);
const inject = (params: Parameters<typeof redisMaxmemoryEviction>[0] = {}) => injectFault(redisMaxmemoryEviction(params), { target: target(), store: memoryStore() });
const evicted = async () => Number(/evicted_keys:(\d+)/.exec(String(await tier.command('redis-primary-0', 'INFO', 'stats')))?.[1]);

it('evicts its own keys and no other, while the guestbook can write, and gives everything back', async () => {
  const before = await tier.state();
  const earlier = await evicted();
  const fault = await inject();
  expect(fault).toMatchObject({ state: 'injected', blastRadius: { count: 1, of: 3 } });
  expect(await evicted()).toBeGreaterThan(earlier + 1_000);
  await tier.command('redis-primary-0', 'SET', 'guestbook:new', 'y'.repeat(100_000));
  for (let index = 0; index < 20; index++) expect(await tier.command('redis-primary-0', 'GET', `guestbook:archive:${index}`)).toBe('x'.repeat(500));
  expect(Number(await tier.command('redis-primary-0', 'TTL', (await tier.command('redis-primary-0', 'RANDOMKEY')) as string))).toBeLessThanOrEqual(3_600);
  await tier.command('redis-primary-0', 'DEL', 'guestbook:new');
  await fault.revert();
  await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
});

it('leaves keys of somebody else under the prefix, and says what else was set since', async () => {
  const before = await tier.state();
  const fault = await inject();
  await tier.command('redis-primary-0', 'SET', 'session:mine', '1');
  await tier.command('redis-primary-0', 'CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lfu');
  await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: ['redis-primary-0 maxmemory-policy: volatile-lru → allkeys-lfu'] });
  await fault.revert({ force: true });
  expect(await tier.command('redis-primary-0', 'DEL', 'session:mine')).toBe(1);
  await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
});

it('refuses where keys could be lost that nobody can give back', async () => {
  const before = await tier.state();
  await tier.command('redis-primary-0', 'SET', 'basket', '1', 'EX', '600');
  await expect(inject()).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('1 keys with an end') });
  await tier.command('redis-primary-0', 'DEL', 'basket');
  await tier.command('redis-primary-0', 'CONFIG', 'SET', 'maxmemory', '20mb');
  await expect(inject()).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('a limit of its own') });
  await tier.command('redis-primary-0', 'CONFIG', 'SET', 'maxmemory', '0');
  await expect(inject({ prefix: 'guestbook:' })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  await expect(inject({ roomMegabytes: 9, writeMegabytes: 9 })).rejects.toMatchObject({ code: 'FAULT_BAD_PARAMETERS' });
  await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
});

it('knows that a server that was started anew has its own settings again', async () => {
  const before = await tier.state();
  const fault = await inject();
  await tier.command('redis-primary-0', 'SHUTDOWN', 'NOSAVE').catch(() => undefined);
  await expect.poll(() => tier.state().then(() => 'up', () => 'down'), { timeout: 10_000 }).toBe('up');
  expect(await fault.verify()).toMatchObject({ symptom: 'absent', findings: [expect.any(String), 'it was restarted since'] });
  await fault.revert();
  for (let index = 0; index < 20; index++) await tier.command('redis-primary-0', 'SET', `guestbook:archive:${index}`, 'x'.repeat(500));
  await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
});

it('takes its settings out of a configuration that somebody has written them into, when the server was started anew', async () => {
  const before = await tier.state();
  const fault = await inject();
  await tier.command('redis-primary-0', 'CONFIG', 'REWRITE');
  await tier.command('redis-primary-0', 'SHUTDOWN', 'NOSAVE').catch(() => undefined);
  await expect.poll(() => tier.state().then(() => 'up', () => 'down'), { timeout: 10_000 }).toBe('up');
  expect(await tier.command('redis-primary-0', 'CONFIG', 'GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'volatile-lru']);
  await fault.revert();
  for (let index = 0; index < 20; index++) await tier.command('redis-primary-0', 'SET', `guestbook:archive:${index}`, 'x'.repeat(500));
  await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
  await tier.command('redis-primary-0', 'CONFIG', 'REWRITE');
});

it('writes no setting back that it could not set', async () => {
  const before = await tier.state();
  await tier.command('redis-primary-0', 'ACL', 'SETUSER', 'default', '-config|set');
  await expect(inject()).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED', hint: expect.stringContaining('was restored'), cause: { message: expect.stringContaining('NOPERM') } });
  await tier.command('redis-primary-0', 'ACL', 'SETUSER', 'default', '+@all');
  await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
});

it('is given back when the injector is killed at any step', async () => {
  const before = await tier.state();
  const steps = await killAtEachStep(redisMaxmemoryEviction({}), 'system', tier, async ({ changed, restored }) => {
    expect({ changed, symptom: restored.symptom }).toEqual({ changed: [], symptom: 'absent' });
    await expect.poll(() => tier.state(), { timeout: 10_000 }).toEqual(before);
  });
  expect(steps).toBe(6);
}, 180_000);
