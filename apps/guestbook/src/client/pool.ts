import { connect, type Socket } from 'node:net';

/** Opens one connection after the other, so that a pool doesn't look like an attack. Milliseconds. */
const GAP = 10;
const AGAIN = 1_000;

/** Keeps so many idle connections to a Redis, and opens anew what was closed, until the returned function is called. */
export function startPool(endpoint: { readonly host: string; readonly port: number }, size: number): () => void {
  const sockets = new Set<Socket>();
  let timer: NodeJS.Timeout;
  const grow = (): void => {
    let wait = AGAIN;
    if (sockets.size < size) {
      const socket = connect({ ...endpoint, keepAlive: true });
      sockets.add(socket);
      const gone = (): void => void sockets.delete(socket);
      socket.on('error', gone).on('close', gone).resume();
      wait = GAP;
    }
    timer = setTimeout(grow, wait);
  };
  grow();
  return () => {
    clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
  };
}
