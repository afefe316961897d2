import type { IncomingMessage } from 'node:http';
import type { Agent } from 'node:https';
import { Duplex } from 'node:stream';
import { PodscopeError } from '@podscope/core';
import type { WebSocket as Socket } from 'ws';
import type { Link } from './link.ts';
import type { ReadContext } from './list.ts';
import type { Sender } from './repeat.ts';
import { bodyOf, Lost } from './send.ts';

/** The port of a pod that a stream goes to. */
export interface PodPort {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/** Each message begins with its channel; kubelet sends the port's number first on both (`k8s.io/kubelet/pkg/cri/streaming/portforward/websocket.go`). */
const PROTOCOL = 'v4.channel.k8s.io';
const DATA = 0;
const ERROR = 1;
const PORT_BYTES = 2;

const HANDSHAKE_MS = 30_000;
/** Load balancers close what is silent for a minute. */
const PING_MS = 25_000;
/**
 * This protocol has no way to say that one side has ended. After the last byte of ours the other side may go on for as long as it is
 * never silent for this long.
 */
const LINGER_MS = 10_000;
/** The server takes no message over 32 MB (`golang.org/x/net/websocket`); smaller ones keep the memory of both sides small. */
const LONGEST = 256 * 1024;

const titleOfPort = ({ namespace, name, port }: PodPort): string => `Port ${port} of pod ${namespace}/${name}`;

/** What opening needs. */
export interface StreamContext {
  readonly link: Link;
  readonly sender: Sender;
  readonly fail: ReadContext['fail'];
}

/**
 * Opens a stream to a port of a pod through the API server. A port where nobody listens is only found out afterwards: the stream then
 * ends with `KUBE_PORT_REFUSED`.
 *
 * @throws PodscopeError as `KubernetesApi` says; `KUBE_NOT_FOUND` when there is no such pod.
 */
export async function openPodStream({ link, sender, fail }: StreamContext, pod: PodPort, signal: AbortSignal | undefined): Promise<Duplex> {
  let renewed = false;
  for (;;) {
    signal?.throwIfAborted();
    const opened = await sender.attempt(() => handshake(link, pod, signal), signal);
    if (opened instanceof Duplex) return opened;
    if (opened.status !== 401 || renewed || !link.renew()) throw fail(titleOfPort(pod), opened);
    renewed = true;
  }
}

async function handshake(link: Link, pod: PodPort, signal: AbortSignal | undefined): Promise<Duplex | { readonly status: number; readonly body: unknown }> {
  const [{ WebSocket }, { headers, agent }] = await Promise.all([import('ws'), link.prepare('stream')]);
  const { protocol, host, pathname } = link.url;
  const path = `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}/portforward?ports=${pod.port}`;
  const url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${pathname.replace(/\/$/, '')}${path}`;
  return new Promise((resolve, reject) => {
    let socket: Socket;
    try {
      socket = new WebSocket(url, [PROTOCOL], { agent: agent as Agent, headers: headers as Record<string, string>, perMessageDeflate: false, handshakeTimeout: HANDSHAKE_MS });
    } catch (error) {
      reject(new Lost(error, false));
      return;
    }
    const onAbort = (): void => {
      reject(signal?.reason);
      socket.terminate();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const settled = (): void => signal?.removeEventListener('abort', onAbort);
    socket.once('unexpected-response', (request, response: IncomingMessage) => {
      settled();
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', (error) => reject(new Lost(error, true)));
      response.once('end', () => {
        request.destroy();
        resolve({ status: response.statusCode ?? 0, body: bodyOf(response.headers['content-type'], Buffer.concat(chunks).toString('utf8')) });
      });
    });
    socket.once('error', (error) => {
      settled();
      reject(new Lost(error, true));
    });
    socket.once('open', () => {
      settled();
      // Made before the first message is read, which may have come with the answer.
      resolve(new PodStream(socket, pod, signal));
    });
  });
}

/** The bytes of one port of a pod. */
class PodStream extends Duplex {
  readonly #socket: Socket;
  readonly #pod: PodPort;
  readonly #skip: Record<number, number> = { [DATA]: PORT_BYTES, [ERROR]: PORT_BYTES };
  readonly #ping: NodeJS.Timeout;
  #problem = '';
  #unanswered = 0;
  #linger: NodeJS.Timeout | undefined;

  constructor(socket: Socket, pod: PodPort, signal: AbortSignal | undefined) {
    super({ allowHalfOpen: true, signal });
    this.#socket = socket;
    this.#pod = pod;
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data: Buffer) => this.#take(data));
    socket.on('pong', () => (this.#unanswered = 0));
    socket.once('close', (code) => this.#closed(code));
    // Of a socket that never opened, whoever opens it tells; of one that was, `close` follows.
    socket.on('error', () => undefined);
    this.#ping = setInterval(() => this.#keep(), PING_MS).unref();
  }

  #take(data: Buffer): void {
    const channel = data[0] ?? -1;
    const skipped = Math.min(this.#skip[channel] ?? 0, data.length - 1);
    this.#skip[channel] = (this.#skip[channel] ?? 0) - skipped;
    const content = data.subarray(1 + skipped);
    if (content.length === 0) return;
    this.#linger?.refresh();
    if (channel === ERROR) {
      this.#problem += content.toString('utf8');
    } else if (channel === DATA && !this.push(content)) {
      this.#socket.pause();
    }
  }

  #keep(): void {
    if (this.#socket.readyState !== this.#socket.OPEN || this.#socket.isPaused) return;
    if (this.#unanswered > 1) this.#socket.terminate();
    this.#unanswered += 1;
    this.#socket.ping();
  }

  #closed(code: number): void {
    clearInterval(this.#ping);
    clearTimeout(this.#linger);
    if (this.#problem !== '') {
      const refused = /refused/.test(this.#problem);
      this.destroy(
        new PodscopeError('KUBE_PORT_REFUSED', `${titleOfPort(this.#pod)}: ${refused ? 'nobody listens there' : 'the connection could not be made'}.`, {
          hint: 'Check the number of the port, and that the container is up.',
          details: [this.#problem],
        }),
      );
    } else if (code === 1000 || code === 1005 || this.#linger !== undefined) {
      this.push(null);
      // The other side takes no more either.
      if (!this.writableEnded) this.end();
    } else {
      this.destroy(new PodscopeError('KUBE_UNREACHABLE', `${titleOfPort(this.#pod)}: the connection was cut.`, { hint: 'The pod or the API server ended; connect again.' }));
    }
  }

  override _read(): void {
    if (this.#socket.isPaused) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#socket.readyState !== this.#socket.OPEN) {
      // It closed: what was written after that is lost, as on any socket.
      done(this.readableEnded ? Object.assign(new Error('The other side has ended.'), { code: 'EPIPE' }) : null);
      return;
    }
    for (let from = 0; from < chunk.length; from += LONGEST) {
      const part = Buffer.concat([Buffer.of(DATA), chunk.subarray(from, from + LONGEST)]);
      const last = from + LONGEST >= chunk.length;
      this.#socket.send(part, { binary: true }, last ? (error) => done(error) : undefined);
    }
    if (chunk.length === 0) done();
  }

  override _final(done: () => void): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#linger = setTimeout(() => this.#socket.close(1000), LINGER_MS).unref();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#ping);
    clearTimeout(this.#linger);
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.close(1000);
    else this.#socket.terminate();
    if (error !== null) this.#socket.terminate();
    done(error);
  }
}
