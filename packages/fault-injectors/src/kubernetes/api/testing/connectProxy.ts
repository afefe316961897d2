import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An HTTP proxy on the loopback address that makes tunnels. */
export interface ConnectProxy extends AsyncDisposable {
  readonly port: number;
  /** Where tunnels went, in order. */
  readonly targets: readonly string[];
  /** Cuts all tunnels there are. */
  cut(): void;
}

/** Starts a proxy. With `user`, whoever gives no such name and password (`name:password`) is refused. */
export async function startConnectProxy({ user }: { readonly user?: string } = {}): Promise<ConnectProxy> {
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    socket.on('error', () => undefined);
    if (user !== undefined && request.headers['proxy-authorization'] !== `Basic ${Buffer.from(user).toString('base64')}`) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    targets.push(`${hostname}:${port}`);
    const beyond = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      beyond.write(head);
      beyond.pipe(socket).pipe(beyond);
    });
    beyond.on('error', () => socket.destroy());
    for (const each of [socket, beyond]) {
      sockets.add(each);
      each.once('close', () => sockets.delete(each));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    targets,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
