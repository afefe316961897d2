import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { connectionExhaustion } from '../../faults/connection-exhaustion/index.ts';
import { redisMaxmemoryEviction } from '../../faults/redis-maxmemory-eviction/index.ts';
import { redisReplicationBroken } from '../../faults/redis-replication-broken/index.ts';
import { redisSlowCommands } from '../../faults/redis-slow-commands/index.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { type RedisTierOfTest, startRedisTier } from '../../testing/redisTier.ts';
import { systemOfPorts } from '../../testing/systemOfPorts.ts';

/** A server without CONFIG, as managed services have it. */
let tier: RedisTierOfTest;
beforeAll(async () => {
  tier = await startRedisTier(['--rename-command', 'CONFIG', '']);
}, 180_000);
afterAll(() => tier?.[Symbol.asyncDispose]());
const options = () => ({ target: systemOfPorts(tier), store: memoryStore() });

it.each([
  ['redis-maxmemory-eviction', redisMaxmemoryEviction({}), 'does not tell its maxmemory'],
  ['connection-exhaustion', connectionExhaustion({}), 'does not tell its maxclients'],
  ['redis-slow-commands', redisSlowCommands({}), 'The slow log of redis-primary-0 would not show'],
])('%s says what it needs of a server that tells no settings', async (_id, fault, message) => {
  await expect(injectFault(fault, options())).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining(message) });
});

it('redis-replication-broken needs no settings', async () => {
  const fault = await injectFault(redisReplicationBroken({}), options());
  expect(fault.state).toBe('injected');
  await fault.revert();
});
