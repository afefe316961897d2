import { availableParallelism } from 'node:os';
import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { defineFault } from '../../definition/defineFault.ts';
import { needProc, processesOfFault, statOf } from '../../local/processes.ts';
import { strainFault } from '../../local/strainFault.ts';
import { BURN } from '../../local/strain.ts';

const params = z.object({
  workers: z.number().int().min(1).max(64).default(1).describe('how many processors are kept busy; at most as many as there are'),
  share: z.number().min(0.05).max(1).default(0.8).describe('share of each of them'),
  seconds: z.number().int().min(1).max(3_600).default(600).describe('after so many seconds it ends by itself, whoever forgets about it'),
});

/** Parameters of {@link cpuBurn}. */
export type CpuBurnParams = z.input<typeof params>;

/** A process that has used this much of what it was told to is seen: at the lowest priority everything else goes first. */
const SEEN_SECONDS = 0.2;

/** Keeps processors of this machine busy, at the lowest priority. */
export const cpuBurn = defineFault({
  id: 'cpu-burn',
  title: 'Processors are busy',
  params,
  provable: 'application',
  symptom: 'In metricbeat-*, system.cpu.total.norm.pct is higher by the share of the processors that are kept busy, and system.load.1 by their number.',
  targets: {
    local: strainFault<z.output<typeof params>>({
      async check(target, { workers }) {
        needProc(target);
        const most = availableParallelism();
        if (workers > most) throw new PodscopeError('FAULT_TARGET_UNFIT', `This machine has ${most} processors.`, { hint: `Take at most ${most} workers.` });
        return { count: workers, of: most };
      },
      what: ({ workers, share }) => `${workers} processes of lowest priority keep ${Math.round(share * 100)} % of a processor busy`,
      program: () => BURN,
      argument: ({ share }) => share,
      look(id, { workers }) {
        const used = processesOfFault(id).map(({ pid }) => statOf(pid)?.cpuSeconds ?? 0);
        const busy = used.filter((seconds) => seconds >= SEEN_SECONDS).length;
        return { symptom: busy >= workers ? 'present' : busy > 0 ? 'partial' : 'absent', findings: used.map((seconds) => `a process has used ${seconds.toFixed(1)} s of processor time`) };
      },
    }),
  },
});
