import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { masterOf, readRoles, type RedisRole } from './replication.ts';
import type { RedisTier } from './tier.ts';

/** Which instance is meant. */
export const instanceParam = {
  instance: z.string().min(1).max(253).default('primary').describe('primary, replica (the first of them), or the name of an instance’s pod'),
};

/** The instance that is meant, with its role. @throws PodscopeError FAULT_TARGET_UNFIT */
export async function chooseInstance(tier: RedisTier, wanted: string): Promise<RedisRole> {
  const roles = await readRoles(tier);
  const found = wanted === 'primary' ? roles.find(({ pod }) => pod === masterOf(roles, tier)) : wanted === 'replica' ? roles.find(({ role }) => role === 'slave') : roles.find(({ pod }) => pod === wanted);
  if (found !== undefined) return found;
  throw new PodscopeError('FAULT_TARGET_UNFIT', `${tier.id} has no Redis ${wanted}.`, { hint: `There are: ${roles.map(({ pod, role }) => `${pod} (${role === 'master' ? 'primary' : 'replica'})`).join(', ')}.` });
}

/** `<address>:<port>` of an instance, for a program in the cluster. */
export async function addressOf(tier: RedisTier, instance: string): Promise<string> {
  const pod = (await tier.instances()).find(({ name }) => name === instance)?.pod;
  return `${pod?.ip ?? ''}:${tier.cluster?.port ?? 0}`;
}
