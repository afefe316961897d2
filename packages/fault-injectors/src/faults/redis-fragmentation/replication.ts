import { PodscopeError } from '@podscope/core';
import type { FaultTarget } from '../../target.ts';
import { readFigures, type RedisFigures } from './info.ts';

const POLL_MS = 200;

/** One Redis pod and where it replicates from. */
export interface RedisRole {
  readonly pod: string;
  readonly role: 'master' | 'slave';
  readonly masterHost: string | null;
  readonly masterPort: string | null;
}

/** The names of the target's Redis pods. @throws PodscopeError FAULT_TARGET_UNFIT when there are none. */
export async function redisPods(target: FaultTarget): Promise<readonly string[]> {
  const names = (await target.pods()).filter((pod) => pod.role !== undefined).map((pod) => pod.name);
  if (names.length > 0) return names;
  throw new PodscopeError('FAULT_TARGET_UNFIT', `${target.id} has no Redis pods.`, { hint: 'Wait until the target is up.' });
}

/** `INFO` of one pod, over a session of its own. */
export async function figuresOf(target: FaultTarget, pod: string): Promise<RedisFigures> {
  const session = await target.redis(pod);
  try {
    return await readFigures(session);
  } finally {
    await session.close();
  }
}

/** The roles as the servers themselves see them: a failover may have changed them. */
export async function readRoles(target: FaultTarget): Promise<readonly RedisRole[]> {
  const roles: RedisRole[] = [];
  for (const pod of await redisPods(target)) {
    const { role, masterHost, masterPort } = await figuresOf(target, pod);
    roles.push({ pod, role, masterHost, masterPort });
  }
  return roles;
}

/** The pod that takes writes. @throws PodscopeError FAULT_TARGET_UNFIT when none or several do. */
export function masterOf(roles: readonly RedisRole[], target: FaultTarget): string {
  const masters = roles.filter((each) => each.role === 'master');
  const [first] = masters;
  if (first && masters.length === 1) return first.pod;
  throw new PodscopeError('FAULT_TARGET_UNFIT', `${target.id} has ${masters.length} Redis primaries instead of one.`, {
    hint: 'Restore replication first.',
  });
}

/** Waits until every replica has what the primary has. @throws PodscopeError FAULT_TARGET_UNFIT after `timeoutMs`. */
export async function waitForReplicas(target: FaultTarget, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    // A pod that is just restarting refuses connections: not caught up yet.
    const behind = await lagging(target).catch((error: unknown) => String(error));
    if (behind === null) return;
    if (Date.now() > deadline) {
      throw new PodscopeError('FAULT_TARGET_UNFIT', `The replicas of ${target.id} did not catch up within ${timeoutMs / 1000} s.`, {
        hint: 'Check that every Redis pod runs and replicates.',
        details: [behind],
      });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function lagging(target: FaultTarget): Promise<string | null> {
  const pods = await redisPods(target);
  const figures = await Promise.all(pods.map((pod) => figuresOf(target, pod)));
  const primary = figures.filter((each) => each.role === 'master');
  if (primary.length !== 1 || !primary[0]) return `${primary.length} primaries`;
  const offset = primary[0].offset;
  // Traffic goes on meanwhile: a replica that has nearly all of it replicates.
  const late = figures.findIndex((each) => !each.linkUp || each.offset < offset - 65_536);
  return late < 0 ? null : `${pods[late] ?? 'a pod'} is behind`;
}

/** Gives every pod the role that it had. Waits until a former primary has all data before it is promoted. */
export async function restoreRoles(target: FaultTarget, before: readonly RedisRole[]): Promise<void> {
  const now = await readRoles(target);
  const wanted = before.find((each) => each.role === 'master');
  const current = now.find((each) => each.pod === wanted?.pod);
  if (!wanted || !current) return;
  if (current.role === 'slave') {
    await waitForReplicas(target);
    await commandOn(target, wanted.pod, ['REPLICAOF', 'NO', 'ONE']);
  }
  for (const each of before) {
    if (each.role !== 'slave' || each.masterHost === null || each.masterPort === null) continue;
    const same = now.find((other) => other.pod === each.pod);
    if (same && same.role === 'slave' && same.masterHost === each.masterHost && same.masterPort === each.masterPort) continue;
    await commandOn(target, each.pod, ['REPLICAOF', each.masterHost, each.masterPort]);
  }
}

/** One command to one pod. */
export async function commandOn(target: FaultTarget, pod: string, command: readonly string[]): Promise<unknown> {
  const session = await target.redis(pod);
  try {
    return await session.command(...command);
  } finally {
    await session.close();
  }
}
