import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHuntRandom } from '@podscope/mystery-hunts';
import { examplesOf, lacks } from '../reference.fixture.ts';

const main = join(import.meta.dirname, '..', '..', 'main.ts');
const flags = ['--conditions=@podscope/source', main];
let runDir: string;
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, PODSCOPE_RUN_DIR: runDir, NO_COLOR: '1' });

function podscope(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, ...args], { env: environment(), maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

/** Every process of this run: the run directory is in its command line, its environment or its open files' names. */
async function processesOf(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
    const owned = command.includes(folder) || (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).includes(`PODSCOPE_RUN_DIR=${folder}\0`);
    if (owned && !/\) Z/.test(state)) found.push(`${pid} ${command.replaceAll('\0', ' ')}`);
  }
  return found;
}

async function noneLeft(folder: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while ((await processesOf(folder)).length > 0 && Date.now() < deadline) await sleep(200);
  expect(await processesOf(folder)).toEqual([]);
}

/** Runs commands with --json; each document must have the shape that docs/reference/commands.md shows. The last document. */
async function documented(commands: Readonly<Record<string, readonly string[]>>): Promise<unknown> {
  let document: unknown;
  for (const [command, args] of Object.entries(commands)) {
    const { stdout } = await podscope(...command.split(' '), ...args, '--json');
    document = JSON.parse(stdout);
    expect(examplesOf(command).length, command).toBeGreaterThan(0);
    expect(lacks(examplesOf(command)[0], document), `${command}: ${stdout}`).toEqual([]);
  }
  return document;
}

beforeAll(async () => {
  runDir = await mkdtemp(join(tmpdir(), 'podscope-up-'));
});
afterAll(async () => {
  await podscope('down');
  await rm(runDir, { recursive: true, force: true });
});

describe('bad input', () => {
  it('a port that is taken is named with its owner, and nothing is started', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { code, stdout } = await podscope('up', '--detach', '--json', '--console-port', String(port));
    server.close();
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({ code: expect.stringMatching(/PORT_TAKEN/), message: expect.stringContaining(String(port)) });
    await noneLeft(runDir, 10_000);
  });

  it('a JAVA_HOME without Java is named, and nothing is left', async () => {
    const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
      execFile(process.execPath, [...flags, 'up', '--detach', '--json', '--console-port', '0'], { env: { ...environment(), JAVA_HOME: '/nowhere' } }, (error, stdout) => resolve({ code: error?.code, stdout }));
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.code).toMatch(/^OPENSEARCH_(?:NO_JAVA|JAVA)/);
    await noneLeft(runDir, 15_000);
  });

  it('a run directory of another version is left alone', async () => {
    const other = await mkdtemp(join(tmpdir(), 'podscope-other-'));
    await writeFile(join(other, 'version.json'), JSON.stringify({ version: '99.0.0' }));
    await writeFile(join(other, 'precious'), 'kept');
    const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
      execFile(process.execPath, [...flags, 'up', '--detach', '--json', '--console-port', '0'], { env: { ...environment(), PODSCOPE_RUN_DIR: other } }, (error, stdout) => resolve({ code: error?.code, stdout }));
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error.code).toBe('RUN_DIR_VERSION');
    expect((await readdir(other)).sort()).toEqual(['precious', 'version.json']);
    await rm(other, { recursive: true });
  });
});

describe('podscope up --detach', () => {
  it('prints one JSON document, answers, refuses a second one, and leaves nothing behind', { timeout: 300_000 }, async () => {
    const { code, stdout, stderr } = await podscope('up', '--detach', '--json', '--console-port', '0');
    expect(code, stderr + stdout).toBe(0);
    const document = JSON.parse(stdout) as Record<'console' | 'opensearch' | 'guestbook', string> & { timings: Record<string, number> };
    for (const url of [document.console, document.opensearch, document.guestbook]) {
      expect(new URL(url).hostname).toBe('127.0.0.1');
      expect((await fetch(url)).status).toBe(200);
    }
    expect(document.timings['total']).toBeGreaterThan(0);
    expect(lacks(examplesOf('up')[0], document)).toEqual([]);
    const second = await podscope('up', '--detach', '--json', '--console-port', '0');
    expect(second.code).toBe(1);
    expect(JSON.parse(second.stdout).error.code).toBe('UP_ALREADY_RUNNING');
    const plan = await podscope('indices', 'plan', '--json');
    expect(plan.code, plan.stdout).toBe(0);
    expect(lacks(examplesOf('indices plan')[0], JSON.parse(plan.stdout))).toEqual([]);

    const scaled = await podscope('scale', 'frontend', '100', '--json');
    expect(scaled.code).toBe(0);
    await sleep(3000);
    const pods = JSON.parse((await podscope('get', 'pods', '--json')).stdout).items as { deployment: string; phase: string }[];
    const web = pods.filter((pod) => pod.deployment === 'frontend');
    expect(web.filter((pod) => pod.phase === 'Running')).toHaveLength(39);
    expect(web.filter((pod) => pod.phase === 'Pending')).toHaveLength(61);
    expect((await podscope('scale', 'frontend', '3')).code).toBe(0);
    expect((await podscope('exec', 'redis-primary-0', '--', 'redis-cli', 'PING')).stdout.trim()).toBe('PONG');
    expect((await podscope('scale', 'nobody', '3', '--json')).code).toBe(1);

    await documented({ 'get': ['pods'], 'describe': ['deployment/frontend'], 'scale': ['frontend', '3'], 'logs': ['redis-primary-0'], 'clients list': [], 'clients rate': ['8'],
      'publish': ['/news'], 'restart': ['redis-replica-1'], 'hunt list': [], 'hunt show': ['not-found-storm'], 'fault list': [] });
    expect(lacks(examplesOf('fault inject')[1], JSON.parse((await podscope('fault', 'inject', 'replica-storm', '--dry-run', '--json')).stdout))).toEqual([]);
    expect(lacks(examplesOf('get')[1], JSON.parse((await podscope('get', 'events', '--json')).stdout))).toEqual([]);
    expect(lacks(examplesOf('exec')[0], JSON.parse((await podscope('exec', '--json', 'redis-primary-0', '--', 'redis-cli', 'PING')).stdout))).toEqual([]);
    expect(await documented({ status: [] })).toMatchObject({ healthy: true, parts: [{ name: 'opensearch' }, { name: 'web' }, { name: 'visitors' }, { name: 'reaper' }] });

    const down = await podscope('down', '--json');
    expect(down.code, down.stdout).toBe(0);
    expect(JSON.parse(down.stdout).left).toEqual([]);
    await noneLeft(runDir, 2000);
    expect((await podscope('status')).code).toBe(3);
  });

  it('everything ends when reaper and supervisor are killed, and comes back with its data', { timeout: 300_000 }, async () => {
    const entries = async (guestbook: string): Promise<number> => ((await (await fetch(`${guestbook}/entries?limit=1`)).json()) as { total: number }).total;
    const documents = async (opensearch: string): Promise<number> => ((await (await fetch(`${opensearch}/apache-*/_count`)).json()) as { count: number }).count;
    const up = await podscope('up', '--detach', '--json', '--console-port', '0');
    expect(up.code, up.stdout).toBe(0);
    const { pid, opensearch, guestbook } = JSON.parse(up.stdout) as { pid: number; opensearch: string; guestbook: string };
    expect((await podscope('clients', 'stop', 'visitors')).code).toBe(0);
    await podscope('exec', 'redis-primary-0', '--', 'redis-cli', 'RPUSH', 'guestbook:entries', '{"id":"mine","name":"me","message":"kept","at":"2026-01-01T00:00:00.000Z"}');
    const [wanted, found] = [await entries(guestbook), await documents(opensearch)];
    expect(found).toBeGreaterThan(0);
    const parts = async () => ((await documented({ status: [] })) as { parts: { name: string; pid: number | null; restarts: number }[] }).parts;
    for (const name of ['reaper', 'visitors', 'web']) {
      const part = (await parts()).find((each) => each.name === name);
      // A signal to 0 would hit this test's own group.
      if (typeof part?.pid !== 'number') throw new Error(`${name} does not run`);
      process.kill(part.pid, 'SIGKILL');
    }
    await expect.poll(async () => (await parts()).map((part) => [part.name, part.pid !== null, part.restarts]), { timeout: 30_000, interval: 500 }).toEqual([
      ['opensearch', true, 0], ['web', true, 1], ['visitors', true, 1], ['reaper', true, 1],
    ]);
    process.kill(pid, 'SIGKILL');
    await noneLeft(runDir, 15_000);
    const again = await podscope('up', '--detach', '--json', '--console-port', '0');
    expect(again.code, again.stdout).toBe(0);
    const second = JSON.parse(again.stdout) as { opensearch: string; guestbook: string; pid: number };
    expect(await entries(second.guestbook)).toBeGreaterThanOrEqual(wanted);
    expect((await podscope('exec', 'redis-primary-0', '--', 'redis-cli', 'LRANGE', 'guestbook:entries', '0', '-1')).stdout).toContain('"kept"');
    await expect.poll(() => documents(second.opensearch), { timeout: 30_000 }).toBeGreaterThanOrEqual(found);
    // One that hangs does not answer: it is ended without being asked.
    process.kill(second.pid, 'SIGSTOP');
    const down = await podscope('down', '--json');
    expect(JSON.parse(down.stdout)).toMatchObject({ asked: false, left: [] });
    expect(down.code).toBe(0);
    await noneLeft(runDir, 2000);
  });
});

describe('podscope up in the foreground', () => {
  it('leaves no process behind after Ctrl-C', { timeout: 300_000 }, async () => {
    const child = spawn(process.execPath, [...flags, 'up', '--console-port', '0'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    while (!printed.includes('Console:') && child.exitCode === null) await sleep(200);
    expect(printed).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(130);
    await noneLeft(runDir, 3000);
  });

  it('leaves nothing when it, or the start of a detached one, is killed or interrupted at a moment of the start', { timeout: 300_000 }, async () => {
    const seed = process.env['PODSCOPE_KILL_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31));
    process.stdout.write(`up kill seed ${seed}\n`);
    const random = createHuntRandom(seed);
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const) {
      const detach = signal === 'SIGKILL' && random.integer(0, 1) === 1 ? ['--detach'] : [];
      // Of nine: far enough from the end that a detached start is still a start.
      const after = random.integer(0, 6);
      const child = spawn(process.execPath, [...flags, 'up', '--console-port', '0', ...detach], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
      // A number of lines of progress, not a time: the same place in the start on every machine.
      let lines = 0;
      const exited = once(child, 'exit');
      const reached = new Promise<void>((resolve) => {
        child.stderr.on('data', (chunk: Buffer) => {
          lines += chunk.toString().split('\n').length - 1;
          if (lines >= after) resolve();
        });
        if (after === 0) resolve();
      });
      await Promise.race([reached, exited]);
      child.kill(signal);
      await exited;
      await noneLeft(runDir, 40_000);
      expect(JSON.parse((await podscope('down', '--json')).stdout), `${signal} after ${after} lines`).toMatchObject({ left: [] });
    }
  });

  it('says that its supervisor was killed, and has swept up when it ends', { timeout: 300_000 }, async () => {
    const child = spawn(process.execPath, [...flags, 'up', '--console-port', '0'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    let complained = '';
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    while (!printed.includes('Console:') && child.exitCode === null) await sleep(200);
    const { supervisor } = JSON.parse(await readFile(join(runDir, 'ledger.json'), 'utf8')) as { supervisor: { pid: number } };
    process.kill(supervisor.pid, 'SIGKILL');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(complained).toMatch(/podscope: error: The supervisor ended \(SIGKILL\)/);
    await noneLeft(runDir, 1000);
  });

  it('ends at once when it is asked twice', { timeout: 300_000 }, async () => {
    const child = spawn(process.execPath, [...flags, 'up', '--console-port', '0'], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    while (!printed.includes('Console:') && child.exitCode === null) await sleep(200);
    const { supervisor } = JSON.parse(await readFile(join(runDir, 'ledger.json'), 'utf8')) as { supervisor: { pid: number } };
    // It hangs, so that only the second wish can end it.
    process.kill(supervisor.pid, 'SIGSTOP');
    child.kill('SIGINT');
    await sleep(1500);
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(130);
    await noneLeft(runDir, 1000);
  });
});
