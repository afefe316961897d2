import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireDiskSpace } from './disk-space.ts';
import { withLock } from './lock.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-lock-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('lets one in at a time', async () => {
  const path = join(directory, 'one');
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await new Promise((done) => setTimeout(done, 20));
    inside--;
  };
  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
  expect(most).toBe(1);
  expect(existsSync(path)).toBe(false);
});

it('releases the lock when the work fails, and hands the failure on', async () => {
  const path = join(directory, 'two');
  await expect(withLock(path, () => Promise.reject(new Error('work')))).rejects.toThrow('work');
  expect(await withLock(path, () => Promise.resolve('again'))).toBe('again');
});

it('takes over from a holder that was killed', { timeout: 30_000 }, async () => {
  const path = join(directory, 'three');
  const holder = spawn(process.execPath, ['--conditions=@podscope/source', fileURLToPath(new URL('fixtures/hold-lock.ts', import.meta.url)), path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((done) => holder.stdout.once('data', done));
  await expect(withLock(path, () => Promise.resolve(), { waitMs: 1 })).rejects.toMatchObject({ code: 'ELOCKED' });
  holder.kill('SIGKILL');
  expect(await withLock(path, () => Promise.resolve('mine'))).toBe('mine');
});

it('survives that its lock was taken over while it stood still', { timeout: 30_000 }, async () => {
  const path = join(directory, 'four');
  const work = async (): Promise<string> => {
    // As if another process had found the lock stale: made anew, with a time that is not ours.
    await utimes(path, new Date(0), new Date(0));
    await new Promise((done) => setTimeout(done, 3_000));
    return 'done';
  };
  expect(await withLock(path, work)).toBe('done');
});

it('asks for room on the disk', async () => {
  await requireDiskSpace(directory, 1);
  await expect(requireDiskSpace(directory, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'OPENSEARCH_NO_DISK_SPACE', message: expect.stringContaining(directory) });
});
