import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import type { SystemTarget } from '../definition/targets.ts';
import type { RedisSession } from '../target.ts';
import { freePort } from './freePort.ts';

/** A session over a connection of its own. */
export async function connect(port: number): Promise<RedisSession> {
  const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: false } });
  client.on('error', () => client.destroy());
  await client.connect();
  return {
    command: (...args) => client.sendCommand([...args]),
    pipeline: (commands) => Promise.all(commands.map((each) => client.sendCommand([...each]))),
    close: async () => client.destroy(),
  };
}

/** Well below what the tests take for fragmented, and above what a filled instance comes to rest at. Bytes. */
const AT_REST = 40_000_000;

/** How many readings in a row, 200 ms apart, have to agree: Redis samples its RSS ten times a second, and `used_memory` counts buffers that are about to go. */
const READINGS = 8;

/** The buffers of the seeding and of the replication are dirty pages that look like fragmentation until the allocator has given them back. */
async function becomeWhole(ports: readonly number[]): Promise<void> {
  const sessions = await Promise.all(ports.map((port) => connect(port)));
  try {
    let atRest = 0;
    let seen: readonly string[] = [];
    for (let tries = 0; tries < 300 && atRest < READINGS; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      seen = await Promise.all(
        sessions.map(async (session) => {
          await session.command('MEMORY', 'PURGE');
          const bytes = /^mem_fragmentation_bytes:(-?\d+)/m.exec(String(await session.command('INFO', 'memory')))?.[1];
          return `${String(await session.command('DBSIZE'))} keys, ${bytes} bytes`;
        }),
      );
      const whole = seen.every((each) => /^64000 keys/.test(each) && Number(/(-?\d+) bytes/.exec(each)?.[1]) < AT_REST);
      atRest = whole ? atRest + 1 : 0;
    }
    if (atRest < READINGS) throw new Error(`The Redis servers did not come to rest after they were filled: ${seen.join('; ')}.`);
  } finally {
    for (const session of sessions) await session.close();
  }
}

/** A primary and two replicas, real processes, as a target. */
export interface RedisServers extends SystemTarget, AsyncDisposable {
  port(pod: string): number;
}

/** Starts a primary and two replicas with 64 MB of live data on each. */
export async function startRedisServers(): Promise<RedisServers> {
  const names = ['redis-primary-0', 'redis-replica-0', 'redis-replica-1'];
  const root = await mkdtemp(join(tmpdir(), 'podscope-redis-'));
  const ports = new Map<string, number>();
  const processes = new Map<string, ChildProcess>();
  for (const name of names) ports.set(name, await freePort());
  const portOf = (pod: string) => {
    const port = ports.get(pod);
    if (port === undefined) throw new Error(`No pod ${pod}.`);
    return port;
  };

  async function start(pod: string): Promise<void> {
    const replica = pod === names[0] ? [] : ['--replicaof', '127.0.0.1', String(portOf(names[0] as string))];
    const args = ['--port', String(portOf(pod)), '--bind', '127.0.0.1', '--dir', root, '--dbfilename', `${pod}.rdb`, '--save', ''];
    const child = spawn('redis-server', [...args, '--repl-diskless-sync-delay', '0', ...replica], { stdio: 'ignore' });
    processes.set(pod, child);
    for (let tries = 0; ; tries++) {
      try {
        const session = await connect(portOf(pod));
        const info = String(await session.command('INFO', 'persistence'));
        await session.close();
        if (info.includes('loading:0')) return;
      } catch (error) {
        if (tries > 100) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function stop(pod: string): Promise<void> {
    const child = processes.get(pod);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  for (const name of names) await start(name);
  const primary = await connect(portOf(names[0] as string));
  const value = 'x'.repeat(1_000);
  for (let start = 0; start < 64_000; start += 4_000) {
    await primary.pipeline(Array.from({ length: 4_000 }, (_, index) => ['SET', `archive:${start + index}`, value]));
  }
  await primary.close();
  await becomeWhole(names.map(portOf));

  return {
    kind: 'system',
    id: 'redis-servers',
    port: portOf,
    pods: async () =>
      names.map((name, index) => ({
        namespace: 'guestbook',
        name,
        deployment: index === 0 ? 'redis-primary' : 'redis-replica',
        role: index === 0 ? ('primary' as const) : ('replica' as const),
      })),
    replicas: async () => 1,
    setReplicas: async () => undefined,
    clients: async () => [],
    startClient: async () => undefined,
    stopClient: async () => undefined,
    publishedPages: async () => [],
    unpublish: async () => undefined,
    redis: (pod) => connect(portOf(pod)),
    async restart(pod) {
      const session = await connect(portOf(pod));
      await session.command('SAVE');
      await session.close();
      await stop(pod);
      await start(pod);
    },
    async [Symbol.asyncDispose]() {
      for (const name of names) await stop(name);
      await rm(root, { recursive: true, force: true });
    },
  };
}
