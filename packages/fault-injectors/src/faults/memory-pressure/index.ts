import { freemem, totalmem } from 'node:os';
import { readFileSync } from 'node:fs';
import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { defineFault } from '../../definition/defineFault.ts';
import { needProc, ownMemoryOf, processesOfFault } from '../../local/processes.ts';
import { strainFault } from '../../local/strainFault.ts';
import { HOLD_MEMORY } from '../../local/strain.ts';

const MB = 1024 * 1024;

const params = z.object({
  megabytes: z.number().int().min(16).max(65_536).default(256).describe('how much memory is held, MB'),
  keepFreeMegabytes: z.number().int().min(256).max(1_048_576).default(1_024).describe('refused where less than this would stay available, MB'),
  seconds: z.number().int().min(1).max(3_600).default(600).describe('after so many seconds it ends by itself, whoever forgets about it'),
});

/** Parameters of {@link memoryPressure}. */
export type MemoryPressureParams = z.input<typeof params>;

/** `MemAvailable` counts what the kernel can get back (man 5 proc_meminfo); `free` alone would refuse on every machine that caches files. */
function availableBytes(): number {
  try {
    return Number(/^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) * 1_024;
  } catch {
    return freemem();
  }
}

/** Holds memory of this machine. The kernel ends the one who holds it before anything else when memory runs out. */
export const memoryPressure = defineFault({
  id: 'memory-pressure',
  title: 'Memory is short',
  params,
  provable: 'application',
  symptom: 'In metricbeat-*, system.memory.actual.used.bytes and system.memory.actual.used.pct are higher by what is held, with no pod that has grown.',
  targets: {
    local: strainFault<z.output<typeof params>>({
      async check(target, { megabytes, keepFreeMegabytes }) {
        needProc(target);
        const left = availableBytes() / MB - megabytes;
        if (left < keepFreeMegabytes) throw new PodscopeError('FAULT_TARGET_UNFIT', `Only ${Math.max(0, Math.round(left))} MB of memory would stay available, less than ${keepFreeMegabytes} MB.`, { hint: 'Take fewer megabytes, or end something that uses memory.' });
        return { count: 1, of: Math.max(1, Math.floor(totalmem() / MB / megabytes)) };
      },
      what: ({ megabytes }) => `a process holds ${megabytes} MB`,
      program: () => HOLD_MEMORY,
      argument: ({ megabytes }) => megabytes,
      look(id, { megabytes }) {
        const [holder] = processesOfFault(id);
        const held = Math.round((holder === undefined ? 0 : ownMemoryOf(holder.pid)) / MB);
        return { symptom: held >= megabytes * 0.95 ? 'present' : held >= megabytes * 0.75 ? 'partial' : 'absent', findings: [`a process holds ${held} MB`] };
      },
    }),
  },
});
