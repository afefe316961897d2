import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { containerOf } from '../../kubernetes/objects/pods.ts';
import { millicores, quantityOf, withLimit } from '../../kubernetes/objects/quantity.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { containerIn, templateFault, withContainer } from '../../kubernetes/objects/templateFault.ts';
import { containerParam, namespaceParam, workloadParam } from '../../kubernetes/objects/workloads.ts';

/** A container whose kubelet says that it runs with a limit of CPU (`resources` of its status: Kubernetes 1.33 and later). */
export function runsWithLimit(pod: KubernetesObject, name: string, cpuMillicores: number): string | undefined {
  const { state, resources } = containerOf(pod, name) ?? {};
  const limit = quantityOf(resources?.limits?.cpu);
  if (state?.running === undefined || limit === undefined || limit > (quantityOf(millicores(cpuMillicores)) as number)) return undefined;
  return `container ${name} runs with at most ${millicores(cpuMillicores)} of CPU`;
}

const params = z.object({
  namespace: namespaceParam(),
  workload: workloadParam(),
  container: containerParam(),
  cpuMillicores: z.int().min(1).max(64_000).default(10).describe('The limit of CPU, thousandths of a core: less than the program needs.'),
});

/** Parameters of {@link cpuLimitTooLow}. */
export type CpuLimitTooLowParams = Unchanged<z.input<typeof params>>;

/** Gives a container less CPU than it needs. */
export const cpuLimitTooLow = defineFault({
  id: 'cpu-limit-too-low',
  title: 'Too little CPU',
  params,
  provable: 'runtime',
  symptom: 'In metricbeat-*, kubernetes.container.cpu.usage.limit.pct stays close to 1; in apache-*, event.duration_us grows, and in kubernetes-*, kubernetes.event.reason is Unhealthy where probes time out.',
  targets: {
    kubernetes: templateFault<z.output<typeof params>>({
      edit(workload, { container, cpuMillicores }) {
        const limit = millicores(cpuMillicores);
        const { resources } = containerIn(workload, container) as { readonly resources?: { readonly limits?: { readonly cpu?: string } } };
        const now = quantityOf(resources?.limits?.cpu);
        if (now !== undefined && now <= (quantityOf(limit) as number)) throw unfit(`${workload.metadata.name} has a limit of ${resources?.limits?.cpu} already.`, 'Give less than that.');
        return withContainer(workload, container, (each) => ({ ...each, resources: withLimit(each['resources'], 'cpu', limit) }));
      },
      symptom: (pod, { cpuMillicores }, container) => runsWithLimit(pod, container, cpuMillicores),
      shown: 'run with that little CPU',
    }),
  },
});
