import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { root } from '../policy/workspace.ts';
import { commandsOf } from './commands.ts';

const running: ChildProcess[] = [];
let folder: string;

afterAll(async () => {
  for (const child of running.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill();
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('the guestbook’s README starts one server by itself', { timeout: 60_000 }, async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-standalone-'));
  const [redisPort, webPort] = [await freePort(), await freePort()];
  // As written, but on free ports, and Redis leaves nothing in the repository.
  const [redis = '', web = ''] = (await commandsOf(root, 'apps/guestbook/README.md')).map((line) => line.replace(/ &$/, '').replace('6379', String(redisPort)).replace('8080', String(webPort)));
  const start = (line: string, ...more: string[]) => {
    const [command = '', ...args] = line.split(' ');
    const child = spawn(command, [...args, ...more], { cwd: join(root, 'apps/guestbook'), stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(child);
    return child;
  };
  start(redis, '--dir', folder, '--save', '');
  const server = start(web);
  let log = '';
  server.stdout?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${webPort}/entries`)).status).toBe(200), { timeout: 30_000, interval: 200 });
  const signed = await fetch(`http://127.0.0.1:${webPort}/entries`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Ada', message: 'from the README' }) });
  expect(signed.ok).toBe(true);
  expect(JSON.stringify(await (await fetch(`http://127.0.0.1:${webPort}/entries`)).json())).toContain('from the README');
  await vi.waitFor(() => expect(log).toMatch(/"POST \/entries HTTP\/1\.1" 20\d /), { timeout: 10_000 });
});
