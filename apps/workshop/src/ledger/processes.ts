import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The variable that every process of a run carries in its environment; its value is in the ledger. */
export const OWNER_VARIABLE = 'PODSCOPE_OWNER';

/**
 * When a process started, as text to compare with: pid and start together name one process for ever, a pid alone is
 * used again. Undefined when there is no such process, or it is a zombie.
 */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command's name is in parentheses and may hold anything; the fields that count come after the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Every living process whose environment carries `owner`. Linux only; elsewhere the ledger's pids have to do. */
export function ownedBy(owner: string): number[] {
  if (process.platform !== 'linux') return [];
  const wanted = `${OWNER_VARIABLE}=${owner}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return pid !== process.pid && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(wanted) && startOf(pid) !== undefined;
      } catch {
        // Another user's process, or one that ended while we looked.
        return false;
      }
    });
}

/** Sends a signal; false when the process has ended already. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
