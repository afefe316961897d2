import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@podscope/embedded-opensearch';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ModelPod } from '../cluster/model.ts';
import { execRedisCli } from '../../../redis/exec.ts';
import { RedisTier } from './tier.ts';

/** Replication and failovers take their time on a busy machine. */
const patient = { timeout: 15_000 };
const names = ['redis-primary-0', 'redis-replica-0', 'redis-replica-1'] as const;
let directory: string;
let tier: RedisTier;
let ports: Map<string, number>;
const roles = new Map<string, string>();
const pids = new Map<string, number>();
const exits: { pod: string; wanted: boolean }[] = [];

const pod = (name: string, containerId = 'a'): ModelPod => ({
  namespace: 'guestbook', name, deployment: 'redis', container: 'redis', containerId, node: 'node-1', phase: 'Pending', reason: null,
  restarts: 0, createdAt: '', port: null, ready: false, terminating: false,
});

async function ask(name: string, ...command: string[]): Promise<unknown> {
  const link = await tier.connect(name);
  try {
    return await link.command(...command);
  } finally {
    link.close();
  }
}

function tierOf(): RedisTier {
  return new RedisTier({
    directory: join(directory, 'data'), logs: join(directory, 'logs'), ports, primary: 'redis-primary-0',
    onPid: (of, pid) => pids.set(of.name, pid),
    onExit: (of, _pid, wanted) => exits.push({ pod: of.name, wanted }),
    onRole: (name, role) => roles.set(name, role),
  });
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'podscope-redis-'));
  ports = new Map();
  for (const name of names) ports.set(name, await freePort());
  roles.clear();
  exits.length = 0;
  tier = tierOf();
  await Promise.all(names.map((name) => tier.start(pod(name))));
});
afterEach(async () => {
  await tier.stopAll();
  rmSync(directory, { recursive: true, force: true });
});

it('replicates, and loads after a restart what it saved', async () => {
  expect(Object.fromEntries(roles)).toEqual({ 'redis-primary-0': 'primary', 'redis-replica-0': 'replica', 'redis-replica-1': 'replica' });
  await ask('redis-primary-0', 'SET', 'entry', 'grüße');
  await expect.poll(() => ask('redis-replica-1', 'GET', 'entry'), patient).toBe('grüße');
  await expect(ask('redis-replica-0', 'SET', 'a', 'b')).rejects.toThrow(/READONLY/);
  const before = pids.get('redis-primary-0');
  await tier.stop(pod('redis-primary-0'));
  await tier.start(pod('redis-primary-0', 'b'));
  expect(pids.get('redis-primary-0')).not.toBe(before);
  expect(await ask('redis-primary-0', 'GET', 'entry')).toBe('grüße');
  expect(roles.get('redis-primary-0')).toBe('primary');
  expect(exits).toEqual([{ pod: 'redis-primary-0', wanted: true }]);
  const logs = readdirSync(join(directory, 'logs')).toSorted();
  expect(logs).toContain('redis-primary-0_guestbook_redis-b.log');
  expect(readFileSync(join(directory, 'logs', 'redis-primary-0_guestbook_redis-b.log'), 'utf8')).toMatch(/^\S+\.\d{9}Z stdout F .*Ready to accept connections/m);
}, 60_000);

it('shows a failover, and starts the former primary as a replica', async () => {
  await expect.poll(() => ask('redis-primary-0', 'INFO', 'replication'), patient).toMatch(/connected_slaves:2[^]*state=online[^]*state=online/);
  const to = ports.get('redis-replica-0') as number;
  const failover = await execRedisCli(ports.get('redis-primary-0') as number, ['redis-cli', 'FAILOVER', 'TO', '127.0.0.1', String(to)], [...ports.values()]);
  expect(failover).toEqual({ exitCode: 0, stdout: 'OK\n', stderr: '' });
  await expect.poll(() => Object.fromEntries(roles), patient).toMatchObject({ 'redis-primary-0': 'replica', 'redis-replica-0': 'primary' });
  expect(tier.primary).toBe('redis-replica-0');
  await ask('redis-replica-0', 'SET', 'after', '1');
  await tier.stop(pod('redis-primary-0'));
  await tier.start(pod('redis-primary-0', 'b'));
  await expect.poll(() => ask('redis-primary-0', 'GET', 'after'), patient).toBe('1');
  expect(roles.get('redis-primary-0')).toBe('replica');
}, 60_000);

it('loses nothing that was replicated when the primary is killed', async () => {
  await ask('redis-primary-0', 'SET', 'entry', '1');
  await expect.poll(() => ask('redis-replica-1', 'GET', 'entry'), patient).toBe('1');
  await expect.poll(() => ask('redis-replica-0', 'GET', 'entry'), patient).toBe('1');
  process.kill(pids.get('redis-primary-0') as number, 'SIGKILL');
  await expect.poll(() => tier.primary, patient).toMatch(/replica/);
  expect(exits).toEqual([{ pod: 'redis-primary-0', wanted: false }]);
  await tier.start(pod('redis-primary-0', 'b'));
  await expect.poll(() => ask('redis-primary-0', 'GET', 'entry'), patient).toBe('1');
  await expect.poll(() => ask(tier.primary, 'INFO', 'replication'), patient).toMatch(/connected_slaves:2/);
}, 60_000);

it('loses nothing when the primary was killed and everything is then ended by the reaper’s TERM', async () => {
  await ask('redis-primary-0', 'SET', 'old', '1');
  await tier.stopAll();
  tier = tierOf();
  await Promise.all(names.map((name) => tier.start(pod(name))));
  await expect.poll(() => ask('redis-primary-0', 'INFO', 'replication'), patient).toMatch(/connected_slaves:2[^]*state=online[^]*state=online/);
  await ask('redis-primary-0', 'SET', 'new', '2');
  await expect.poll(async () => [await ask('redis-replica-0', 'GET', 'new'), await ask('redis-replica-1', 'GET', 'new')], patient).toEqual(['2', '2']);
  exits.length = 0;
  process.kill(pids.get('redis-primary-0') as number, 'SIGKILL');
  await expect.poll(() => tier.primary, patient).toMatch(/replica/);
  for (const name of names.slice(1)) process.kill(pids.get(name) as number, 'SIGTERM');
  await expect.poll(() => exits.length, patient).toBe(3);
  await tier.stopAll();
  tier = tierOf();
  await tier.start(pod('redis-primary-0'));
  expect([await ask('redis-primary-0', 'GET', 'old'), await ask('redis-primary-0', 'GET', 'new')]).toEqual(['1', '2']);
}, 90_000);

it('runs the real redis-cli, with an end to its output', async () => {
  const port = ports.get('redis-primary-0') as number;
  expect((await execRedisCli(port, ['redis-cli', 'SET', 'k; rm', '$(x)'], [port])).stdout).toBe('OK\n');
  expect((await execRedisCli(port, ['redis-cli', 'GET', 'k; rm'], [port])).stdout).toBe('$(x)\n');
  await ask('redis-primary-0', 'SETRANGE', 'big', '3000000', 'x');
  const big = await execRedisCli(port, ['redis-cli', 'GET', 'big'], [port]);
  expect(big.exitCode).not.toBe(0);
  expect(big.stdout.length).toBeLessThanOrEqual(1024 * 1024);
  expect(big.stderr).toContain('cut at 1 MB');
});
