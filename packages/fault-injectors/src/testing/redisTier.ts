import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRedisSession } from '../kubernetes/application/redisSession.ts';
import { openPort, type Ports } from './systemOfPorts.ts';
import { freePort } from './freePort.ts';

/** Real Redis processes: a primary and two replicas with a few keys, started anew when they end. */
export interface RedisTierOfTest extends AsyncDisposable {
  readonly redis: NonNullable<Ports['redis']>;
  command(name: string, ...args: readonly string[]): Promise<unknown>;
  /** What a fault must give back: settings, roles and keys of all of them. */
  state(): Promise<unknown>;
}

/** @param flags - further ones, for all of them */
export async function startRedisTier(flags: readonly string[] = []): Promise<RedisTierOfTest> {
  const root = await mkdtemp(join(tmpdir(), 'podscope-redis-'));
  const redis: { name: string; role: 'primary' | 'replica'; port: number }[] = [];
  for (const name of ['redis-primary-0', 'redis-replica-0', 'redis-replica-1']) redis.push({ name, role: name.includes('primary') ? 'primary' : 'replica', port: await freePort() });
  const [primary] = redis;
  const children = new Map<string, ChildProcess>();
  // Of its own, so that it can be told to write its settings down.
  const configOf = (name: string): string => join(root, `${name}.conf`);
  let isStopping = false;
  const start = ({ name, role, port }: (typeof redis)[number]): void => {
    const args = [configOf(name), '--port', String(port), '--bind', '127.0.0.1', '--dir', root, '--dbfilename', `${name}.rdb`, '--save', '', '--repl-diskless-sync-delay', '0', ...flags];
    const child = spawn('redis-server', [...args, ...(role === 'replica' ? ['--replicaof', '127.0.0.1', String(primary?.port)] : [])], { stdio: 'ignore' });
    children.set(name, child);
    // As kubelet does.
    child.once('exit', () => {
      if (!isStopping) start({ name, role, port });
    });
  };
  for (const each of redis) await writeFile(configOf(each.name), '');
  for (const each of redis) start(each);
  const command = async (name: string, ...args: readonly string[]): Promise<unknown> => {
    const session = await openRedisSession(await openPort(redis.find((each) => each.name === name)?.port ?? 0), { of: name });
    try {
      return await session.command(...args);
    } finally {
      await session.close();
    }
  };
  const infoOf = async (name: string): Promise<Readonly<Record<string, string>>> => Object.fromEntries(String(await command(name, 'INFO', 'everything')).split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
  const isUp = async (): Promise<boolean> => {
    const all = await Promise.all(redis.map(async ({ name, role }) => ({ role, info: await infoOf(name) })));
    return all.every(({ role, info }) => role === 'primary' || info['master_link_status'] === 'up');
  };
  for (let tries = 0; !(await isUp().catch(() => false)); tries++) {
    if (tries > 200) throw new Error('The Redis servers are not up.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (let index = 0; index < 20; index++) await command('redis-primary-0', 'SET', `guestbook:archive:${index}`, 'x'.repeat(500));
  // A replica of a diskless synchronisation gets nothing before its first acknowledgement, a second later.
  for (const { name } of redis) while ((await command(name, 'DBSIZE')) !== 20) await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    redis,
    command,
    async state() {
      const states: unknown[] = [];
      for (const { name } of redis) {
        const flat = (await command(name, 'CONFIG', 'GET', '*')) as readonly string[];
        // Each process has them in an order of its own.
        const settings = flat.flatMap((setting, index) => (index % 2 === 0 ? [`${setting} ${flat[index + 1]}`] : [])).toSorted();
        const info = await infoOf(name);
        const keys = ((await command(name, 'KEYS', '*')) as readonly string[]).toSorted();
        states.push({ name, settings, role: info['role'], link: info['master_link_status'], keys });
      }
      return states;
    },
    async [Symbol.asyncDispose]() {
      isStopping = true;
      for (const child of children.values()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(root, { recursive: true, force: true });
    },
  };
}
