/**
 * A stand-in for the front of a domain of Amazon OpenSearch Service, for tests: TLS with a certificate of the domain's own host, and a
 * look at each signature, worked out by `signature.ts`. What is behind it, a test says: a real OpenSearch, for each key the user who
 * stands for its role of IAM. No part of it is Amazon's; its words of refusal are those of the service.
 */
import { createServer } from 'node:https';
import { type IncomingMessage, request as plainRequest, type ServerResponse } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { type Arrived, type Keys, whoSigned } from './signature.ts';

/** What a gateway passes on. */
export interface Passed extends Arrived {
  readonly keys: Keys;
}

/** A running gateway. */
export interface DomainGateway extends AsyncDisposable {
  readonly host: string;
  readonly region: string;
  /** Of 127.0.0.1. */
  readonly port: number;
  /** What signs its certificate, as PEM. */
  readonly ca: string;
  /** Requests that got through, in their order. */
  readonly passed: readonly Passed[];
  /** Why others did not. */
  readonly refused: readonly string[];
}

/** Options of {@link startDomainGateway}. */
export interface GatewayOptions {
  readonly keys: readonly Keys[];
  readonly host?: string;
  readonly region?: string;
  /** The name in the certificate. @default the host */
  readonly certifiedHost?: string;
  /** Answers what got through. */
  readonly answer: (passed: Passed, outgoing: ServerResponse) => void | Promise<void>;
}

/** Starts one on a free port of 127.0.0.1. */
export async function startDomainGateway({ keys, host = 'vpc-podscope-abcdefghijklmnopqrstuvwxyz.eu-central-1.es.amazonaws.com', region = 'eu-central-1', certifiedHost = host, answer }: GatewayOptions): Promise<DomainGateway> {
  const made = await generate([{ name: 'commonName', value: certifiedHost.slice(0, 64) }], {
    keyType: 'ec', curve: 'P-256', algorithm: 'sha256', extensions: [{ name: 'basicConstraints', cA: true, critical: true }, { name: 'subjectAltName', altNames: [{ type: 2, value: certifiedHost }] }],
  });
  const passed: Passed[] = [];
  const refused: string[] = [];
  const server = createServer({ key: made.private, cert: made.cert }, (incoming, outgoing) => {
    void handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
    const arrived: Arrived = { method: incoming.method ?? '', target: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(parts) };
    const who = whoSigned(arrived, { host, region, keys });
    if ('problem' in who) {
      refused.push(who.problem);
      outgoing.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ message: 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.' }));
      return;
    }
    passed.push({ ...arrived, keys: who.keys });
    await answer({ ...arrived, keys: who.keys }, outgoing);
  }
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    host, region, passed, refused, ca: made.cert, port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** Where a request goes on to, as one user. */
export interface Onward {
  readonly node: string;
  readonly auth: { readonly username: string; readonly password: string };
  readonly ssl: { readonly ca: string };
}

/** Passes a request on to a real server as that user. */
export function passOn({ method, target, headers, body }: Passed, outgoing: ServerResponse, { node, auth, ssl }: Onward): void {
  const { authorization: _signature, host: _host, ...plain } = headers;
  const send = node.startsWith('https:') ? tlsRequest : plainRequest;
  const onward = send(new URL(node), { method, path: target, ca: ssl.ca, auth: `${auth.username}:${auth.password}`, headers: Object.fromEntries(Object.entries(plain).filter(([name]) => !name.startsWith('x-amz'))) }, (response) => {
    response.pipe(outgoing.writeHead(response.statusCode ?? 502, response.headers));
  });
  onward.once('error', () => outgoing.destroy());
  onward.end(body);
}
