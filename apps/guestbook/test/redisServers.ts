import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';

/** A real redis-server of a test. */
export interface TestRedis {
  readonly pod: string;
  readonly port: number;
  readonly process: ChildProcess;
  command(...args: string[]): Promise<unknown>;
}

/** A primary and its replicas, and how to end them. */
export interface TestRedisSet extends AsyncDisposable {
  readonly servers: readonly [TestRedis, TestRedis, TestRedis];
}

/** Starts one primary and two replicas on free ports, without persistence, and waits until the replicas are linked. */
export async function startRedisServers(): Promise<TestRedisSet> {
  const directory = await mkdtemp(join(tmpdir(), 'guestbook-redis-'));
  const clients: { readonly isOpen: boolean; destroy(): void }[] = [];
  const started: TestRedis[] = [];

  const start = async (pod: string, primaryPort?: number): Promise<TestRedis> => {
    const port = await freePort();
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory, '--repl-diskless-sync-delay', '0'];
    if (primaryPort !== undefined) args.push('--replicaof', '127.0.0.1', `${primaryPort}`);
    const process = spawn('redis-server', args, { stdio: 'ignore' });
    const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: () => 50 } });
    // Killing a server is part of these tests; a command to a dead one rejects.
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    const server = { pod, port, process, command: (...command: string[]) => client.sendCommand(command) as Promise<unknown> };
    started.push(server);
    return server;
  };

  const primary = await start('redis-primary-0');
  const first = await start('redis-replica-0', primary.port);
  const second = await start('redis-replica-1', primary.port);
  for (const replica of [first, second]) {
    await eventually(async () => String(await replica.command('INFO', 'replication')).includes('master_link_status:up'));
  }
  return {
    servers: [primary, first, second],
    async [Symbol.asyncDispose]() {
      for (const client of clients) if (client.isOpen) client.destroy();
      for (const { process } of started) {
        if (process.exitCode === null && process.signalCode === null) {
          process.kill('SIGKILL');
          await once(process, 'exit');
        }
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Waits until the check holds; fails after 20 s. */
export async function eventually(check: () => Promise<boolean> | boolean, limit = 20_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`Did not come true within ${limit} ms: ${check.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
