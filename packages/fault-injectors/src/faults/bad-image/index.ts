import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { containerOf, imageReason } from '../../kubernetes/objects/pods.ts';
import { templateFault, withContainer } from '../../kubernetes/objects/templateFault.ts';
import { containerParam, namespaceParam, workloadParam } from '../../kubernetes/objects/workloads.ts';

/** Why a container of a pod has no image, as its kubelet says. */
export function imageTrouble(pod: KubernetesObject, name: string): string | undefined {
  const container = containerOf(pod, name);
  const reason = container && imageReason(container);
  return reason && `container ${name}: ${reason}`;
}

const params = z.object({
  namespace: namespaceParam(),
  workload: workloadParam(),
  container: containerParam(),
  // The domain can't exist (RFC 2606), so nobody can publish this image.
  image: z.string().min(1).max(512).regex(/^\S+$/, 'a reference without spaces').default('registry.invalid/podscope/no-such-image:0').describe('The image, which no registry has.'),
});

/** Parameters of {@link badImage}. */
export type BadImageParams = Unchanged<z.input<typeof params>>;

/** Gives a container an image that no registry has. */
export const badImage = defineFault({
  id: 'bad-image',
  title: 'An image that is not there',
  params,
  provable: 'runtime',
  symptom: 'In metricbeat-*, containers have kubernetes.container.status.phase: waiting with kubernetes.container.status.reason ErrImagePull or ImagePullBackOff; in kubernetes-*, kubernetes.event.reason is Failed or BackOff.',
  targets: {
    kubernetes: templateFault<z.output<typeof params>>({
      edit: (workload, { container, image }) => withContainer(workload, container, (each) => ({ ...each, image })),
      symptom: (pod, _params, container) => imageTrouble(pod, container),
      shown: 'cannot pull their image',
    }),
  },
});
