import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PodscopeError } from '@podscope/core';

/** What an evening of logs, the Redis data and OpenSearch's own files take. Bytes. */
const DISK_NEEDED = 1024 ** 3;

/** The configuration names settings that came with it. */
const LEAST_REDIS = 7;
const INSTALL = 'Install it: "apt install redis-server" on Debian, "brew install redis" on macOS; or run "podscope doctor --fix".';

/** @throws PodscopeError NO_REDIS */
async function checkRedis(): Promise<void> {
  const { stdout } = await promisify(execFile)('redis-server', ['--version'], { timeout: 10_000 }).catch((cause: unknown) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new PodscopeError('NO_REDIS', isMissing ? 'There is no redis-server on the PATH.' : 'The redis-server on the PATH does not run.', { hint: INSTALL, cause });
  });
  const version = /v=(\d+)([.\d]*)/.exec(stdout);
  if (version === null || Number(version[1]) >= LEAST_REDIS) return;
  throw new PodscopeError('NO_REDIS', `The redis-server on the PATH is ${version[1]}${version[2]}; ${LEAST_REDIS}.0 or newer is needed.`, { hint: 'Install a newer Redis, and put it first on the PATH.' });
}

/**
 * Looks at what the system needs before anything is started.
 *
 * @throws PodscopeError NO_REDIS, NO_DISK_SPACE
 */
export async function checkMachine(runDir: string): Promise<void> {
  await checkRedis();
  mkdirSync(runDir, { recursive: true });
  const { bavail, bsize } = await statfs(runDir);
  if (bavail * bsize >= DISK_NEEDED) return;
  throw new PodscopeError('NO_DISK_SPACE', `${Math.floor((bavail * bsize) / 1024 ** 2)} MB are free in ${runDir}; 1024 MB are needed.`, {
    hint: 'Make room, or set PODSCOPE_RUN_DIR to a directory on another disk.',
  });
}
