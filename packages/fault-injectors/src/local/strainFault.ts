import type { FaultCheck } from '../definition/check.ts';
import type { FaultOn } from '../definition/defineFault.ts';
import type { LocalTarget } from '../definition/targets.ts';
import { processesOfFault } from './processes.ts';
import { endStrains, startStrain } from './strain.ts';

/** A fault by processes that strain this machine. */
export interface StrainFault<Params> {
  /** How many processes, of how many that there could be. @throws PodscopeError FAULT_TARGET_UNFIT where it would be too much */
  check(target: LocalTarget, params: Params): Promise<Before>;
  what(params: Params): string;
  program(params: Params): string;
  argument(params: Params): number;
  look(id: string, params: Params): FaultCheck;
}

interface Before {
  readonly count: number;
  readonly of: number;
}

/** There is nothing to be restored but the processes to be ended, which the fault's id in their environment finds. */
export function strainFault<Params extends { readonly seconds: number }>(fault: StrainFault<Params>): FaultOn<LocalTarget, Params, Before> {
  return {
    observe: (target, params) => fault.check(target, params),
    plan: (_before, params) => ({ changes: [{ kind: 'process', name: 'strain', action: 'create', reason: `${fault.what(params)}, for ${params.seconds} s at most` }] }),
    blastRadius: ({ count, of }) => ({ unit: 'processes', count, of, objects: [], things: ['machine'] }),
    async inject({ id, before, step }, params) {
      for (let index = 0; index < before.count; index++) await step(`start ${index + 1}`, () => startStrain(id, fault.program(params), params.seconds, fault.argument(params)));
    },
    verify: async ({ id }, params) => fault.look(id, params),
    changedSince: async () => [],
    async revert({ id, step }) {
      if (processesOfFault(id).length > 0) await step('end', () => endStrains(id));
    },
    async restored({ id }) {
      const left = processesOfFault(id).map(({ pid }) => `pid ${pid} is still there`);
      return { symptom: left.length === 0 ? 'absent' : 'present', findings: left.length === 0 ? ['its processes are gone'] : left };
    },
  };
}
