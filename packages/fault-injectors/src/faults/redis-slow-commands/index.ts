import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { addressOf, chooseInstance, instanceParam } from '../../application/redis/choose.ts';
import { checkHelper, helperAccesses, helperChanged, helperChanges, helperLeft, helperParams, startHelper, stopHelper } from '../../application/redis/clientPods.ts';
import { readSettings } from '../../application/redis/info.ts';
import { onRedis } from '../../application/redis/onRedis.ts';
import { SLOW_SCRIPT, startSlowLoop } from '../../application/redis/slowLoop.ts';
import { inSession, redisPlace } from '../../application/redis/tier.ts';
import { defineFault } from '../../definition/defineFault.ts';
import type { RedisSession } from '../../target.ts';

const params = z.object({
  ...instanceParam,
  milliseconds: z.number().int().min(10).max(2_000).default(200).describe('how long Redis answers nobody, each time'),
  every: z.number().int().min(10).max(60_000).default(1_000).describe('milliseconds between the end of one and the begin of the next'),
  ...helperParams,
  ...redisPlace,
});

/** Parameters of {@link redisSlowCommands}. */
export type RedisSlowCommandsParams = z.input<typeof params>;
type Params = z.output<typeof params>;

interface Before {
  readonly instance: string;
  readonly runId: string;
  /** The newest entry of the slow log. -1 when it is empty. */
  readonly lastEntry: number;
}

/** An older entry is no sign that it goes on. Seconds, on top of the time between two. */
const FRESH_SECONDS = 5;

/** Runs a script that takes a Redis instance a while, again and again. */
export const redisSlowCommands = defineFault({
  id: 'redis-slow-commands',
  title: 'Redis is busy with slow commands',
  params,
  provable: 'application',
  symptom: 'In apache-*, event.duration_us of requests that read or write entries gets as long as the slow command; in redis-*, redis.instantaneous_ops_per_sec falls. SLOWLOG on the instance lists the script.',
  targets: onRedis<Params, Before>({
    accesses: helperAccesses,
    async observe(tier, wanted) {
      await checkHelper(tier, wanted);
      const { pod, runId } = await chooseInstance(tier, wanted.instance);
      return await inSession(tier, pod, async (session) => {
        const { 'slowlog-log-slower-than': limit } = await readSettings(session, ['slowlog-log-slower-than']);
        const shows = limit !== undefined && Number(limit) >= 0 && Number(limit) < wanted.milliseconds * 1_000 * 0.8;
        if (!shows) {
          throw new PodscopeError('FAULT_TARGET_UNFIT', `The slow log of ${pod} would not show a command of ${wanted.milliseconds} ms.`, { hint: `slowlog-log-slower-than is ${limit ?? 'not told'} (microseconds; below 0 is off). Take a longer one, or change that setting.` });
        }
        const [newest] = await slowEntries(session, 1);
        return { instance: pod, runId, lastEntry: newest?.id ?? -1 };
      });
    },
    plan: ({ instance }, wanted) => ({ changes: helperChanges(wanted, `a script of about ${wanted.milliseconds} ms on ${instance}, ${wanted.every} ms apart`) }),
    touches: ({ instance }) => [instance],
    async inject(run, wanted) {
      const { instance } = run.before;
      const args = ['report', '--redis', await addressOf(run.target, instance), '--milliseconds', String(wanted.milliseconds), '--every', String(wanted.every)];
      await startHelper(run, wanted, args, () => startSlowLoop(run.target, instance, wanted.milliseconds, wanted.every));
    },
    async verify({ target, before }, wanted) {
      return await inSession(target, before.instance, async (session) => {
        const now = Number(((await session.command('TIME')) as readonly unknown[])[0]);
        const recent = FRESH_SECONDS + (2 * (wanted.every + wanted.milliseconds)) / 1_000;
        const slow = (await slowEntries(session, 64)).filter(({ id, isOurs }) => isOurs && id > before.lastEntry);
        const fresh = slow.filter(({ at }) => at >= now - recent);
        const longest = Math.max(0, ...fresh.map(({ micros }) => micros));
        const findings = [`${before.instance}: ${slow.length} slow commands in SLOWLOG since the injection, ${fresh.length} of them in the last ${Math.round(recent)} s, the longest of ${Math.round(longest / 1_000)} ms`];
        return { symptom: fresh.length > 0 ? 'present' : 'absent', findings };
      });
    },
    changedSince: helperChanged,
    revert: stopHelper,
    async restored(run, wanted) {
      const left = await helperLeft(run, wanted);
      return { symptom: left.length === 0 ? 'absent' : 'present', findings: left.length === 0 ? ['nobody runs the script any more; SLOWLOG keeps what it saw'] : left };
    },
  }),
});

/** The newest entries of the slow log: id, time, microseconds, command (https://redis.io/docs/latest/commands/slowlog-get/). */
async function slowEntries(session: RedisSession, count: number): Promise<readonly { readonly id: number; readonly at: number; readonly micros: number; readonly isOurs: boolean }[]> {
  const entries = (await session.command('SLOWLOG', 'GET', String(count))) as readonly (readonly unknown[])[];
  return entries.map(([id, at, micros, command]) => ({ id: Number(id), at: Number(at), micros: Number(micros), isOurs: isSlowScript(command) }));
}

function isSlowScript(command: unknown): boolean {
  const script = Array.isArray(command) ? String(command[1] ?? '') : '';
  // The log cuts long arguments.
  return script.length > 20 && SLOW_SCRIPT.startsWith(script.replace(/\.\.\. \(\d+ more bytes\)$/, ''));
}
