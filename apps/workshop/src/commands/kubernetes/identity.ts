import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import type { Environment } from '../../environment.ts';
import type { Identity } from '../../targets/kubernetes/opensearch/access.ts';
import { readSecret } from '../../targets/kubernetes/opensearch/secretValues.ts';
import { AUTHORITY_SECRET, type TargetOptions } from '../../targets/kubernetes/options.ts';
import { usageError } from '../usageError.ts';

/** Who asks an OpenSearch that was there before: the user of the environment, and the authority that `up` was given. @throws what the API throws */
export async function identityFor(api: KubernetesApi, { opensearch, namespaces }: Pick<TargetOptions, 'opensearch' | 'namespaces'>, { opensearchUser }: Pick<Environment, 'opensearchUser'>): Promise<Identity> {
  if (opensearch.how !== 'url') return { user: undefined, ca: undefined };
  return { user: opensearchUser, ca: opensearch.hasAuthority ? await keptAuthority(api, namespaces.logging) : undefined };
}

/** The authority that an earlier `up` has put into the cluster for the shippers. */
export async function keptAuthority(api: KubernetesApi, namespace: string): Promise<string | undefined> {
  return (await readSecret(api, namespace, AUTHORITY_SECRET))?.['ca.crt'];
}

/** The certificate in a file. @throws PodscopeError CLI_USAGE */
export async function authorityIn(path: string): Promise<string> {
  try {
    return await readFile(resolve(path), 'utf8');
  } catch (error) {
    throw usageError(`The certificate ${resolve(path)} can't be read: ${error instanceof Error ? error.message : String(error)}.`, 'Check the path after --opensearch-ca.');
  }
}
