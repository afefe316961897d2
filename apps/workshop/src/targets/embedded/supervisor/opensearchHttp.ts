import * as http from 'node:http';
import * as https from 'node:https';
import type { IndexClient } from '@podscope/index-manager';

/** OpenSearch answered with an error status. Carries what the official client's `ResponseError` carries. */
export class OpenSearchStatusError extends Error {
  override readonly name = 'OpenSearchStatusError';
  readonly statusCode: number;
  readonly body: unknown;

  constructor(statusCode: number, body: unknown) {
    super(`OpenSearch answered with status ${statusCode}`);
    this.statusCode = statusCode;
    this.body = body;
  }
}

/** Asks OpenSearch for JSON. */
export type AskOpenSearch = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;

const TIMEOUT = 30_000;

/** Who asks, and whose certificate is believed. */
export interface OpenSearchCredentials {
  /** With who asks, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Authority of the server's certificate, PEM. */
  readonly ca?: string | undefined;
  /** The name that the certificate is for, where the address is another one. */
  readonly serverName?: string | undefined;
}

/** A small client for the supervisor's few requests: the official one costs 25 MB in a process that lives all day. */
export function openSearchHttp(url: string, { headers = {}, ca, serverName }: OpenSearchCredentials = {}): AskOpenSearch {
  const isSecure = url.startsWith('https:');
  const options = { keepAlive: true, maxSockets: 4 };
  const agent = isSecure ? new https.Agent({ ...options, ...(ca === undefined ? {} : { ca }), ...(serverName === undefined ? {} : { servername: serverName }) }) : new http.Agent(options);
  const { request } = isSecure ? https : http;
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const call = request(new URL(path, url), {
        method,
        agent,
        timeout: TIMEOUT,
        headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }) },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', reject).once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode ?? 0;
          const parsed = parse(text);
          if (status >= 400) reject(new OpenSearchStatusError(status, parsed));
          else resolve(parsed);
        });
      });
      call.once('timeout', () => call.destroy(new Error(`OpenSearch did not answer ${method} ${path} within ${TIMEOUT / 1000} s`)));
      call.once('error', reject);
      call.end(payload);
    });
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    // A proxy's page or a cut answer: shown as it is in the error.
    return text;
  }
}

/** What index-manager needs of the official client, which is its `transport.request`. */
export function indexClient(ask: AskOpenSearch): IndexClient {
  const transport = {
    async request({ method, path, body }: { method: 'GET' | 'PUT' | 'POST' | 'DELETE'; path: string; body?: unknown }): Promise<{ body: unknown }> {
      return { body: await ask(method, path, body) };
    },
  };
  return { transport } as unknown as IndexClient;
}
