import { setTimeout as sleep } from 'node:timers/promises';
import type { Hunts } from './hunts.ts';
import type { System } from './parts.ts';
import type { ProcessLog } from './processLog.ts';
import type { RealShippers } from './realShippers.ts';

const REVERT_LIMIT = 30_000;
const DRAIN_LIMIT = 8_000;

/**
 * Ends a system in order: faults are reverted, the visitors leave, the web pods finish, the shippers and the
 * collector ship what is left, Redis saves, OpenSearch stops. A part that fails doesn't keep the others.
 */
export async function stopSystem(system: System, hunts: Hunts | undefined, shippers: RealShippers | undefined, log: ProcessLog): Promise<void> {
  const attempt = async (what: string, run: () => Promise<unknown>): Promise<boolean> => {
    try {
      return (await run()) !== false;
    } catch (error) {
      log.write('warning', 'supervisor', `${what}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
  await attempt('reverting faults', () => within(REVERT_LIMIT, hunts?.close() ?? Promise.resolve()));
  system.actuator.close();
  await attempt('ending the visitors', () => system.visitors.close());
  await attempt('ending the web pods', () => system.web.close());
  await Promise.all([
    (async () => {
      const shipped = await Promise.all([
        attempt('draining the collector', () => system.collector.drain(DRAIN_LIMIT)),
        attempt('ending the shippers', async () => shippers?.finish()),
      ]);
      if (shipped.every(Boolean)) await attempt('noting that everything is shipped', async () => shippers?.markFinished());
      await attempt('ending the collector', () => system.collector.stop());
      await attempt('ending OpenSearch', () => system.opensearch.stop());
    })(),
    attempt('ending Redis', () => system.redis.stopAll()),
  ]);
  await attempt('closing the logs', async () => system.records.close());
}

async function within(limit: number, work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  const timeout = sleep(limit, undefined, { signal: late.signal }).then(
    () => Promise.reject(new Error(`it took longer than ${limit / 1000} s`)),
    () => undefined,
  );
  try {
    await Promise.race([work, timeout]);
  } finally {
    late.abort();
  }
}
