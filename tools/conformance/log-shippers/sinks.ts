import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Engine } from '../../../packages/log-shippers/src/index.ts';
import { startLumberjack } from '../../lumberjack/server.ts';

/** A document as a shipper wrote it, and the index that it named. */
export interface Arrived {
  readonly index: string;
  readonly id: string | undefined;
  readonly action: string;
  readonly document: Readonly<Record<string, unknown>>;
}

/** A server on loopback that stands for a destination: it takes whatever comes. */
export interface Sink {
  readonly port: number;
  /** Documents, for a sink that understands them. */
  readonly arrived: readonly Arrived[];
  /** Requests or messages that had something in them. */
  readonly messages: number;
  stop(): Promise<void>;
}

async function listen(server: Server, sockets: Set<Socket>): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** What each engine answers when it is asked who it is. Beats and plugins ask. */
const VERSIONS: Readonly<Record<Engine, object>> = {
  'opensearch@1': { number: '1.3.20', distribution: 'opensearch' },
  'opensearch@2': { number: '2.19.6', distribution: 'opensearch' },
  'opensearch@3': { number: '3.8.0', distribution: 'opensearch' },
  'amazon-opensearch-service': { number: '2.19.0', distribution: 'opensearch' },
  'opensearch-serverless': { number: '2.0.0', distribution: 'opensearch' },
  'elasticsearch@7.10': { number: '7.10.2', build_flavor: 'oss' },
};

/** Stands for an engine: says that it is one, and that it has created every document. */
export async function searchSink(engine: Engine): Promise<Sink> {
  const arrived: Arrived[] = [];
  const server = createHttpServer(async (request, response) => {
    const body = await bodyOf(request);
    response.setHeader('content-type', 'application/json');
    if (request.url?.includes('_bulk') === true) {
      const items = itemsOf(body);
      arrived.push(...items);
      response.end(JSON.stringify({ took: 1, errors: false, items: items.map(({ action, index, id }, at) => ({ [action]: { _index: index, _id: id ?? `made-up-${at}`, status: 201 } })) }));
    } else if (request.url === '/_license' || request.url?.startsWith('/_xpack') === true) {
      response.statusCode = 400;
      response.end(JSON.stringify({ error: { type: 'invalid_index_name_exception', reason: 'no x-pack here' }, status: 400 }));
    } else response.end(request.method === 'HEAD' ? undefined : JSON.stringify({ name: 'stand-in', cluster_name: 'stand-in', version: VERSIONS[engine], tagline: 'You Know, for Search' }));
  });
  const { port, stop } = await listen(server, new Set());
  return { port, arrived, get messages() { return arrived.length; }, stop };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const bytes = Buffer.concat(parts);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

function itemsOf(body: string): Arrived[] {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const items: Arrived[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [[action, { _index: index = '', _id: id }] = ['', { _index: '', _id: undefined }]] = Object.entries(JSON.parse(lines[at] ?? '{}') as Record<string, { _index?: string; _id?: string }>) as [string, { _index?: string; _id?: string }][];
    items.push({ index, id, action, document: JSON.parse(lines[at + 1] ?? '{}') as Arrived['document'] });
  }
  return items;
}

/** Takes whatever is sent over HTTP, such as OTLP. */
export async function httpSink(): Promise<Sink> {
  let messages = 0;
  const server = createHttpServer(async (request, response) => {
    if ((await bodyOf(request)) !== '') messages += 1;
    response.setHeader('content-type', 'application/json').end('{}');
  });
  const { port, stop } = await listen(server, new Set());
  return { port, arrived: [], get messages() { return messages; }, stop };
}

/** An answer of gRPC that says nothing: no compression, no bytes. */
const EMPTY_MESSAGE = Buffer.alloc(5);

/** Takes whatever is sent over gRPC, without TLS. */
export async function grpcSink(): Promise<Sink> {
  let messages = 0;
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.on('error', () => stream.destroy());
    stream.on('data', () => undefined);
    stream.on('end', () => {
      messages += 1;
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(EMPTY_MESSAGE);
    });
  });
  const { port, stop } = await listen(server as unknown as Server, new Set());
  return { port, arrived: [], get messages() { return messages; }, stop };
}

/** Takes whatever is sent in Fluent's forward protocol, and acknowledges chunks whose sender wants it. */
export async function forwardSink(): Promise<Sink> {
  let messages = 0;
  const server = createTcpServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      messages += 1;
      const chunk = chunkOf(bytes);
      if (chunk !== undefined) socket.write(Buffer.concat([Buffer.from([0x81, 0xa3]), Buffer.from('ack'), chunk]));
    });
  });
  const { port, stop } = await listen(server, new Set());
  return { port, arrived: [], get messages() { return messages; }, stop };
}

/** The MessagePack text after the key `chunk`: the whole value, with its head. */
function chunkOf(bytes: Buffer): Buffer | undefined {
  const at = bytes.lastIndexOf(Buffer.from('\u00a5chunk', 'latin1'));
  const head = at < 0 ? undefined : bytes[at + 6];
  if (head === undefined) return undefined;
  if (head >= 0xa0 && head <= 0xbf) return bytes.subarray(at + 6, at + 7 + (head & 0x1f));
  return head === 0xd9 ? bytes.subarray(at + 6, at + 8 + (bytes[at + 7] ?? 0)) : undefined;
}

/** Takes what Beats send. */
export async function beatsSink(): Promise<Sink> {
  const arrived: Arrived[] = [];
  const server = await startLumberjack({ take: async (events) => void arrived.push(...events.map((document) => ({ index: '', id: undefined, action: 'event', document }))) });
  return { port: server.port, arrived, get messages() { return arrived.length; }, stop: () => server.stop() };
}
