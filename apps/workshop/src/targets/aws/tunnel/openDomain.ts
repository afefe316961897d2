import type { Client } from '@opensearch-project/opensearch';
import { forwardService, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import type { AwsCredentials } from '../clients.ts';
import { DOMAIN_PORT, RELAY, TUNNEL_NAMESPACE } from './objects.ts';
import { type EnsureOptions, ensureRelay } from './relayPod.ts';
import { startSigningProxy } from './proxy.ts';
import { domainClient } from './way.ts';

/** Options of {@link openDomain}. */
export interface OpenDomainOptions extends EnsureOptions {
  /** The domain's own host, as `DomainState` has it. */
  readonly host: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** Where the domain's network interfaces may be. @default all private ranges */
  readonly cidrs?: readonly string[] | undefined;
  readonly imageMirror?: string | undefined;
  /** Of the signing proxy. @default a free one */
  readonly port?: number | undefined;
  /** An authority, as PEM, beside those that Node knows; for tests. */
  readonly ca?: string | undefined;
  /** Told of connections and requests that came to nothing; what was opened goes on. */
  readonly onError?: ((line: string) => void) | undefined;
}

/** A domain as this machine reaches it, until it is disposed of. */
export interface OpenedDomain extends AsyncDisposable {
  /** OpenSearch for a browser or any program: `http://127.0.0.1:40123`, without credentials. Whoever of this machine reaches it acts with yours. */
  readonly url: string;
  /** OpenSearch Dashboards for a browser. */
  readonly dashboardsUrl: string;
  /** Asks the domain through the relay, signed by the official client's signer; without the proxy. */
  readonly client: Client;
}

/**
 * Opens a domain that has no public endpoint: the relay in the cluster, a port forward to it, and on top of that a client and a proxy that
 * sign for the domain's own host. Needs the right to forward ports in the cluster, and that of `es:ESHttp*`; no bastion, no key to hand out.
 *
 * @throws PodscopeError AWS_TUNNEL_FAILED, KUBE_NOT_READY, KUBE_FORBIDDEN, KUBE_FORWARD_FAILED, KUBE_UNREACHABLE
 */
export async function openDomain(api: KubernetesApi, options: OpenDomainOptions): Promise<OpenedDomain> {
  const { host, region, credentials, cidrs, imageMirror, port, ca, signal, onProgress, timeoutMs, onError = () => undefined } = options;
  await ensureRelay(api, { host, cidrs, imageMirror }, { signal, onProgress, timeoutMs });
  await using opened = new AsyncDisposableStack();
  const forward = opened.use(await forwardService(api, { namespace: TUNNEL_NAMESPACE, name: RELAY }, DOMAIN_PORT, { signal, onError: (error) => onError(`A connection to ${host} came to nothing: ${error.message}`) }));
  const way = { host, port: forward.port, ca };
  const signing = { host, region, credentials };
  const client = await domainClient(way, signing);
  opened.defer(() => client.close());
  const proxy = opened.use(await startSigningProxy(way, signing, { port, onError }));
  const all = opened.move();
  return { url: proxy.url, dashboardsUrl: `${proxy.url}/_dashboards`, client, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
