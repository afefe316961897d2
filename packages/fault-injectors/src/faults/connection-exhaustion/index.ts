import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { addressOf, chooseInstance, instanceParam } from '../../application/redis/choose.ts';
import { holdConnections, tryConnection, whenThereIsRoom } from '../../application/redis/connections.ts';
import { checkHelper, helperAccesses, helperChanged, helperChanges, helperLeft, helperParams, isByClient, startHelper, stopHelper } from '../../application/redis/clientPods.ts';
import { readFigures, readSettings } from '../../application/redis/info.ts';
import { onRedis } from '../../application/redis/onRedis.ts';
import { inSession, redisPlace, type RedisTier } from '../../application/redis/tier.ts';
import { defineFault } from '../../definition/defineFault.ts';
import type { RedisSession } from '../../target.ts';

const params = z.object({
  ...instanceParam,
  connections: z.number().int().min(4).max(500).default(24).describe('how many connections are held; so many get free first when the fault is reverted'),
  ...helperParams,
  client: helperParams.client.default('worker-pool'),
  ...redisPlace,
});

/** Parameters of {@link connectionExhaustion}. */
export type ConnectionExhaustionParams = z.input<typeof params>;
type Params = z.output<typeof params>;

const SETTING = 'maxclients';
/** How long a revert asks for a connection: the pod of a client takes its time to end. */
const ROOM_MS = 30_000;
/** The client takes whatever gets free, up to this. */
const CLIENT_POOL = 1_000;

interface Before {
  readonly instance: string;
  readonly runId: string;
  readonly maxclients: string;
  /** What the fault sets: those who are there now, and the held ones. */
  readonly limit: number;
}

/** Holds connections to a Redis instance and lowers its limit to what is connected: nobody else gets in. */
export const connectionExhaustion = defineFault({
  id: 'connection-exhaustion',
  title: 'Redis takes no more connections',
  params,
  provable: 'application',
  symptom: 'In redis-*, redis.connected_clients is high and level, or samples of the instance are missing because the shipper gets no connection either; in apache-*, web pods that connect anew answer with http.response.status_code 503 and log GUESTBOOK_REDIS_FAILED or GUESTBOOK_NO_PRIMARY.',
  targets: onRedis<Params, Before>({
    accesses: helperAccesses,
    async observe(tier, wanted) {
      await checkHelper(tier, wanted);
      const { pod } = await chooseInstance(tier, wanted.instance);
      return await inSession(tier, pod, async (session) => {
        const { runId, connectedClients, connectedReplicas } = await readFigures(session);
        const { maxclients } = await readSettings(session, [SETTING]);
        if (maxclients === undefined) throw new PodscopeError('FAULT_TARGET_UNFIT', `${pod} does not tell its maxclients, as managed Redis services don't.`, { hint: 'This fault needs CONFIG GET and CONFIG SET.' });
        // This session is among the connected ones, and will be gone.
        const limit = connectedClients + connectedReplicas - 1 + wanted.connections;
        if (Number(maxclients) <= limit) throw new PodscopeError('FAULT_TARGET_UNFIT', `${pod} has room for fewer than ${wanted.connections} more connections.`, { hint: 'Take fewer connections.' });
        return { instance: pod, runId, maxclients, limit };
      });
    },
    plan: ({ instance, maxclients, limit }, wanted) => ({
      changes: [...helperChanges(wanted, `holds ${wanted.connections} connections to ${instance}`), { kind: 'redis-config', name: instance, action: 'update', reason: `maxclients ${maxclients} → ${limit}`, desired: { maxclients: String(limit) } }],
    }),
    touches: ({ instance }) => [instance],
    async inject(run, wanted) {
      const { target, before, signal } = run;
      const args = ['pool', '--redis', await addressOf(target, before.instance), '--size', String(CLIENT_POOL)];
      // The limit first where a client takes all that there is: it would take thousands.
      const limit = () =>
        run.step('set the limit', () => whenThereIsRoom(target, before.instance, ROOM_MS, signal, async (session) => void (await session.command('CONFIG', 'SET', SETTING, String(before.limit)))));
      if (isByClient(wanted)) await limit();
      await startHelper(run, wanted, args, () => holdConnections(target, before.instance, wanted.connections));
      if (!isByClient(wanted)) await limit();
    },
    async verify({ target, before }) {
      const isFull = (await tryConnection(target, before.instance)) === 'full';
      return { symptom: isFull ? 'present' : 'absent', findings: [`${before.instance} ${isFull ? 'refuses a new connection: max number of clients reached' : 'takes a new connection'}`] };
    },
    async changedSince(run, wanted) {
      const changed = await helperChanged(run, wanted);
      const now = await limitNow(run.target, run.before).catch(() => undefined);
      if (now === undefined || now === run.before.maxclients || now === String(run.before.limit)) return changed;
      return [...changed, `${run.before.instance} maxclients: ${run.before.limit} → ${now}`];
    },
    async revert(run, wanted) {
      const { target, before, signal, step } = run;
      await stopHelper(run, wanted);
      if (!(await target.instances()).some(({ name }) => name === before.instance)) return;
      await whenThereIsRoom(target, before.instance, ROOM_MS, signal, async (session) => {
        if (!(await isLimitLeft(session, before))) return;
        await step('restore the limit', async () => void (await session.command('CONFIG', 'SET', SETTING, before.maxclients)));
      });
    },
    async restored(run, wanted) {
      const findings = [...(await helperLeft(run, wanted))];
      const { instance, maxclients } = run.before;
      const isThere = (await run.target.instances()).some(({ name }) => name === instance);
      if (isThere && (await inSession(run.target, instance, (session) => isLimitLeft(session, run.before)))) findings.push(`${instance} maxclients is not ${maxclients} again`);
      return { symptom: findings.length === 0 ? 'absent' : 'present', findings: findings.length === 0 ? ['the limit is as before, and nobody holds connections'] : findings };
    },
  }),
});

/**
 * Whether the limit is to be restored. A process that was started anew has its own again, but for the fault's that somebody has written there
 * (CONFIG REWRITE).
 */
async function isLimitLeft(session: RedisSession, { runId, maxclients, limit }: Before): Promise<boolean> {
  const { [SETTING]: now } = await readSettings(session, [SETTING]);
  if (now === undefined || now === maxclients) return false;
  return now === String(limit) || (await readFigures(session)).runId === runId;
}

/** Undefined where the process is another one, or the instance is gone. */
async function limitNow(tier: RedisTier, before: Before): Promise<string | undefined> {
  if (!(await tier.instances()).some(({ name }) => name === before.instance)) return undefined;
  return await inSession(tier, before.instance, async (session) => {
    const { runId } = await readFigures(session);
    return runId === before.runId ? (await readSettings(session, [SETTING]))[SETTING] : undefined;
  });
}
