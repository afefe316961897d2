import { readdirSync, readFileSync } from 'node:fs';
import { PodscopeError } from '@podscope/core';
import type { LocalProcess, LocalTarget } from '../definition/targets.ts';

/** What `/proc/<pid>/stat` says of a process (man 5 proc_pid_stat). */
export interface ProcessStat {
  /** `R`, `S`, `T` (stopped), `Z` (dead, not yet waited for), … */
  readonly state: string;
  /** In clock ticks since boot, as text. */
  readonly startTime: string;
  /** User and system time, seconds. */
  readonly cpuSeconds: number;
}

/** `sysconf(_SC_CLK_TCK)` is 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Undefined when there is no such process, or it is dead. */
export function statOf(pid: number): ProcessStat | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The command's name is in parentheses and may hold anything; the fields that count come after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  return { state, startTime: fields[19] ?? '', cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
}

/** What a process holds in memory of its own, bytes: without its program and libraries, some 35 MB for Node (`RssAnon`, man 5 proc_pid_status). 0 where it has ended. */
export function ownMemoryOf(pid: number): number {
  try {
    return Number(/^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

/** True while this very process lives: a pid alone is given away again. */
export function lives({ pid, startTime }: Pick<LocalProcess, 'pid' | 'startTime'>): boolean {
  return statOf(pid)?.startTime === startTime;
}

/** Sends a signal to this very process; false when it has ended. @throws PodscopeError FAULT_TARGET_UNFIT when this user may not */
export function signalProcess(process_: Pick<LocalProcess, 'name' | 'pid' | 'startTime'>, signal: NodeJS.Signals): boolean {
  if (!lives(process_)) return false;
  try {
    process.kill(process_.pid, signal);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ESRCH') return false;
    throw new PodscopeError('FAULT_TARGET_UNFIT', `${process_.name} (pid ${process_.pid}) can't be signalled.`, { hint: 'Is it a process of another user?', cause });
  }
}

/** The one process of that name. @throws PodscopeError FAULT_TARGET_UNFIT when it isn't there, or this system has no /proc */
export async function findProcess(target: LocalTarget, name: string): Promise<LocalProcess> {
  needProc(target);
  const processes = (await target.processes()).filter(lives);
  const found = processes.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new PodscopeError('FAULT_TARGET_UNFIT', `${target.id} has no process ${name}.`, { hint: `There are: ${processes.map((each) => each.name).join(', ') || 'none'}.` });
}

/** @throws PodscopeError FAULT_TARGET_UNFIT where processes can't be told apart for sure. */
export function needProc(target: LocalTarget): void {
  if (process.platform === 'linux') return;
  throw new PodscopeError('FAULT_TARGET_UNFIT', `Faults on the processes of ${target.id} need Linux: start times are read from /proc.`, { hint: 'Use a fault of another kind, or a Linux machine.' });
}

/** The variable that a process of a fault carries in its environment, so that it is found whoever started it. */
export const FAULT_VARIABLE = 'PODSCOPE_FAULT';

/** Every living process that carries a fault's id. */
export function processesOfFault(id: string): readonly LocalProcess[] {
  const wanted = `${FAULT_VARIABLE}=${id}`;
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      const pid = Number(entry);
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(wanted)) return [];
      } catch {
        // Another user's, or one that ended while we looked.
        return [];
      }
      const stat = statOf(pid);
      return stat === undefined ? [] : [{ name: `fault-${id}`, pid, startTime: stat.startTime }];
    });
}
