import { statfs } from 'node:fs/promises';
import { PodscopeError } from '@podscope/core';

/** Bytes that an installation of each kind takes at its peak: what is downloaded, unpacked, and the class archive. */
export const NEEDED_BYTES = { maven: 1_000_000_000, tarball: 4_000_000_000 } as const;

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * Makes sure that `directory`'s file system has room for `bytes`.
 *
 * @throws PodscopeError `OPENSEARCH_NO_DISK_SPACE`.
 */
export async function requireDiskSpace(directory: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new PodscopeError('OPENSEARCH_NO_DISK_SPACE', `Installing OpenSearch needs ${gigabytes(bytes)} in ${directory}; ${gigabytes(free)} are free.`, {
    hint: 'Free some space, or name a cache directory on another disk.',
  });
}
