import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { PodscopeError } from '@podscope/core';

function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}

/** A port of the loopback address that nobody listens on now. */
export function freePort(): Promise<number> {
  return listen(0);
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR'].includes(String(error.code));
}

async function readOr<Result>(work: Promise<Result>, otherwise: Result): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    // Processes end while /proc is being read, and other users' are closed to us.
    if (isGone(error)) return otherwise;
    throw error;
  }
}

/**
 * Who listens on a TCP port of this machine, from `/proc` (Linux; see proc(5), /proc/net/tcp). Undefined where that does
 * not tell: another system, or another user's process.
 */
export async function portOwner(port: number): Promise<{ readonly pid: number; readonly command: string } | undefined> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readOr(readFile(table, 'utf8'), '')).split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(`:${hex}`) && columns[3] === '0A' && columns[9]) inodes.add(`socket:[${columns[9]}]`);
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const fd of await readOr(readdir(`/proc/${pid}/fd`), [])) {
      if (inodes.has(await readOr(readlink(`/proc/${pid}/fd/${fd}`), ''))) {
        return { pid: Number(pid), command: (await readOr(readFile(`/proc/${pid}/comm`, 'utf8'), '?')).trim() };
      }
    }
  }
  return undefined;
}

/**
 * Makes sure that nobody listens on `port`.
 *
 * @throws PodscopeError `OPENSEARCH_PORT_TAKEN`, with the owner's process id where it can be told.
 */
export async function requireFreePort(port: number): Promise<void> {
  try {
    await listen(port);
  } catch (cause) {
    const owner = await portOwner(port);
    const by = owner === undefined ? '' : ` by process ${owner.pid} (${owner.command})`;
    throw new PodscopeError('OPENSEARCH_PORT_TAKEN', `Port ${port} of 127.0.0.1 is taken${by}.`, {
      hint: 'End that process, name another port, or leave the port out to get a free one.',
      cause,
    });
  }
}
