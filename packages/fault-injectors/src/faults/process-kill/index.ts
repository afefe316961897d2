import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { FaultOn } from '../../definition/defineFault.ts';
import { defineFault } from '../../definition/defineFault.ts';
import type { LocalProcess, LocalTarget } from '../../definition/targets.ts';
import { findProcess, lives, signalProcess } from '../../local/processes.ts';

const params = z.object({
  process: z.string().min(1).max(253).describe('name of the process, as the target lists it; it must be one that is started anew'),
  signal: z.enum(['SIGKILL', 'SIGTERM']).default('SIGKILL').describe('SIGKILL ends it at once, SIGTERM lets it end in order'),
});

/** Parameters of {@link processKill}. */
export type ProcessKillParams = z.input<typeof params>;

interface Before {
  readonly process: LocalProcess;
  readonly of: number;
}

const successor = async (target: LocalTarget, { name, pid, startTime }: LocalProcess): Promise<LocalProcess | undefined> =>
  (await target.processes()).find((each) => each.name === name && (each.pid !== pid || each.startTime !== startTime) && lives(each));

const local: FaultOn<LocalTarget, z.output<typeof params>, Before> = {
  async observe(target, { process: name }) {
    const found = await findProcess(target, name);
    if (found.isRestarted !== true) throw new PodscopeError('FAULT_TARGET_UNFIT', `Nobody starts ${name} anew when it has ended, so that it could not be given back.`, { hint: 'Kill a process that its owner restarts, or pause this one.' });
    return { process: found, of: (await target.processes()).length };
  },
  plan: ({ process: { name, pid } }, { signal }) => ({ changes: [{ kind: 'process', name, action: 'delete', reason: `pid ${pid} is ended (${signal}); its owner starts another one` }] }),
  blastRadius: ({ process: { name }, of }) => ({ unit: 'processes', count: 1, of, objects: [], things: [`process:${name}`] }),
  inject: ({ before, step }, { signal }) => step('kill', async () => void signalProcess(before.process, signal)),
  async verify({ before, target }) {
    const gone = !lives(before.process);
    const next = await successor(target, before.process);
    return { symptom: gone ? 'present' : 'absent', findings: [`${before.process.name} (pid ${before.process.pid}) ${gone ? 'has ended' : 'lives'}`, next === undefined ? 'there is no other one yet' : `pid ${next.pid} has taken its place`] };
  },
  changedSince: async () => [],
  // Its owner gives it back; a second one by us would be one too many.
  revert: async () => undefined,
  async restored({ before, target }) {
    const next = lives(before.process) ? before.process : await successor(target, before.process);
    return { symptom: next === undefined ? 'present' : 'absent', findings: [next === undefined ? `${before.process.name} was not started anew yet` : `${before.process.name} runs as pid ${next.pid}`] };
  },
};

/** Ends a process of the run directory, which its owner starts anew. */
export const processKill = defineFault({
  id: 'process-kill',
  title: 'A process is killed',
  params,
  provable: 'application',
  symptom: 'A gap in what the process does, and a new beginning: redis.uptime_in_seconds in redis-* falls to 0, kubernetes-* has events of the restarted container, apache-* answers with 503 in between.',
  targets: { local },
});
