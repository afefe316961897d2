import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request as send } from 'node:https';
import type { KeyPair } from './certificates.ts';

/** What the API server answered. */
export interface KubeResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as JSON, or as text where it is none. */
  readonly body: unknown;
  /** The texts of the `Warning` headers: deprecated versions, pods that pod security would refuse, unknown fields. */
  readonly warnings: readonly string[];
}

/** A request to the API server. */
export interface KubeRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the root, such as `/api/v1/namespaces`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON, which the server takes for YAML too; a text is sent as it is. */
  readonly body?: unknown;
  /** @default 'application/json' */
  readonly contentType?: string;
}

/** What proves who asks: a certificate, or the token of a service account. */
export type Credentials = KeyPair | { readonly token: string };

/** Sends requests as one user, over connections that stay open. */
export interface Sender {
  send(request: KubeRequest): Promise<KubeResponse>;
  close(): void;
}

/** `299 - "text"`, several of them in one header with commas between (RFC 7234, 5.5); quotes inside are escaped. */
export function warningsOf(header: string | undefined): string[] {
  return [...(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

/** How long the server may take for one answer; a busy machine starts it slowly. */
const TIMEOUT_MS = 60_000;

/** A sender for one user. */
export function createSender({ port, ca, user }: { readonly port: number; readonly ca: string; readonly user: Credentials }): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca, ...('token' in user ? {} : user) });
  const authorization = 'token' in user ? { authorization: `Bearer ${user.token}` } : {};
  return {
    send: ({ method = 'GET', path, query, body, contentType = 'application/json' }) =>
      new Promise((resolve, reject) => {
        const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
        const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
        const headers = { accept: 'application/json', ...authorization, ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }) };
        const request = send({ agent, host: '127.0.0.1', port, method, path: path + search, headers, timeout: TIMEOUT_MS }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () => {
            const answer = Buffer.concat(chunks).toString('utf8');
            const { statusCode: status = 0, headers: received } = response;
            resolve({ status, headers: received, body: parsed(answer), warnings: warningsOf(received['warning'] as string | undefined) });
          });
        });
        request.once('error', reject);
        request.once('timeout', () => request.destroy(new Error(`${method} ${path} was not answered within ${TIMEOUT_MS / 1000} s`)));
        request.end(text);
      }),
    close: () => agent.destroy(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // `/readyz` and `/metrics` answer with text.
    return text;
  }
}
