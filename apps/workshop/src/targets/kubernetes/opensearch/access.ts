import type { Client } from '@opensearch-project/opensearch';
import { PodscopeError } from '@podscope/core';
import { type Forward, forwardService, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import type { AwsCredentials } from '../../aws/clients.ts';
import { endpointOf, OPENSEARCH, type SignedDomain, signedBy, type TargetOptions } from '../options.ts';
import { CERTIFICATES_SECRET } from './builtIn.ts';
import { OPERATOR_ADMIN_SECRET, OPERATOR_AUTHORITY } from './operator.ts';
import { readSecret } from './secretValues.ts';
import { ADMIN } from './securityFiles.ts';
import { USERS_SECRET } from './secrets.ts';

/** Who asks, and whose certificates are trusted. */
export interface Identity {
  readonly user: { readonly username: string; readonly password: string } | undefined;
  /** PEM. */
  readonly ca: string | undefined;
  /** Who signs requests to a domain of AWS. @default what the SDK finds on this machine */
  readonly credentials?: AwsCredentials | undefined;
}

/** A server of OpenSearch as this machine reaches it. */
export interface OpenSearchAccess extends AsyncDisposable {
  readonly client: Client;
  /** As it is asked here: a forwarded port of the loopback address, or the address that was given. */
  readonly url: string;
  /** The name in its certificate, where that isn't the one in the address. */
  readonly servername: string | undefined;
  readonly identity: Identity;
}

/**
 * Opens a way to the target's OpenSearch as its administrator: directly, or through a forwarded port with what the Secrets of the cluster
 * hold.
 *
 * @param given Who asks a server that was there before.
 * @throws PodscopeError KUBE_NOT_FOUND where Service or Secrets aren't there, KUBE_FORWARD_FAILED where no pod is ready.
 */
export async function openOpenSearch(api: KubernetesApi, options: TargetOptions, given: Identity): Promise<OpenSearchAccess> {
  const { opensearch, namespaces } = options;
  const signed = signedBy(opensearch);
  if (signed !== undefined) return throughTheCluster(api, options, signed, given);
  if (opensearch.how === 'url') return connected(opensearch.urlFromHere ?? opensearch.url, given, undefined, undefined);
  const identity = await administratorOf(api, options);
  const forward = await forwardService(api, { namespace: namespaces.opensearch, name: OPENSEARCH }, 9200);
  // The operator's certificate has the names of the cluster only; ours has this address, too.
  const servername = opensearch.how === 'operator' ? `${OPENSEARCH}.${namespaces.opensearch}.svc` : undefined;
  return connected(`https://127.0.0.1:${forward.port}`, identity, servername, forward);
}

async function connected(url: string, identity: Identity, servername: string | undefined, forward: Forward | undefined): Promise<OpenSearchAccess> {
  const { Client: OpenSearchClient } = await import('@opensearch-project/opensearch');
  const ssl = { ...(identity.ca === undefined ? {} : { ca: identity.ca }), ...(servername === undefined ? {} : { servername }) };
  const client = new OpenSearchClient({ node: url, ...(identity.user === undefined ? {} : { auth: identity.user }), ssl, maxRetries: 0, requestTimeout: 30_000 });
  return {
    client, url, servername, identity,
    async [Symbol.asyncDispose]() {
      await client.close();
      await forward?.close();
    },
  };
}

/** A domain has an address of its VPC only: a relay in the cluster, and a proxy here that signs, so that everything asks it like every other server. */
async function throughTheCluster(api: KubernetesApi, options: TargetOptions, { region }: SignedDomain, { ca, credentials }: Identity): Promise<OpenSearchAccess> {
  const [{ openDomain }, { sharedCredentials }] = await Promise.all([import('../../aws/tunnel/openDomain.ts'), import('../../aws/clients.ts')]);
  const opened = await openDomain(api, { host: new URL(endpointOf(options)).hostname, region, credentials: credentials ?? sharedCredentials(region), imageMirror: options.imageMirror, ca });
  return { client: opened.client, url: opened.url, servername: undefined, identity: { user: undefined, ca: undefined }, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
}

/** The administrator of a server in the cluster, as its Secrets have it. @throws PodscopeError KUBE_NOT_FOUND */
export async function administratorOf(api: KubernetesApi, { opensearch, namespaces: { opensearch: namespace } }: TargetOptions): Promise<Identity> {
  const operated = opensearch.how === 'operator';
  const [users, authority] = await Promise.all([
    readSecret(api, namespace, operated ? OPERATOR_ADMIN_SECRET : USERS_SECRET),
    readSecret(api, namespace, operated ? OPERATOR_AUTHORITY : CERTIFICATES_SECRET),
  ]);
  const password = users?.[operated ? 'password' : ADMIN];
  if (password === undefined) throw missing(namespace, operated ? OPERATOR_ADMIN_SECRET : USERS_SECRET);
  if (authority?.['ca.crt'] === undefined) throw missing(namespace, operated ? OPERATOR_AUTHORITY : CERTIFICATES_SECRET);
  return { user: { username: (operated ? users?.['username'] : undefined) ?? ADMIN, password }, ca: authority['ca.crt'] };
}

function missing(namespace: string, name: string): PodscopeError<'KUBE_NOT_FOUND'> {
  return new PodscopeError('KUBE_NOT_FOUND', `The Secret ${namespace}/${name} is not there, or lacks a key.`, { hint: 'Run "podscope up --target kubernetes" again: it makes what is missing.' });
}
