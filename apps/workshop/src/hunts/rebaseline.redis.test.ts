import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@podscope/embedded-opensearch';
import { createClient } from 'redis';
import { expect, it } from 'vitest';
import { memorySystem } from './memorySystem.fixture.ts';
import { until } from './rehearsal.ts';
import { removeChurnedKeys } from './rebaseline.ts';

it('removes keys that look like a hunt’s and leaves the rest', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'podscope-rebaseline-'));
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''], { stdio: 'ignore' });
  const connect = async () => {
    const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: false } });
    client.on('error', () => client.destroy());
    await client.connect();
    return client;
  };
  try {
    const client = await until('a connection', 10, () => connect().catch(() => null));
    await client.mSet({ 'guestbook:archive:7': 'a', 'guestbook:entries': 'b', 'cart:0a1b2c3d': 'c', 'mine12:hello': 'd' });
    for (let index = 0; index < 250; index++) await client.set(`cart12:${index.toString(16).padStart(8, '0')}`, 'x');
    const { target } = memorySystem();
    const removed = await removeChurnedKeys({
      ...target,
      pods: async () => [{ namespace: 'guestbook', name: 'redis-primary-0', deployment: 'redis-primary', role: 'primary' }],
      redis: async () => {
        const own = await connect();
        return {
          command: (...args) => own.sendCommand([...args]),
          pipeline: (commands) => Promise.all(commands.map((each) => own.sendCommand([...each]))),
          close: async () => own.destroy(),
        };
      },
    });
    expect(removed).toBe(250);
    expect((await client.keys('*')).sort()).toEqual(['cart:0a1b2c3d', 'guestbook:archive:7', 'guestbook:entries', 'mine12:hello']);
    client.destroy();
  } finally {
    const exited = once(server, 'exit');
    server.kill();
    await exited;
    await rm(directory, { recursive: true, force: true });
  }
});
