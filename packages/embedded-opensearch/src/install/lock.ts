import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import type { OnProgress } from '../progress.ts';

/** A holder that has not renewed its lock for this long is dead. */
const STALE_MS = 10_000;

/** How long {@link withLock} waits for a living holder: an install over a slow line. */
const WAIT_MS = 15 * 60_000;

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}

interface LockOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly waitMs?: number;
}

async function acquire(path: string, options: LockOptions): Promise<() => Promise<void>> {
  const deadline = Date.now() + (options.waitMs ?? WAIT_MS);
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    let isLost = false;
    // Somebody took it over because this process stood still for so long. Both now do the same work, each beside and
    // then by a rename, so that is no reason to end this process, which is what the library does otherwise.
    const onCompromised = (): void => {
      isLost = true;
    };
    try {
      const release = await lock(path, { realpath: false, stale: STALE_MS, update: 2_000, lockfilePath: path, onCompromised });
      return async () => {
        if (!isLost) await release();
      };
    } catch (error) {
      if (!isLocked(error) || Date.now() > deadline) throw error;
      if (!told) options.onProgress?.({ type: 'waiting-for-lock', path });
      told = true;
      await new Promise((done) => setTimeout(done, 300));
    }
  }
}

/**
 * Runs `work` while no other process holds `path`'s lock. A dead holder's lock is taken over within about ten seconds.
 *
 * @throws whatever `work` throws, or the lock's own error after fifteen minutes of a living holder, or the signal's
 *   reason.
 */
export async function withLock<Result>(path: string, work: () => Promise<Result>, options: LockOptions = {}): Promise<Result> {
  await mkdir(dirname(path), { recursive: true });
  const release = await acquire(path, options);
  try {
    return await work();
  } finally {
    await release();
  }
}
