import { badValue } from '../../quantities/quantities.ts';

/** A minor version of Kubernetes, such as `1.33`. */
export type KubernetesVersion = `1.${number}`;

/** The version that manifests are written for where none is given. */
export const DEFAULT_KUBERNETES_VERSION: KubernetesVersion = '1.33';

/** The minor number. @throws PodscopeError SHIPPER_BAD_VALUE, below 1.25 too: older servers lack `policy/v1` or pod security. */
export function minorOf(version: string): number {
  const minor = /^v?1\.(\d{1,3})(?:\.\d+)?$/.exec(version)?.[1];
  if (minor === undefined) throw badValue('kubernetesVersion', `${JSON.stringify(version)} is no version of Kubernetes.`, `Such as ${DEFAULT_KUBERNETES_VERSION}.`);
  if (Number(minor) < OLDEST) throw badValue('kubernetesVersion', `${version} is too old.`, `1.${OLDEST} is the first with pod security admission, which the namespaces here rely on.`);
  return Number(minor);
}

const OLDEST = 25;

/**
 * True where init containers with `restartPolicy: Always` are on without a feature gate.
 * Kubernetes: enhancement 753, beta and on from 1.29, stable in 1.33.
 */
export function hasNativeSidecars(version: string): boolean {
  return minorOf(version) >= 29;
}
