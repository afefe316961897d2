import { access } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { ResolvedContext } from './kubeconfig.ts';

/** Where kubelet puts a pod's service account. */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The service account of the pod that this runs in, or undefined outside of one: what client-go's `rest.InClusterConfig` reads. The
 * address comes from the environment where that is given, else from the name that every cluster gives its API server.
 */
export async function inCluster(environment: Readonly<Record<string, string | undefined>> = {}, folder = SERVICE_ACCOUNT): Promise<ResolvedContext | undefined> {
  const tokenFile = join(folder, 'token');
  const there = await access(tokenFile).then(() => true, () => false);
  if (!there) return undefined;
  const { KUBERNETES_SERVICE_HOST: host = 'kubernetes.default.svc', KUBERNETES_SERVICE_PORT: port = '443' } = environment;
  return {
    context: 'in-cluster',
    cluster: { server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`, 'certificate-authority': join(folder, 'ca.crt') },
    userName: 'service account of this pod',
    user: { tokenFile },
  };
}
