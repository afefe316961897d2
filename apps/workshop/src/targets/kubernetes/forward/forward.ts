import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { podBehind } from './podBehind.ts';

/** What a port is forwarded to: a port of a Service, whose pods are looked for. */
export interface ForwardTarget {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
}

/** Options of {@link startForward}. */
export interface ForwardOptions {
  /** A port of 127.0.0.1. @default 0, a free one */
  readonly localPort?: number;
  /** Told when connections go to another pod than before, and why when there is none. */
  readonly onPod?: (pod: string | undefined, why?: string) => void;
}

/** A port of the loopback address that leads to a Service. */
export interface Forward extends AsyncDisposable {
  readonly port: number;
  close(): Promise<void>;
}

/** How long a connection waits for a pod that is ready: longer than it takes a Deployment to replace one. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 250;

/**
 * Forwards a port of the loopback address to the pods of a Service, through the API server. Each connection goes to a pod that is ready
 * at that moment; when it dies, the connections to it end, and the next ones go to another.
 *
 * @throws PodscopeError PORT_TAKEN; KUBE_NOT_FOUND where there is no such Service.
 */
export async function startForward(api: KubernetesApi, target: ForwardTarget, { localPort = 0, onPod }: ForwardOptions = {}): Promise<Forward> {
  const ending = new AbortController();
  const open = new Set<Socket>();
  let last: string | undefined;
  const tell = (pod: string | undefined, why?: string): void => {
    if (pod !== last) onPod?.(pod, why);
    last = pod;
  };
  // Told at once, not at the first connection, where nothing can be forwarded to.
  await podBehind(api, target);
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
    void lead(socket).catch((error: unknown) => {
      if (!ending.signal.aborted) tell(undefined, error instanceof Error ? error.message : String(error));
      socket.destroy();
    });
  });

  async function lead(socket: Socket): Promise<void> {
    socket.pause();
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      if (socket.destroyed) return;
      try {
        const pod = await podBehind(api, target);
        if (pod === undefined) throw new PodscopeError('KUBE_NOT_FOUND', `No pod of Service ${target.namespace}/${target.service} is ready.`, { hint: 'See "podscope status".' });
        const remote = await api.connect({ namespace: target.namespace, name: pod.name }, pod.port, { signal: ending.signal });
        tell(pod.name);
        remote.on('error', () => socket.destroy()).once('close', () => socket.destroy());
        socket.once('close', () => remote.destroy());
        socket.pipe(remote).pipe(socket);
        socket.resume();
        return;
      } catch (error) {
        // What nothing but another user or another cluster changes is not waited for.
        if (ending.signal.aborted || isPodscopeError(error, 'KUBE_FORBIDDEN') || isPodscopeError(error, 'KUBE_UNAUTHORIZED') || performance.now() > deadline) throw error;
        tell(undefined, error instanceof Error ? error.message : String(error));
        await sleep(PAUSE_MS, undefined, { signal: ending.signal });
      }
    }
  }

  const port = await listen(server, localPort);
  const close = async (): Promise<void> => {
    ending.abort();
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port, close, [Symbol.asyncDispose]: close };
}

function listen(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' ? new PodscopeError('PORT_TAKEN', `Port ${wanted} of 127.0.0.1 is in use.`, { hint: 'End what uses it, or give another --port; 0 takes a free one.', cause }) : cause);
    });
    server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => resolve((server.address() as AddressInfo).port));
  });
}
