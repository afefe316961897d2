import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { directoryError } from '../directoryError.ts';
import { startOf } from './processes.ts';

interface Holder {
  readonly pid: number;
  readonly start: string;
}

function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    // Gone in between, or cut short by a full disk: then nobody holds it.
    return undefined;
  }
}

function lives(holder: Holder | undefined): boolean {
  return holder !== undefined && startOf(holder.pid) === holder.start;
}

const FILE = 'supervisor.lock';

/** The living process that holds the run directory. */
export function lockHolder(runDir: string): number | undefined {
  const holder = holderOf(join(runDir, FILE));
  return lives(holder) ? holder?.pid : undefined;
}

/**
 * Takes the run directory for this process. A holder that died, however, holds nothing.
 *
 * @returns what gives it back.
 * @throws PodscopeError UP_ALREADY_RUNNING, DIRECTORY_UNUSABLE, NO_DISK_SPACE
 */
export function lockRunDir(runDir: string): () => void {
  const path = join(runDir, FILE);
  const mine = `${path}.${process.pid}`;
  try {
    mkdirSync(runDir, { recursive: true });
    writeFileSync(mine, JSON.stringify({ pid: process.pid, start: startOf(process.pid) ?? '' } satisfies Holder));
    for (;;) {
      try {
        linkSync(mine, path);
        return () => rmSync(path, { force: true });
      } catch (cause) {
        if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
      }
      const holder = holderOf(path);
      if (lives(holder)) {
        throw new PodscopeError('UP_ALREADY_RUNNING', `Podscope already runs in ${runDir} (pid ${holder?.pid}).`, {
          hint: 'Run "podscope status" to see it or "podscope down" to end it.',
        });
      }
      takeAway(path, `${mine}.stale`);
    }
  } catch (cause) {
    throw directoryError(runDir, 'run directory', 'PODSCOPE_RUN_DIR', cause);
  } finally {
    remove(mine);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (cause) {
    // Where nothing could be written, there is nothing to remove either.
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
  }
}

/** Removes a dead holder's lock. Between our look and our rename another process may have taken it: then give it back. */
function takeAway(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw cause;
  }
  if (lives(holderOf(aside))) renameSync(aside, path);
  else rmSync(aside, { force: true });
}
