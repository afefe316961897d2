import { createServer, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { type Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { PodscopeError } from '@podscope/core';
import { awsFailure } from '../failure.ts';
import { withoutSecrets } from '../withoutSecrets.ts';
import { refusalOf } from './admission.ts';
import { requestSigner, type Signed, type Signing } from './sign.ts';
import { type Way, wayAgent } from './way.ts';

/** Options of {@link startSigningProxy}. */
export interface ProxyOptions {
  /** @default a free one */
  readonly port?: number | undefined;
  /** Told of what came to nothing, without anything of a credential. */
  readonly onError?: ((line: string) => void) | undefined;
}

/** A running proxy. */
export interface SigningProxy extends AsyncDisposable {
  /** `http://127.0.0.1:5601`. Whoever of this machine reaches it acts with your rights. */
  readonly url: string;
  readonly port: number;
}

/** The most that a domain takes (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html, of its larger nodes). */
const MOST_BYTES = 100 * 1024 * 1024;

/** Of one connection only, and what the browser knows of this address, which the domain has another of. */
const DROPPED = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect', 'host', 'content-length', 'authorization', 'origin', 'referer']);

/**
 * Listens on 127.0.0.1 and passes each request on to the domain, signed with the presenter's credentials, so that a browser can open
 * Dashboards, and any program OpenSearch. Nothing is stored, and nothing of a signature leads back.
 *
 * @throws PodscopeError AWS_TUNNEL_FAILED when the port is taken
 */
export async function startSigningProxy(way: Way, signing: Signing, { port = 0, onError = () => undefined }: ProxyOptions = {}): Promise<SigningProxy> {
  const agent = wayAgent(way);
  const sign = requestSigner(signing);
  const server = createServer((incoming, outgoing) => {
    void pass(incoming, outgoing).catch((error: unknown) => {
      const failure = error instanceof URIError ? new PodscopeError('AWS_TUNNEL_FAILED', 'The path of the request cannot be decoded.') : awsFailure(error, `A request to the domain ${signing.host}`);
      onError(failure.message);
      answer(outgoing, error instanceof URIError ? 400 : 502, [failure.code, failure.message, ...(failure.hint === undefined ? [] : [failure.hint])].join('\n'));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new PodscopeError('AWS_TUNNEL_FAILED', `Port ${port} of 127.0.0.1 can't be used: ${cause.code === 'EADDRINUSE' ? 'somebody else listens there' : (cause.code ?? cause.message)}.`, { hint: 'Leave --port out to get a free one, or name another.', cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}`,
    port: own,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url: target = '/', headers } = incoming;
    const refusal = refusalOf({ method, target, headers }, own);
    if (refusal !== undefined) return answer(outgoing, refusal.status, refusal.why);
    const body = await bodyOf(incoming);
    if (body === undefined) return answer(outgoing, 413, `A domain takes ${MOST_BYTES / 1024 / 1024} MiB in one request at most.`);
    await send(agent, signing, { method, headers, body, signed: await sign({ method, target, body }) }, outgoing);
  }
}

interface Onward {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly signed: Signed;
}

/** What may be asked twice and comes to the same. */
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** Sends it, again where a connection that was kept had been cut meanwhile: with the next one, and at last with a new one. */
async function send(agent: Agent, signing: Signing, onward: Onward, outgoing: ServerResponse): Promise<void> {
  while ((await sendOnce(agent, signing, onward, outgoing)) === 'cut');
}

function sendOnce(agent: Agent, { host }: Signing, { method, headers, body, signed }: Onward, outgoing: ServerResponse): Promise<'answered' | 'cut'> {
  return new Promise((resolve, reject) => {
    const length = body.length === 0 && (method === 'GET' || method === 'HEAD') ? {} : { 'content-length': String(body.length) };
    const onward = request({ agent, host, method, path: signed.target, headers: { ...kept(headers), ...length, ...signed.headers } }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, backHeaders(response.headers, host));
      // A browser that has gone away is no failure.
      pipeline(response, outgoing, () => resolve('answered'));
    });
    onward.once('error', (error: NodeJS.ErrnoException) => {
      const isCut = onward.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      if (isCut && REPEATABLE.has(method) && !outgoing.headersSent && !outgoing.destroyed) {
        resolve('cut');
        return;
      }
      if (outgoing.headersSent) outgoing.destroy();
      reject(error);
    });
    const giveUp = (): void => void onward.destroy();
    outgoing.once('close', giveUp);
    onward.once('close', () => outgoing.off('close', giveUp));
    onward.end(body);
  });
}

function kept(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set(String(headers.connection ?? '').toLowerCase().split(',').map((name) => name.trim()));
  // What signs is ours alone, and nobody may say who asks in our name.
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED.has(name) && !named.has(name) && !name.startsWith('x-amz') && !name.startsWith('x-forwarded') && !name.startsWith('sec-')));
}

/** The domain speaks of itself as https://its-host; here it is http on the loopback address, where a cookie for HTTPS only would be lost. */
function backHeaders(headers: IncomingHttpHeaders, host: string): OutgoingHttpHeaders {
  const back: OutgoingHttpHeaders = Object.fromEntries(Object.entries(headers).filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding', 'strict-transport-security', 'upgrade'].includes(name)));
  if (headers.location !== undefined) back['location'] = headers.location.replace(new RegExp(`^https?://${host.replaceAll('.', '\\.')}(?::443)?(?=/|$)`, 'u'), '') || '/';
  if (headers['set-cookie'] !== undefined) back['set-cookie'] = headers['set-cookie'].map((cookie) => cookie.replaceAll(/;\s*(?:secure|domain=[^;]*)(?=;|$)/giu, '').replace(/;\s*samesite=none(?=;|$)/iu, '; SameSite=Lax'));
  return back;
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function answer(outgoing: ServerResponse, status: number, text: string): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', connection: 'close' }).end(`${withoutSecrets(text)}\n`);
}
