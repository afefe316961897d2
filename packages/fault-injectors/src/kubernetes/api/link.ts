import { createHash } from 'node:crypto';
import { Agent as PlainAgent } from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import { PodscopeError } from '@podscope/core';
import { pemOf, type Credentials, type Proof } from './credentials.ts';
import type { ClusterEntry } from './kubeconfig.ts';
import { addressOf, proxyFor, TunnelAgent, type ProxyEnvironment } from './proxy.ts';
import { unreachable } from './unreachable.ts';

/** What one request needs. */
export interface Prepared {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly agent: Agent | PlainAgent;
}

/** The way to a server as one user. */
export interface Link {
  readonly context: string;
  readonly userName: string;
  readonly url: URL;
  /** For a short request, or for one that stays open (a watch, a forward) and must not wait behind others. */
  prepare(use: 'request' | 'stream'): Promise<Prepared>;
  /** After a 401: true where the next proof may be another one. */
  renew(): boolean;
  /** Closes the connections that wait for a request: after one was cut, the others lead nowhere either. */
  dropIdle(): void;
  /** A connection that failed as an error for the reader. */
  explain(error: unknown): PodscopeError;
  close(): void;
}

/** What a link is made of. */
export interface LinkSettings {
  readonly context: string;
  readonly userName: string;
  readonly cluster: ClusterEntry;
  readonly credentials: Credentials;
  readonly environment?: ProxyEnvironment | undefined;
  /** Makes agents for a proxy that this module can't speak to (SOCKS). */
  readonly otherProxy?: ((options: AgentOptions) => Promise<Agent>) | undefined;
}

/** As many requests at once as the API server works on for one user without queueing (its default queues are longer than that). */
const SOCKETS = 16;

const isLoopback = ({ hostname }: URL): boolean => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

/** Opens no connection yet. */
export function createLink({ context, userName, cluster, credentials, environment, otherProxy }: LinkSettings): Link {
  const url = new URL(cluster.server);
  const proxy = proxyFor(url, cluster['proxy-url'], environment);
  const destination = { server: url.href.replace(/\/$/, ''), context, ...(proxy === undefined ? {} : { proxy: addressOf(proxy) }) };
  let ca: Promise<Buffer | undefined> | undefined;
  let closed = false;
  /** Agents of the client certificate that is used now; another certificate gets others. */
  let agents: { readonly of: string; readonly request: Agent | PlainAgent; readonly stream: Agent | PlainAgent } | undefined;

  async function make(proof: Proof, options: AgentOptions): Promise<Agent | PlainAgent> {
    if (url.protocol === 'http:') return new PlainAgent(options);
    const trusted = await (ca ??= pemOf(cluster['certificate-authority-data'], cluster['certificate-authority'], 'certificate authority'));
    const secured: AgentOptions = {
      ...options,
      ...(trusted === undefined ? {} : { ca: trusted }),
      ...(proof.cert === undefined ? {} : { cert: proof.cert, key: proof.key }),
      ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
      ...(cluster['tls-server-name'] === undefined ? {} : { servername: cluster['tls-server-name'] }),
    };
    if (proxy === undefined) return new Agent(secured);
    if (proxy.protocol === 'http:' || proxy.protocol === 'https:') return new TunnelAgent(proxy, secured);
    if (otherProxy !== undefined) return otherProxy(secured);
    throw new PodscopeError('KUBE_CONFIG_INVALID', `The proxy ${addressOf(proxy)} of context ${context} is of a kind that is not known.`, { hint: 'proxy-url must begin with http, https or socks5.' });
  }

  return {
    context,
    userName,
    url,
    async prepare(use) {
      if (closed) throw new PodscopeError('KUBE_UNREACHABLE', `The connection to ${destination.server} (context ${context}) was closed.`, { hint: 'Connect again.' });
      const proof = await credentials.current();
      if (url.protocol === 'http:' && !isLoopback(url) && 'Authorization' in proof.headers) {
        throw new PodscopeError('KUBE_CONFIG_INVALID', `The server ${destination.server} of context ${context} has no TLS, and the user's token would be sent in the clear.`, { hint: 'Use its https address.' });
      }
      const of = proof.cert === undefined ? '' : createHash('sha256').update(proof.cert).digest('hex');
      if (agents?.of !== of) {
        const options = { keepAlive: true, keepAliveMsecs: 30_000 };
        const made = { of, request: await make(proof, { ...options, maxSockets: SOCKETS }), stream: await make(proof, options) };
        // Those of the old certificate finish what they have.
        agents = made;
      }
      return { headers: proof.headers, agent: agents[use] };
    },
    renew() {
      ca = undefined;
      return credentials.renew();
    },
    dropIdle() {
      for (const socket of Object.values(agents?.request.freeSockets ?? {}).flat()) socket?.destroy();
    },
    explain: (error) => unreachable(error, destination),
    close() {
      closed = true;
      agents?.request.destroy();
      agents?.stream.destroy();
    },
  };
}
