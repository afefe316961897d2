import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fetchRedisInfo } from './redisInfo.ts';

let server: ChildProcess;
let port: number;

beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  port = (probe.address() as AddressInfo).port;
  probe.close();
  await once(probe, 'close');
  server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore', cwd: '/' });
  await vi.waitFor(async () => expect(await fetchRedisInfo(port)).toMatchObject({ role: 'master' }), { timeout: 10_000 });
});

afterAll(async () => {
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
});

it('reads what a real server says', async () => {
  const info = await fetchRedisInfo(port);
  expect(Number(info['used_memory'])).toBeGreaterThan(100_000);
  expect(Number(info['mem_fragmentation_ratio'])).toBeGreaterThan(0);
  expect(info['redis_version']).toMatch(/^\d+\.\d+/);
});

it('fails soon where nobody listens', async () => {
  await expect(fetchRedisInfo(1, 500)).rejects.toThrow(/ECONNREFUSED/);
});
