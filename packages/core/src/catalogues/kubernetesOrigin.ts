import { keyword } from '../index.ts';

/** Where a document comes from, in the names that Beats give to Kubernetes metadata. */
export const kubernetesOrigin = {
  'kubernetes.namespace': keyword(),
  'kubernetes.pod.name': keyword(),
  'kubernetes.node.name': keyword(),
  'kubernetes.container.name': keyword(),
  'kubernetes.deployment.name': keyword(),
} as const;
