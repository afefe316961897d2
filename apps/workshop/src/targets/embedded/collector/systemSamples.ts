import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { cpus, freemem, loadavg, totalmem } from 'node:os';
import type { MetricbeatDocument } from '@podscope/core/catalogues';

/** Processor time so far, in any unit. */
export interface CpuTimes {
  readonly user: number;
  readonly system: number;
  readonly iowait: number;
  readonly idle: number;
}

/** Processor times of all cores together, from `/proc/stat`, elsewhere from `os.cpus()` (which knows no iowait). */
export function readCpuTimes(): CpuTimes {
  const text = readProc('/proc/stat');
  if (text !== undefined) {
    const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
      text.slice(0, text.indexOf('\n')).trim().split(/\s+/).slice(1).map(Number);
    return { user: user + nice, system: system + irq + softirq + steal, iowait, idle };
  }
  const sum = { user: 0, system: 0, iowait: 0, idle: 0 };
  for (const { times } of cpus()) {
    sum.user += times.user + times.nice;
    sum.system += times.sys + times.irq;
    sum.idle += times.idle;
  }
  return sum;
}

/** Samples of the machine, each a document without its time, by the metricset's name. */
export type SystemSample = readonly [name: string, document: Omit<MetricbeatDocument, '@timestamp' | 'metricset' | 'event'>];

/** Measures the machine. Processor shares are those since `before`. */
export async function sampleSystem(before: CpuTimes, now: CpuTimes): Promise<SystemSample[]> {
  const [one = 0, five = 0, fifteen = 0] = loadavg();
  const root = await statfs('/');
  const total = root.blocks * root.bsize;
  const used = (root.blocks - root.bfree) * root.bsize;
  const memory = readMemory();
  return [
    ['cpu', { system: { cpu: cpuShares(before, now, cpus().length) } }],
    [
      'memory',
      { system: { memory: { total: memory.total, actual: { used: { bytes: memory.used, pct: share(memory.used, memory.total) } } } } },
    ],
    ['load', { system: { load: { '1': one, '5': five, '15': fifteen } } }],
    ['filesystem', { system: { filesystem: { mount_point: '/', total, used: { bytes: used, pct: share(used, total) } } } }],
    ...readNetwork(readProc('/proc/net/dev') ?? '').map(
      ({ name, received, sent }): SystemSample => [
        'network',
        { system: { network: { name, in: { bytes: received }, out: { bytes: sent } } } },
      ],
    ),
  ];
}

/** Metricbeat's two ways of saying it: of one core, and of all of them. */
function cpuShares(before: CpuTimes, now: CpuTimes, cores: number) {
  const user = now.user - before.user;
  const system = now.system - before.system;
  const iowait = now.iowait - before.iowait;
  const all = user + system + iowait + now.idle - before.idle;
  const shares = (part: number) => {
    const norm = share(part, all);
    return { pct: Math.round(norm * cores * 10_000) / 10_000, norm: { pct: norm } };
  };
  return { total: shares(user + system), user: shares(user), system: shares(system), iowait: shares(iowait), cores };
}

/** A share from 0 to 1 with four digits. */
function share(part: number, whole: number): number {
  return whole > 0 ? Math.round(Math.min(Math.max(part / whole, 0), 1) * 10_000) / 10_000 : 0;
}

function readMemory(): { total: number; used: number } {
  const total = totalmem();
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(readProc('/proc/meminfo') ?? '')?.[1];
  return { total, used: total - (available === undefined ? freemem() : Number(available) * 1024) };
}

/** Byte counters of each interface, from the text of `/proc/net/dev`. */
export function readNetwork(text: string): { name: string; received: number; sent: number }[] {
  return text.split('\n').flatMap((line) => {
    const [name, rest] = line.split(':', 2);
    const counters = rest?.trim().split(/\s+/).map(Number) ?? [];
    if (name === undefined || counters.length < 9 || counters.some(Number.isNaN)) return [];
    return [{ name: name.trim(), received: counters[0] as number, sent: counters[8] as number }];
  });
}

/** The file's text, or undefined on a system without it. */
function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
