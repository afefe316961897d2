import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RELAY_PROGRAM } from './relay.ts';

/** Sends back what it hears once that has ended; keeps its connections. */
let echo: Server;
let relay: ChildProcess;
let port: number;
const far: Socket[] = [];

beforeAll(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    far.push(socket);
    socket.on('error', () => undefined);
    void buffer(socket).then((heard) => socket.end(Buffer.concat([Buffer.from('heard '), heard])), () => undefined);
  });
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  ({ port } = free.address() as AddressInfo);
  await new Promise((resolve) => free.close(resolve));
  relay = spawn(process.execPath, ['-e', RELAY_PROGRAM, '127.0.0.1', String((echo.address() as AddressInfo).port), String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(relay.stdout ?? relay, 'data');
});

afterAll(async () => {
  relay?.kill();
  echo?.close();
  for (const socket of far) socket.destroy();
});

describe('the program of the relay, run by Node as the pod runs it,', () => {
  it('leads whole streams there and back, also when one side has said all it has to', async () => {
    const sent = Buffer.alloc(3 * 1024 * 1024, 'podscope ');
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.end(sent);
    const got = await buffer(socket);
    expect(got.length).toBe(sent.length + 6);
    expect(got.subarray(6).equals(sent)).toBe(true);
  });

  it('ends the far side when the near one is cut, and the other way round', async () => {
    far.length = 0;
    const cut = connect({ port, host: '127.0.0.1' });
    cut.write('half');
    while (far[0] === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    const [first] = far;
    const gone = once(first, 'close');
    cut.resetAndDestroy();
    await gone;
    const other = connect({ port, host: '127.0.0.1' });
    other.on('error', () => undefined);
    other.write('half');
    while (far[1] === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    const ended = once(other, 'close');
    far[1].resetAndDestroy();
    await ended;
  });

  it('lives on when nobody is there to connect to, and ends when it is told to', async () => {
    const { port: nobody } = echo.address() as AddressInfo;
    await new Promise((resolve) => echo.close(resolve));
    expect(nobody).toBeGreaterThan(0);
    for (let tries = 0; tries < 3; tries += 1) {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => undefined);
      await once(socket, 'close');
    }
    expect(relay.exitCode).toBeNull();
    relay.kill('SIGTERM');
    expect(await once(relay, 'exit')).toEqual([0, null]);
  });
});
