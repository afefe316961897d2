import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { FaultRecord, FaultStore } from './types.ts';

/** Who has given no sign of life for so long is gone. Several heartbeats may be lost, and an API server may restart meanwhile. */
export const GRACE_MS = 30_000;

/** A new opaque id of a fault: 16 hexadecimal digits that mean nothing. */
export function createFaultId(): string {
  return randomBytes(8).toString('hex');
}

/** A name for one injector or reverter: `host:pid:user:`, eight digits of its own, and where its pid means anything. */
export function nameMyself(): string {
  return [hostname(), process.pid, userName(), randomBytes(4).toString('hex'), ...(PID_SPACE === undefined ? [] : [PID_SPACE])].join(':');
}

/**
 * Tells this boot of this machine, and this container, from others of the same host name: a pid says nothing there (man 7 pid_namespaces, man 5
 * proc_sys_kernel). Undefined where the system doesn't say.
 */
const PID_SPACE = pidSpace();

function pidSpace(): string | undefined {
  try {
    const all = `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')} ${readlinkSync('/proc/self/ns/pid')}`;
    return createHash('sha256').update(all).digest('hex').slice(0, 8);
  } catch {
    return undefined;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container, a user often has a number only.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** The store's clock, read once and carried on by a clock that never jumps. Milliseconds since 1970. */
export async function storeClock(store: FaultStore): Promise<() => number> {
  const start = performance.now();
  const at = await store.now();
  return () => at + performance.now() - start;
}

/** True while somebody can be expected to go on: it gave a sign of life lately, and its process is there if that can be told from here. */
export function isAlive(who: { readonly by: string; readonly aliveAt: string }, now: number, graceMs = GRACE_MS): boolean {
  if (who.by === '' || now - Date.parse(who.aliveAt) >= graceMs) return false;
  const [host, pid, , , pids] = who.by.split(':');
  if (host !== hostname() || pids !== PID_SPACE) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** True while its injector can be expected to revert it. */
export function isTended(record: FaultRecord, now: number, graceMs = GRACE_MS): boolean {
  return isAlive({ by: record.injector, aliveAt: record.aliveAt }, now, graceMs);
}
