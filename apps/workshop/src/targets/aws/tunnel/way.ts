import { Agent } from 'node:https';
import { connect } from 'node:tls';
import type { Client } from '@opensearch-project/opensearch';
import type { Signing } from './sign.ts';

/** A port of this machine that leads to a domain. */
export interface Way {
  readonly host: string;
  /** Of 127.0.0.1. */
  readonly port: number;
  /** An authority, as PEM, beside those that Node knows. Amazon's own are among them. */
  readonly ca?: string | undefined;
}

/**
 * Load balancers before the domain and before the API of EKS forget a connection that is silent for a minute or six: it is closed before.
 * Not the time that the client below gives a request: where both are the same, Node gives a request on a new connection none.
 */
const IDLE_MS = 25_000;

/** Connections through the way, over TLS with the domain's own name: whoever stands in between can't be the domain. */
export function wayAgent({ host, port, ca }: Way, idleMs = IDLE_MS): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 8, timeout: idleMs });
  agent.createConnection = () => connect({ host: '127.0.0.1', port, servername: host, minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'], ...(ca === undefined ? {} : { ca }) });
  return agent;
}

/** A client of the domain whose requests the official client's own signer signs. Its credentials are renewed before they end. */
export async function domainClient(way: Way, { host, region, credentials }: Signing): Promise<Client> {
  const [{ Client: OpenSearchClient }, { AwsSigv4Signer }] = await Promise.all([import('@opensearch-project/opensearch'), import('@opensearch-project/opensearch/aws-v3')]);
  return new OpenSearchClient({ ...AwsSigv4Signer({ region, service: 'es', getCredentials: () => credentials() }), node: `https://${host}`, agent: () => wayAgent(way), maxRetries: 0, requestTimeout: 30_000 });
}
