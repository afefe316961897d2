import type { RedisSession } from '../../target.ts';
import type { RedisTier } from './tier.ts';

/**
 * Counts up to its argument. Redis answers nobody else meanwhile, and has no clock in a script that goes on by itself: in Redis 7.0 there is no
 * `os`, and TIME stands still during a script from 7.2 on. The same as `report` of the guestbook's clients runs.
 */
export const SLOW_SCRIPT = 'local sum = 0 for index = 1, tonumber(ARGV[1]) do sum = sum + index % 7 end return sum';
const FIRST_COUNT = 200_000;
const MOST_COUNT = 500_000_000;
const AGAIN_MS = 1_000;

/**
 * Runs the script on an instance so that it takes about that long, again and again, until the returned function is called. How fast the server
 * counts is learned on the way.
 *
 * @throws what the session throws when the first one fails.
 */
export async function startSlowLoop(tier: RedisTier, instance: string, milliseconds: number, every: number): Promise<() => Promise<void>> {
  let session: RedisSession | undefined = await tier.open(instance);
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let count = FIRST_COUNT;
  const once = async (): Promise<void> => {
    session ??= await tier.open(instance);
    const from = performance.now();
    await session.command('EVAL', SLOW_SCRIPT, '0', String(count));
    const step = Math.min(4, Math.max(0.5, milliseconds / Math.max(1, performance.now() - from)));
    count = Math.min(MOST_COUNT, Math.max(FIRST_COUNT / 10, Math.round(count * step)));
  };
  const again = async (): Promise<void> => {
    let wait = every;
    try {
      await once();
    } catch {
      // A restarted instance takes the next one.
      await session?.close();
      session = undefined;
      wait = Math.max(every, AGAIN_MS);
    }
    if (!ended) timer = setTimeout(() => void again(), wait).unref();
  };
  await once();
  timer = setTimeout(() => void again(), every).unref();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await session?.close();
  };
}
