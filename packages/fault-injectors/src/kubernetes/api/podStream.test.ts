import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { connectKubernetes } from './api.ts';
import type { KubernetesApi } from './types.ts';

const PORT = Buffer.of(80, 0);
const data = (...parts: readonly (string | Buffer)[]): Buffer => Buffer.concat([Buffer.of(0), ...parts.map((part) => Buffer.from(part as string))]);
const problem = (...parts: readonly (string | Buffer)[]): Buffer => Buffer.concat([Buffer.of(1), ...parts.map((part) => Buffer.from(part as string))]);

/**
 * A mock of the node's end of a port forward, which says what it is told to: kwok never ends a connection that the pod's process ended
 * (its `pkg/utils/net/tunnel.go` waits for both sides), as containerd does after a second.
 */
async function startNode(serve: (socket: WebSocket) => void): Promise<{ readonly api: KubernetesApi } & AsyncDisposable> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, handleProtocols: (protocols) => (protocols.has('v4.channel.k8s.io') ? 'v4.channel.k8s.io' : false) });
  sockets.on('connection', serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = await mkdtemp(join(tmpdir(), 'podscope-node-'));
  const config = { clusters: [{ name: 'node', cluster: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } }], contexts: [{ name: 'node', context: { cluster: 'node' } }], 'current-context': 'node' };
  await writeFile(join(folder, 'kubeconfig'), JSON.stringify(config));
  const api = await connectKubernetes({ kubeconfig: join(folder, 'kubeconfig') });
  return {
    api,
    async [Symbol.asyncDispose]() {
      api.close();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

const pod = { namespace: 'default', name: 'web' };

describe('a stream to a port of a pod', () => {
  it('begins after the port\'s number, however that comes, and ends when the pod ends it', async () => {
    for (const messages of [[data(PORT), problem(PORT), data('Grü'), data('ße')], [data(PORT.subarray(0, 1)), data(PORT.subarray(1), 'Grüße'), problem(PORT)]]) {
      await using node = await startNode((socket) => {
        for (const message of messages) socket.send(message);
        socket.close(1000);
      });
      expect(await text(await node.api.connect(pod, 80))).toBe('Grüße');
    }
  });

  it('fails when the connection is cut, or the pod did not take it', async () => {
    await using cut = await startNode((socket) => {
      socket.send(data(PORT, 'begun'), () => socket.terminate());
    });
    await expect(cut.api.connect(pod, 80).then(text)).rejects.toMatchObject({ code: 'KUBE_UNREACHABLE', message: 'Port 80 of pod default/web: the connection was cut.' });
    await using refusing = await startNode((socket) => {
      socket.send(problem(PORT));
      socket.send(problem('error forwarding port 80 to pod web: '));
      socket.send(problem('connection refused'));
      socket.close(1000);
    });
    await expect(refusing.api.connect(pod, 80).then(text)).rejects.toMatchObject({ code: 'KUBE_PORT_REFUSED', details: ['error forwarding port 80 to pod web: connection refused'] });
  });

  it('may be written to in pieces of any size, and still be read after it was ended', async () => {
    const got: Buffer[] = [];
    let longest = 0;
    await using node = await startNode((socket) => {
      socket.send(data(PORT));
      socket.on('message', (message: Buffer) => {
        longest = Math.max(longest, message.length);
        got.push(message.subarray(1));
        if (Buffer.concat(got).length !== 1_000_003) return;
        socket.send(data('all'));
        socket.close(1000);
      });
    });
    const stream = await node.api.connect(pod, 80);
    stream.write(Buffer.alloc(0));
    stream.write('abc');
    stream.end(Buffer.alloc(1_000_000, 'x'));
    expect(await text(stream)).toBe('all');
    expect(Buffer.concat(got).toString('utf8')).toBe(`abc${'x'.repeat(1_000_000)}`);
    expect(longest).toBeLessThanOrEqual(256 * 1024 + 1);
  });

  it('ends at once with its signal, before it is there and after', async () => {
    await using node = await startNode((socket) => socket.send(data(PORT)));
    await expect(node.api.connect(pod, 80, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    const stop = new AbortController();
    const stream = await node.api.connect(pod, 80, { signal: stop.signal });
    const failed = once(stream, 'close').catch((error: unknown) => error);
    stop.abort();
    expect(await failed).toMatchObject({ name: 'AbortError' });
    expect(stream.destroyed).toBe(true);
  });
});
