import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { onRedis } from '../../application/redis/onRedis.ts';
import { figuresOf, instanceNames, masterOf, readRoles, type RedisRole } from '../../application/redis/replication.ts';
import { commandOn, redisPlace, type RedisTier } from '../../application/redis/tier.ts';
import { defineFault } from '../../definition/defineFault.ts';

const params = z.object({
  replicas: z.array(z.string().min(1).max(253)).max(100).default([]).describe('names of the replicas’ pods; none: the first replica'),
  host: z.string().regex(/^[\w.:-]{1,253}$/).default('127.0.0.1').describe('the primary that the replicas are sent to; nothing may answer there'),
  hostPort: z.number().int().min(1).max(65_535).default(1).describe('its port; nothing may answer there'),
  ...redisPlace,
});

/** Parameters of {@link redisReplicationBroken}. */
export type RedisReplicationBrokenParams = z.input<typeof params>;
type Params = z.output<typeof params>;

interface Before {
  readonly roles: readonly RedisRole[];
  /** Names of the replicas that lose their primary. */
  readonly replicas: readonly string[];
}

/** Sends Redis replicas to a primary that isn't there: they serve what they have, and nothing new comes. */
export const redisReplicationBroken = defineFault({
  id: 'redis-replication-broken',
  title: 'Redis replicas have lost their primary',
  params,
  provable: 'application',
  symptom: 'In redis-*, redis.master_link_up is false on the replica and redis.replication_lag_bytes grows; redis.connected_slaves of the primary is lower. Entries that visitors write are missing on pages that this replica answers.',
  targets: onRedis<Params, Before>({
    async observe(tier, wanted) {
      const roles = await readRoles(tier);
      masterOf(roles, tier);
      const all = roles.filter(({ role }) => role === 'slave');
      const replicas = wanted.replicas.length > 0 ? wanted.replicas : all.slice(0, 1).map(({ pod }) => pod);
      const unknown = replicas.filter((name) => !all.some(({ pod }) => pod === name));
      if (replicas.length === 0 || unknown.length > 0) {
        throw new PodscopeError('FAULT_TARGET_UNFIT', unknown.length > 0 ? `Not a Redis replica of ${tier.id}: ${unknown.join(', ')}.` : `${tier.id} has no Redis replicas.`, { hint: `Its replicas are: ${all.map(({ pod }) => pod).join(', ') || 'none'}.` });
      }
      for (const name of replicas) {
        const { readOnly, linkUp } = await figuresOf(tier, name);
        // A replica takes all data of its primary when it comes back: what was written to it alone would be gone.
        if (!readOnly) throw new PodscopeError('FAULT_TARGET_UNFIT', `${name} takes writes of its own, which would be lost when it finds its primary again.`, { hint: 'Only replicas with replica-read-only yes are sent away.' });
        if (!linkUp) throw new PodscopeError('FAULT_TARGET_UNFIT', `${name} has lost its primary already.`, { hint: 'Restore replication first.' });
      }
      return { roles, replicas };
    },
    plan: ({ replicas, roles }, { host, hostPort }) => ({
      changes: replicas.map((name) => {
        const role = roles.find(({ pod }) => pod === name);
        return { kind: 'redis-replication', name, action: 'update' as const, reason: `REPLICAOF ${role?.masterHost}:${role?.masterPort} → ${host}:${hostPort}`, desired: { host, port: hostPort } };
      }),
    }),
    touches: ({ replicas }) => replicas,
    async inject({ target, before, step }, { host, hostPort }) {
      for (const name of before.replicas) await step(`send ${name} away`, async () => void (await commandOn(target, name, ['REPLICAOF', host, String(hostPort)])));
    },
    async verify({ target, before }) {
      const findings: string[] = [];
      let down = 0;
      for (const name of before.replicas) {
        const { role, linkUp, offset } = await figuresOf(target, name);
        if (role === 'slave' && !linkUp) down++;
        findings.push(`${name}: ${role}, master_link_status ${linkUp ? 'up' : 'down'}, offset ${offset}`);
      }
      return { symptom: down === 0 ? 'absent' : down === before.replicas.length ? 'present' : 'partial', findings };
    },
    async changedSince({ target, before }, { host, hostPort }) {
      return (await movedReplicas(target, before)).filter(({ now }) => !isAt(now, host, hostPort)).map(({ was, now }) => `${was.pod}: follows ${followed(was)} → ${followed(now)}`);
    },
    async revert({ target, before, step }) {
      for (const { was, now } of await movedReplicas(target, before)) {
        if (was.masterHost === null || was.masterPort === null) continue;
        if (now.role === 'master') {
          throw new PodscopeError('FAULT_TARGET_UNFIT', `${was.pod} has become a primary since: what was written to it would be lost.`, { hint: `Decide which instance has the right data, and send ${was.pod} back by REPLICAOF ${was.masterHost} ${was.masterPort}.` });
        }
        await step(`send ${was.pod} back`, async () => void (await commandOn(target, was.pod, ['REPLICAOF', was.masterHost ?? '', was.masterPort ?? ''])));
      }
    },
    async restored({ target, before }) {
      const findings: string[] = [];
      for (const { was, now } of await movedReplicas(target, before)) findings.push(`${was.pod}: follows ${followed(now)}`);
      const there = await instanceNames(target);
      const primary = before.roles.find(({ role }) => role === 'master')?.pod ?? '';
      const offset = there.includes(primary) ? (await figuresOf(target, primary)).offset : 0;
      for (const name of before.replicas.filter((each) => there.includes(each))) {
        const figures = await figuresOf(target, name);
        if (!figures.linkUp) findings.push(`${name}: the link to its primary is not up`);
        // What was written meanwhile is there, too; a primary writes at least a ping every ten seconds.
        else if (figures.offset < offset) findings.push(`${name}: ${offset - figures.offset} bytes behind its primary`);
      }
      return { symptom: findings.length === 0 ? 'absent' : 'present', findings: findings.length === 0 ? ['every replica follows its primary, and is linked'] : findings };
    },
  }),
});

/** The fault's replicas that don't follow whom they followed. One that was restarted since has its own configuration again; one that is gone has nothing. */
async function movedReplicas(tier: RedisTier, before: Before): Promise<readonly { readonly was: RedisRole; readonly now: RedisRole }[]> {
  const roles = await readRoles(tier);
  return before.replicas.flatMap((name) => {
    const was = before.roles.find(({ pod }) => pod === name);
    const now = roles.find(({ pod }) => pod === name);
    return was === undefined || now === undefined || isAt(now, was.masterHost, was.masterPort) ? [] : [{ was, now }];
  });
}

function isAt({ role, masterHost, masterPort }: RedisRole, host: string | null, port: string | number | null): boolean {
  return role === 'slave' && masterHost === host && masterPort === String(port);
}

function followed({ role, masterHost, masterPort }: RedisRole): string {
  return role === 'master' ? 'nobody (it is a primary)' : `${masterHost}:${masterPort}`;
}
