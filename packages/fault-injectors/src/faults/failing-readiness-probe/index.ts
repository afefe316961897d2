import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { containerOf } from '../../kubernetes/objects/pods.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { templateFault, withContainer } from '../../kubernetes/objects/templateFault.ts';
import { containerParam, namespaceParam, workloadParam } from '../../kubernetes/objects/workloads.ts';

/** A container that runs and is not ready, as its kubelet says. One that is still starting counts for nothing. */
export function runsUnready(pod: KubernetesObject, name: string): string | undefined {
  const { state, started, ready } = containerOf(pod, name) ?? {};
  return state?.running !== undefined && started === true && ready === false ? `container ${name} runs and is not ready` : undefined;
}

interface Ports {
  readonly ports?: readonly { readonly containerPort?: number }[];
}

const params = z.object({
  namespace: namespaceParam(),
  workload: workloadParam(),
  container: containerParam(),
  port: z.int().min(1).max(65_535).default(9).describe('A TCP port on which no container of the pod listens. 9 is "discard", which nothing listens on.'),
  periodSeconds: z.int().min(1).max(60).default(5).describe('Seconds between two probes.'),
});

/** Parameters of {@link failingReadinessProbe}. */
export type FailingReadinessProbeParams = Unchanged<z.input<typeof params>>;

/** Gives a container a readiness probe that always fails. */
export const failingReadinessProbe = defineFault({
  id: 'failing-readiness-probe',
  title: 'A readiness probe that fails',
  params,
  provable: 'runtime',
  symptom: 'In metricbeat-*, kubernetes.container.status.ready is false while kubernetes.container.status.phase is running, and kubernetes.deployment.replicas.unavailable grows; in kubernetes-*, kubernetes.event.reason is Unhealthy.',
  targets: {
    kubernetes: templateFault<z.output<typeof params>>({
      edit(workload, { container, port, periodSeconds }) {
        // Containers of a pod share their network: a probe reaches what any of them listens on.
        const { containers, initContainers = [] } = workload.spec.template.spec as { readonly containers: readonly Ports[]; readonly initContainers?: readonly Ports[] };
        const ports = [...containers, ...initContainers].flatMap((each) => each.ports ?? []);
        if (ports.some(({ containerPort }) => containerPort === port)) throw unfit(`${workload.metadata.name} listens on port ${port}.`, 'Choose a port on which it does not listen.');
        // What the server fills in is written out, so that it is known again.
        const readinessProbe = { tcpSocket: { port }, timeoutSeconds: 1, periodSeconds, successThreshold: 1, failureThreshold: 1 };
        return withContainer(workload, container, (each) => ({ ...each, readinessProbe }));
      },
      symptom: (pod, _params, container) => runsUnready(pod, container),
      shown: 'run and are not ready',
    }),
  },
});
