import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { containerOf } from '../../kubernetes/objects/pods.ts';
import { templateFault, withContainer } from '../../kubernetes/objects/templateFault.ts';
import { containerParam, namespaceParam, workloadParam } from '../../kubernetes/objects/workloads.ts';

/** A container that ended and was started again, or waits for that, as its kubelet says. */
export function crashes(pod: KubernetesObject, name: string): string | undefined {
  const { state, lastState, restartCount = 0 } = containerOf(pod, name) ?? {};
  if (state?.waiting?.reason !== 'CrashLoopBackOff' && (restartCount === 0 || lastState?.terminated === undefined)) return undefined;
  const { reason = 'ended', exitCode } = lastState?.terminated ?? {};
  return `container ${name}: ${state?.waiting?.reason ?? 'restarted'} after ${reason}${exitCode === undefined ? '' : ` (exit code ${exitCode})`}`;
}

const params = z.object({
  namespace: namespaceParam(),
  workload: workloadParam(),
  container: containerParam(),
  // Where an image has no such file, the container can't be started, which loops as well (StartError).
  command: z.array(z.string().max(1_024)).min(1).max(32).default(['/bin/false']).describe('The command, which ends at once. Its arguments stay as they are.'),
});

/** Parameters of {@link crashLoop}. */
export type CrashLoopParams = Unchanged<z.input<typeof params>>;

/** Gives a container a command that ends at once. */
export const crashLoop = defineFault({
  id: 'crash-loop',
  title: 'A container that ends at once',
  params,
  provable: 'runtime',
  symptom: 'In metricbeat-*, kubernetes.container.status.restarts grows and kubernetes.container.status.reason is CrashLoopBackOff; in kubernetes-*, kubernetes.event.reason is BackOff.',
  targets: {
    kubernetes: templateFault<z.output<typeof params>>({
      edit: (workload, { container, command }) => withContainer(workload, container, (each) => ({ ...each, command })),
      symptom: (pod, _params, container) => crashes(pod, container),
      shown: 'crash and are started again',
    }),
  },
});
