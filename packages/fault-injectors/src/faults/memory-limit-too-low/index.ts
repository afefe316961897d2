import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { containerOf } from '../../kubernetes/objects/pods.ts';
import { mebibytes, quantityOf, withLimit } from '../../kubernetes/objects/quantity.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { containerIn, templateFault, withContainer } from '../../kubernetes/objects/templateFault.ts';
import { containerParam, namespaceParam, workloadParam } from '../../kubernetes/objects/workloads.ts';

/** A container that was killed for its memory, as its kubelet says; with very little of it, runc says so before the program starts. */
export function killedForMemory(pod: KubernetesObject, name: string): string | undefined {
  const { state, lastState } = containerOf(pod, name) ?? {};
  for (const ended of [state?.terminated, lastState?.terminated]) {
    if (ended?.reason === 'OOMKilled' || /OOM-?killed|memory limit too low/i.test(ended?.message ?? '')) return `container ${name}: ${ended?.reason ?? ''} (exit code ${ended?.exitCode ?? '?'})`;
  }
  return /OOM-?killed|memory limit too low/i.test(state?.waiting?.message ?? '') ? `container ${name}: ${state?.waiting?.reason ?? ''}` : undefined;
}

const params = z.object({
  namespace: namespaceParam(),
  workload: workloadParam(),
  container: containerParam(),
  memoryMiB: z.int().min(4).max(65_536).default(8).describe('The limit of memory, MiB: less than the program needs.'),
});

/** Parameters of {@link memoryLimitTooLow}. */
export type MemoryLimitTooLowParams = Unchanged<z.input<typeof params>>;

/** Gives a container less memory than it needs. */
export const memoryLimitTooLow = defineFault({
  id: 'memory-limit-too-low',
  title: 'Too little memory',
  params,
  provable: 'runtime',
  symptom: 'In metricbeat-*, kubernetes.container.status.reason is OOMKilled, kubernetes.container.memory.usage.limit.pct comes close to 1 before each restart, and kubernetes.container.status.restarts grows.',
  targets: {
    kubernetes: templateFault<z.output<typeof params>>({
      edit(workload, { container, memoryMiB }) {
        const limit = mebibytes(memoryMiB);
        const { resources } = containerIn(workload, container) as { readonly resources?: { readonly limits?: { readonly memory?: string } } };
        const now = quantityOf(resources?.limits?.memory);
        if (now !== undefined && now <= (quantityOf(limit) as number)) throw unfit(`${workload.metadata.name} has a limit of ${resources?.limits?.memory} already.`, 'Give less than that.');
        return withContainer(workload, container, (each) => ({ ...each, resources: withLimit(each['resources'], 'memory', limit) }));
      },
      symptom: (pod, _params, container) => killedForMemory(pod, container),
      shown: 'are killed for their memory',
    }),
  },
});
