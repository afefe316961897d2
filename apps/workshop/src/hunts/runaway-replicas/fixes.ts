import { is, newest, numberAt, since, textAt } from '../evidence.ts';
import { type Rehearsal, type RehearsalSystem, until } from '../rehearsal.ts';

const DESIRED = 'kubernetes.deployment.replicas.desired';
const UNAVAILABLE = 'kubernetes.deployment.replicas.unavailable';

function shortSamples(system: RehearsalSystem, size: number) {
  return newest(system, 'metricbeat-*', [is('metricset.name', 'state_deployment'), since(system.injectedAt), { range: { [UNAVAILABLE]: { gte: 10 } } }], size);
}

/** Plays runaway-replicas by its data. */
export const rehearsal: Rehearsal = {
  notices: async (system) => (await shortSamples(system, 1)).length > 0,
  async investigate(system) {
    // While pods are still starting more are unavailable than pend: two equal samples have settled.
    return await until('two equal samples', 40, async () => {
      const [last, before] = await shortSamples(system, 2);
      if (numberAt(last, UNAVAILABLE) !== numberAt(before, UNAVAILABLE)) return null;
      return {
        deployment: textAt(last, 'kubernetes.deployment.name'),
        cause: 'The nodes have no room left for them',
        asked: String(numberAt(last, DESIRED)),
        pending: String(numberAt(last, UNAVAILABLE)),
      };
    });
  },
  mistake: (right) => ({ ...right, pending: String(Number(right['pending']) + 1) }),
  bluntFixes: [
    { name: 'restarting every web pod', because: 'more is asked for than fits', apply: ({ control }) => control.restart('deployment/frontend') },
    { name: 'scaling to zero', because: 'too few', apply: ({ control }) => control.scale('frontend', 0) },
  ],
  fixA: ({ control }) => control.scale('frontend', 3),
  fixB: ({ control }) => control.scale('frontend', 8),
};
