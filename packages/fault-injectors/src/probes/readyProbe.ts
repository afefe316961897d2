import type { z } from 'zod';
import type { KubernetesApi, KubernetesObject } from '../kubernetes/api/types.ts';
import { boundText, isWithin } from './bound.ts';
import { conditionsOf, unanswered } from './conditionProbe.ts';
import { makeProbe, type ProbeFinding, type WatchedProbe } from './probe.ts';
import { readSpec } from './readSpec.ts';
import { readySpecSchema } from './specs.ts';
import { valueAt } from './valueAt.ts';

/** What {@link readyProbe} takes. */
export type ReadyProbeOptions = Omit<z.input<typeof readySpecSchema>, 'kind'> & { readonly api: Pick<KubernetesApi, 'list' | 'watch'> };

/** What is kept of each object: a watch over thousands of pods must not hold them whole. */
interface Kept {
  readonly name: string;
  readonly counts: boolean;
}

/**
 * Compares the share, or the number, of a selection's objects that are ready (or have another condition, or are in a phase) with a bound.
 *
 * @throws PodscopeError PROBE_INVALID
 */
export function readyProbe({ api, ...options }: ReadyProbeOptions): WatchedProbe {
  const spec = readSpec(readySpecSchema, { kind: 'ready', ...options });
  const what = `${spec.objects.kind}${spec.namespace === undefined ? '' : ` of ${spec.namespace}`}${spec.selector === undefined ? '' : ` with ${spec.selector}`}`;
  const phases = spec.phase === undefined ? undefined : [spec.phase].flat();
  const condition = typeof spec.condition === 'string' ? { type: spec.condition, status: 'True' } : spec.condition;
  const state = phases !== undefined ? `in phase ${phases.join(' or ')}` : `${condition.type}${condition.status === 'True' ? '' : ` ${condition.status}`}`;
  const selection = { ...spec.objects, namespace: spec.namespace, labelSelector: spec.selector };
  const project = (object: KubernetesObject): Kept => ({
    name: `${object.metadata.namespace ?? ''}/${object.metadata.name}`,
    counts: phases === undefined ? conditionsOf(object).some(({ type, status }) => type === condition.type && status === condition.status) : phases.includes(String(valueAt(object, 'status.phase'))),
  });

  const bounds = (['share', 'count', 'rest', 'total'] as const).flatMap((figure) => {
    const bound = spec[figure];
    return bound === undefined ? [] : [[figure, bound] as const];
  });
  function look(of: number, count: number): ProbeFinding {
    const share = of === 0 ? 0 : count / of;
    const figures = { share, count, rest: of - count, total: of };
    const holds = bounds.every(([figure, bound]) => isWithin(figures[figure], bound));
    return { holds, finding: `${count} of ${of} ${what} are ${state} (${Math.round(share * 100)} %)` };
  }

  return makeProbe({
    ...spec,
    name: spec.name ?? `${what} ${state}: ${bounds.map(([figure, bound]) => `${figure} ${boundText(bound)}`).join(', ')}`,
    once: async () => {
      try {
        const kept = await api.list(selection, project);
        return look(kept.length, kept.filter(({ counts }) => counts).length);
      } catch (error) {
        return unanswered(what, error);
      }
    },
    async *watch(signal) {
      const kept = new Map<string, boolean>();
      let count = 0;
      let told = false;
      const set = (name: string, counts: boolean | undefined): void => {
        if (kept.get(name) === true) count -= 1;
        if (counts === undefined) kept.delete(name);
        else kept.set(name, counts);
        if (counts === true) count += 1;
      };
      for await (const event of api.watch(selection, { signal, project })) {
        if (event.type === 'initial') told = true;
        else set(event.object.name, event.type === 'deleted' ? undefined : event.object.counts);
        if (told) yield look(kept.size, count);
      }
    },
  });
}
