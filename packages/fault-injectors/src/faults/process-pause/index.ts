import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { FaultOn } from '../../definition/defineFault.ts';
import { defineFault } from '../../definition/defineFault.ts';
import type { LocalProcess, LocalTarget } from '../../definition/targets.ts';
import { findProcess, lives, signalProcess, statOf } from '../../local/processes.ts';

const params = z.object({
  process: z.string().min(1).max(253).describe('name of the process, as the target lists it'),
});

/** Parameters of {@link processPause}. */
export type ProcessPauseParams = z.input<typeof params>;

interface Before {
  readonly process: LocalProcess;
  readonly of: number;
}

const local: FaultOn<LocalTarget, z.output<typeof params>, Before> = {
  async observe(target, { process: name }) {
    const found = await findProcess(target, name);
    if (statOf(found.pid)?.state === 'T') throw new PodscopeError('FAULT_TARGET_UNFIT', `${name} (pid ${found.pid}) is stopped already.`, { hint: 'Let it go on first.' });
    return { process: found, of: (await target.processes()).length };
  },
  plan: ({ process: { name, pid } }) => ({ changes: [{ kind: 'process', name, action: 'update', reason: `pid ${pid} is stopped (SIGSTOP)` }] }),
  blastRadius: ({ process: { name }, of }) => ({ unit: 'processes', count: 1, of, objects: [], things: [`process:${name}`] }),
  inject: ({ before, step }) =>
    step('stop', async () => {
      if (!signalProcess(before.process, 'SIGSTOP')) throw new PodscopeError('FAULT_TARGET_UNFIT', `${before.process.name} has ended meanwhile.`, { hint: 'Try again: another one may be there by now.' });
    }),
  async verify({ before: { process: each } }) {
    const state = lives(each) ? statOf(each.pid)?.state : undefined;
    return { symptom: state === 'T' ? 'present' : 'absent', findings: [`${each.name} (pid ${each.pid}) ${state === undefined ? 'has ended' : `is in state ${state}`}`] };
  },
  // One that goes on, or that was started anew, has nothing that a revert could trample on.
  changedSince: async () => [],
  async revert({ before, step }) {
    if (lives(before.process)) await step('go on', async () => void signalProcess(before.process, 'SIGCONT'));
  },
  async restored({ before: { process: each } }) {
    const stopped = lives(each) && statOf(each.pid)?.state === 'T';
    return { symptom: stopped ? 'present' : 'absent', findings: [`${each.name} (pid ${each.pid}) ${stopped ? 'is stopped' : 'is not stopped'}`] };
  },
};

/** Stops a process of the run directory without ending it: its connections stay open, and nothing comes over them. */
export const processPause = defineFault({
  id: 'process-pause',
  title: 'A process is stopped',
  params,
  provable: 'application',
  symptom: 'What the process does, is missing: redis-* has no samples of a stopped Redis; apache-* has requests with an event.duration_us of seconds, and status 503, while web pods wait for it.',
  targets: { local },
});
