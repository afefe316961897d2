import { PodscopeError } from '@podscope/core';
import { readFigures, type RedisFigures } from './info.ts';
import { commandOn, inSession, type RedisTier } from './tier.ts';

const POLL_MS = 200;

/** One Redis instance and where it replicates from. */
export interface RedisRole {
  readonly pod: string;
  /** Of its process. */
  readonly runId: string;
  readonly role: 'master' | 'slave';
  readonly masterHost: string | null;
  readonly masterPort: string | null;
}

/** The names of the instances. @throws PodscopeError FAULT_TARGET_UNFIT when there are none */
export async function instanceNames(tier: RedisTier): Promise<readonly string[]> {
  return (await tier.instances()).map(({ name }) => name);
}

/** `INFO` of one instance, over a session of its own. */
export async function figuresOf(tier: RedisTier, instance: string): Promise<RedisFigures> {
  return await inSession(tier, instance, readFigures);
}

/** The roles as the servers themselves see them: a failover may have changed them. */
export async function readRoles(tier: RedisTier): Promise<readonly RedisRole[]> {
  const roles: RedisRole[] = [];
  for (const pod of await instanceNames(tier)) {
    const { runId, role, masterHost, masterPort } = await figuresOf(tier, pod);
    roles.push({ pod, runId, role, masterHost, masterPort });
  }
  return roles;
}

/** The pod that takes writes. @throws PodscopeError FAULT_TARGET_UNFIT when none or several do. */
export function masterOf(roles: readonly RedisRole[], tier: Pick<RedisTier, 'id'>): string {
  const masters = roles.filter((each) => each.role === 'master');
  const [first] = masters;
  if (first && masters.length === 1) return first.pod;
  throw new PodscopeError('FAULT_TARGET_UNFIT', `${tier.id} has ${masters.length} Redis primaries instead of one.`, {
    hint: 'Restore replication first.',
  });
}

/** Waits until every replica has what the primary has. @throws PodscopeError FAULT_TARGET_UNFIT after `timeoutMs`. */
export async function waitForReplicas(tier: RedisTier, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    // A pod that is just restarting refuses connections: not caught up yet.
    const behind = await lagging(tier).catch((error: unknown) => String(error));
    if (behind === null) return;
    if (Date.now() > deadline) {
      throw new PodscopeError('FAULT_TARGET_UNFIT', `The replicas of ${tier.id} did not catch up within ${timeoutMs / 1000} s.`, {
        hint: 'Check that every Redis pod runs and replicates.',
        details: [behind],
      });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function lagging(tier: RedisTier): Promise<string | null> {
  const pods = await instanceNames(tier);
  const figures = await Promise.all(pods.map((pod) => figuresOf(tier, pod)));
  const primary = figures.filter((each) => each.role === 'master');
  if (primary.length !== 1 || !primary[0]) return `${primary.length} primaries`;
  const offset = primary[0].offset;
  // Traffic goes on meanwhile: a replica that has nearly all of it replicates.
  const late = figures.findIndex((each) => !each.linkUp || each.offset < offset - 65_536);
  return late < 0 ? null : `${pods[late] ?? 'a pod'} is behind`;
}

/** Gives every pod the role that it had. Waits until a former primary has all data before it is promoted. */
export async function restoreRoles(tier: RedisTier, before: readonly RedisRole[]): Promise<void> {
  const now = await readRoles(tier);
  const wanted = before.find((each) => each.role === 'master');
  const current = now.find((each) => each.pod === wanted?.pod);
  if (!wanted || !current) return;
  if (current.role === 'slave') {
    await waitForReplicas(tier);
    await commandOn(tier, wanted.pod, ['REPLICAOF', 'NO', 'ONE']);
  }
  for (const each of before) {
    if (each.role !== 'slave' || each.masterHost === null || each.masterPort === null) continue;
    const same = now.find((other) => other.pod === each.pod);
    if (same && same.role === 'slave' && same.masterHost === each.masterHost && same.masterPort === each.masterPort) continue;
    await commandOn(tier, each.pod, ['REPLICAOF', each.masterHost, each.masterPort]);
  }
}
