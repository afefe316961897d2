import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { PodscopeError } from '@podscope/core';
import { directoryError } from '../../../directoryError.ts';
import { packageVersion } from '../entry.ts';

/** The kernel takes about 107 bytes for the path of a Unix socket. */
const SOCKET_PATH_LIMIT = 100;

/** The path of the control socket: in the run directory, or, where that is too long, a short one that the ledger names. */
export function socketPath(runDir: string): string {
  const path = join(runDir, 'control.sock');
  if (Buffer.byteLength(path) <= SOCKET_PATH_LIMIT) return path;
  return join(tmpdir(), `podscope-${createHash('sha256').update(runDir).digest('hex').slice(0, 16)}.sock`);
}

const series = (version: string): string => version.split('.').slice(0, 2).join('.');

/**
 * Makes sure that this version can go on with what the run directory holds. Changes nothing.
 *
 * @throws PodscopeError RUN_DIR_VERSION, DIRECTORY_UNUSABLE
 */
export function checkRunDirectory(runDir: string): void {
  let text: string;
  try {
    text = readFileSync(join(runDir, 'version.json'), 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw directoryError(runDir, 'run directory', 'PODSCOPE_RUN_DIR', cause);
  }
  const mine = packageVersion();
  const theirs = versionIn(text);
  if (theirs !== undefined && series(theirs) === series(mine)) return;
  throw new PodscopeError('RUN_DIR_VERSION', `${runDir} was written by Podscope ${theirs ?? 'of an unknown version'}; this is ${mine}.`, {
    hint: 'Move or remove that directory, or set PODSCOPE_RUN_DIR to another one.',
  });
}

function versionIn(text: string): string | undefined {
  try {
    const { version } = JSON.parse(text) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    // Cut short or not ours: the caller names it an unknown version.
    return undefined;
  }
}

/**
 * Makes the run directory's parts and marks it as this version's.
 *
 * @throws PodscopeError DIRECTORY_UNUSABLE, NO_DISK_SPACE
 */
export function prepareRunDirectory(runDir: string): void {
  try {
    for (const name of ['logs/containers', 'logs/nodes', 'collector', 'redis', 'opensearch', 'journal']) {
      mkdirSync(join(runDir, name), { recursive: true, mode: 0o700 });
    }
    // By rename: a half-written mark would make the whole directory somebody else's.
    const path = join(runDir, 'version.json');
    writeFileSync(`${path}.new`, `${JSON.stringify({ version: packageVersion() })}\n`);
    renameSync(`${path}.new`, path);
  } catch (cause) {
    throw directoryError(runDir, 'run directory', 'PODSCOPE_RUN_DIR', cause);
  }
}
