import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A SOCKS 5 proxy on the loopback address that wants no password and leads to IPv4 addresses (RFC 1928). */
export async function startSocksProxy(): Promise<{ readonly port: number; readonly targets: readonly string[] } & AsyncDisposable> {
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    void (async () => {
      await once(socket, 'data');
      socket.write(Buffer.of(5, 0));
      const [request] = (await once(socket, 'data')) as [Buffer];
      const [host, port] = [request.subarray(4, 8).join('.'), request.readUInt16BE(8)];
      targets.push(`${host}:${port}`);
      const beyond = connect(port, host, () => {
        socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
        beyond.pipe(socket).pipe(beyond);
      });
      sockets.add(beyond.on('error', () => socket.destroy()));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    targets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
