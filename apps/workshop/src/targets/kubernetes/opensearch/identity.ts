import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import type { Environment } from '../../../environment.ts';
import { AUTHORITY_SECRET, type TargetOptions } from '../options.ts';
import type { Identity } from './access.ts';
import { readSecret } from './secretValues.ts';

/** Who asks an OpenSearch that was there before: the user of the environment, and the authority that `up` was given. @throws what the API throws */
export async function identityFor(api: KubernetesApi, { opensearch, namespaces }: Pick<TargetOptions, 'opensearch' | 'namespaces'>, { opensearchUser }: Pick<Environment, 'opensearchUser'>): Promise<Identity> {
  if (opensearch.how !== 'url') return { user: undefined, ca: undefined };
  return { user: opensearchUser, ca: opensearch.hasAuthority ? await keptAuthority(api, namespaces.logging) : undefined };
}

/** The authority that an earlier `up` has put into the cluster for the shippers. */
export async function keptAuthority(api: KubernetesApi, namespace: string): Promise<string | undefined> {
  return (await readSecret(api, namespace, AUTHORITY_SECRET))?.['ca.crt'];
}
