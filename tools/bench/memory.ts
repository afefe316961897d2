import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { podscope } from './podscope.ts';

/** Memory of a running system with 39 web pods, proportional set size in MB. */
export interface MemoryFigures {
  readonly processes: readonly { readonly pid: number; readonly name: string; readonly mb: number }[];
  /** All but OpenSearch and Redis. */
  readonly own: number;
  readonly everything: number;
}

interface Ledger {
  readonly supervisor: { readonly pid: number };
  readonly processes: readonly { readonly name: string; readonly pid: number | null }[];
}

async function proportionalSetSize(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024;
}

/** The process and all below it. */
async function withDescendants(roots: readonly number[]): Promise<readonly number[]> {
  const children = new Map<number, number[]>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found = new Set<number>();
  const visit = (pid: number): void => {
    if (found.has(pid)) return;
    found.add(pid);
    for (const child of children.get(pid) ?? []) visit(child);
  };
  for (const pid of roots) visit(pid);
  return [...found];
}

/** Starts the system, scales the web tier to 39, lets it work for a minute and reads every process's size. */
export async function measureMemory(): Promise<MemoryFigures> {
  const runDir = await mkdtemp(join(tmpdir(), 'podscope-bench-'));
  try {
    await podscope(runDir, 'up', '--detach', '--console-port', '0');
    await podscope(runDir, 'scale', 'frontend', '39');
    await sleep(60_000);
    const ledger = JSON.parse(await readFile(join(runDir, 'ledger.json'), 'utf8')) as Ledger;
    const recorded = ledger.processes.flatMap(({ pid }) => (pid === null ? [] : [pid]));
    const processes = await Promise.all(
      (await withDescendants([ledger.supervisor.pid, ...recorded])).map(async (pid) => {
        const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').filter((part) => !part.startsWith('-'));
        return { pid, name: command.slice(0, 2).map((part) => (part.split('\n')[0] ?? '').split('/').slice(-2).join('/')).join(' '), mb: await proportionalSetSize(pid) };
      }),
    );
    const sum = (chosen: typeof processes): number => chosen.reduce((total, { mb }) => total + mb, 0);
    const isServer = ({ name }: { name: string }): boolean => /java|redis-server/.test(name);
    return { processes, own: sum(processes.filter((each) => !isServer(each))), everything: sum(processes) };
  } finally {
    await podscope(runDir, 'down');
    await rm(runDir, { recursive: true, force: true });
  }
}
