import { lock } from 'proper-lockfile';
import { sleep } from '../../engine/until.ts';

/** A holder that has not renewed its lock for this long is dead. */
const STALE_MS = 5_000;
/** No change of a store takes as long; a holder may have died, which is noticed after {@link STALE_MS}. */
const WAIT_MS = 30_000;
const AGAIN_MS = 20;

/** Runs `work` while no other process, and nothing else in this one, holds the lock at `path`. @throws the lock's own error after half a minute. */
export async function withLock<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  const release = await acquire(path);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function acquire(path: string): Promise<() => Promise<void>> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    try {
      let isLost = false;
      const release = await lock(path, {
        realpath: false,
        lockfilePath: path,
        stale: STALE_MS,
        update: 1_000,
        // This process stood still for so long that somebody took it over. The library would end the process.
        onCompromised: () => void (isLost = true),
      });
      return async () => {
        if (!isLost) await release();
      };
    } catch (error) {
      const isHeld = error instanceof Error && 'code' in error && error.code === 'ELOCKED';
      if (!isHeld || performance.now() > deadline) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
