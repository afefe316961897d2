import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { resolveService } from './servicePods.ts';
import type { KubernetesApi } from './types.ts';

/** Options of a forward. */
export interface ForwardOptions {
  /** @default a free one */
  readonly localPort?: number | undefined;
  /** Only the loopback address: whoever reaches a forward acts with the rights of the user who made it. @default '127.0.0.1' */
  readonly host?: '127.0.0.1' | '::1' | 'localhost' | undefined;
  /** Ends it, too. */
  readonly signal?: AbortSignal | undefined;
  /** Told of connections that came to nothing; the forward goes on. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** A port of this machine that leads to a pod. */
export interface Forward {
  readonly host: string;
  readonly port: number;
  /** Closes the port and all connections through it. May be called again. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where the next connection goes; `failed` tells that the last one did not get there. */
interface Targets {
  next(): Promise<{ readonly namespace: string; readonly name: string; readonly port: number }>;
  failed(name: string): void;
}

/** Another pod is tried that many times before a connection is given up. */
const ATTEMPTS = 4;

/**
 * Listens on the loopback address and leads each connection to a port of one pod.
 *
 * @throws PodscopeError `KUBE_FORWARD_FAILED` when the local port is taken.
 */
export async function forwardPort(api: KubernetesApi, pod: { readonly namespace: string; readonly name: string }, port: number, options: ForwardOptions = {}): Promise<Forward> {
  const { namespace, name } = pod;
  return listen(api, { next: async () => ({ namespace, name, port }), failed: () => undefined }, options);
}

/**
 * Listens on the loopback address and leads each connection to a ready pod of a Service, to the port that the Service's port (a number
 * or a name) stands for. A pod that goes away takes its connections with it; the next one goes to another pod.
 *
 * @throws PodscopeError `KUBE_NOT_FOUND` when there is no such Service, `KUBE_FORWARD_FAILED` when it has no such port or no pod is ready.
 */
export async function forwardService(api: KubernetesApi, service: { readonly namespace: string; readonly name: string }, port: number | string, options: ForwardOptions = {}): Promise<Forward> {
  const targets = resolveService(api, service, port);
  // So that a Service without pods is told now, and not by the first connection.
  await targets.next();
  return listen(api, targets, options);
}

async function listen(api: KubernetesApi, targets: Targets, { localPort = 0, host = '127.0.0.1', signal, onError }: ForwardOptions): Promise<Forward> {
  signal?.throwIfAborted();
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new PodscopeError('KUBE_FORWARD_FAILED', `A forward may not listen on ${String(host)}.`, { hint: 'Use 127.0.0.1: whoever reaches a forward has your rights in the cluster.' });
  }
  const stop = new AbortController();
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    void lead(api, targets, socket, stop.signal).catch((error: unknown) => {
      socket.destroy();
      if (!stop.signal.aborted && error instanceof Error) onError?.(error);
    });
  });
  await listening(server, localPort, host);

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => {
      signal?.removeEventListener('abort', onAbort);
      stop.abort();
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
    return closed;
  };
  const onAbort = (): void => void close();
  signal?.addEventListener('abort', onAbort, { once: true });
  return { host, port: (server.address() as AddressInfo).port, close, [Symbol.asyncDispose]: close };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'somebody else listens there' : (error.code ?? error.message);
      reject(new PodscopeError('KUBE_FORWARD_FAILED', `Port ${port} of ${host} can't be used: ${why}.`, { hint: 'Leave the port out to get a free one, or name another.', cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

/** Leads one connection to a pod; resolves when it has ended. */
async function lead(api: KubernetesApi, targets: Targets, socket: Socket, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { namespace, name, port } = await targets.next();
    let stream;
    try {
      stream = await api.connect({ namespace, name }, port, { signal });
    } catch (error) {
      targets.failed(name);
      if (attempt < ATTEMPTS && (isPodscopeError(error, 'KUBE_NOT_FOUND') || isPodscopeError(error, 'KUBE_REFUSED'))) continue;
      throw error;
    }
    if (socket.destroyed) {
      stream.destroy();
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    pipeline(socket, stream, socket, (error) => {
      const cut = error !== undefined && error !== null && (error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE' && !['ECONNRESET', 'EPIPE', 'ABORT_ERR'].includes(String((error as NodeJS.ErrnoException).code));
      if (!cut) return resolve();
      targets.failed(name);
      reject(error);
    });
    socket.resume();
    await promise;
    return;
  }
}
