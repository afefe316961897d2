import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ProgressEvent } from './progress.ts';
import { startOpenSearch, type StartOptions } from './start.ts';

/** From the machine's cache, or through Maven into it: no other address is asked. */
const options: StartOptions = { cacheDir: join(homedir(), '.cache/podscope/opensearch'), sources: ['cache', 'maven'] };
const json = { 'content-type': 'application/json' };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-start-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const alive = (pid: number): boolean => existsSync(`/proc/${pid}`);
const count = async (url: string): Promise<unknown> => ((await (await fetch(`${url}/kept/_count`)).json()) as { count: unknown }).count;

it('serves, scripts and searches, and leaves nothing behind', async () => {
  const events: ProgressEvent[] = [];
  const before = new Set(readdirSync(tmpdir()));
  let pid: number;
  let logFile: string;
  {
    await using server = await startOpenSearch({ ...options, ready: 'green', onProgress: (event) => events.push(event) });
    ({ pid, logFile } = server);
    const root = (await (await fetch(server.url)).json()) as { version: { number: string } };
    expect(root.version.number).toBe('2.19.6');
    expect(server.version).toBe('2.19.6');
    expect(server.javaCommand.join(' ')).toContain('-XX:SharedArchiveFile=');
    await fetch(`${server.url}/things/_doc?refresh=true`, { method: 'POST', headers: json, body: '{"n":21}' });
    const search = await fetch(`${server.url}/things/_search`, {
      method: 'POST', headers: json,
      body: JSON.stringify({ script_fields: { twice: { script: { lang: 'painless', source: "doc['n'].value * 2" } }, thrice: { script: { lang: 'expression', source: "doc['n'].value * 3" } } } }),
    });
    expect(await search.json()).toMatchObject({ hits: { hits: [{ fields: { twice: [42], thrice: [63] } }] } });
    const stream = await fetch(`${server.url}/_index_template/streams`, { method: 'PUT', headers: json, body: '{"index_patterns":["s-*"],"data_stream":{}}' });
    expect(stream.status).toBe(200);
    expect((await fetch(`${server.url}/_data_stream/s-1`, { method: 'PUT' })).status).toBe(200);
    const nodes = (await (await fetch(`${server.url}/_nodes/http,plugins`)).json()) as { nodes: Record<string, { http: { bound_address: string[] }; modules: unknown[] }> };
    const node = Object.values(nodes.nodes)[0];
    expect(node?.http.bound_address).toEqual([`127.0.0.1:${server.port}`]);
    expect(node?.modules).toHaveLength(18);
  }
  expect(alive(pid)).toBe(false);
  expect(existsSync(logFile)).toBe(false);
  expect(readdirSync(tmpdir()).filter((name) => name === dirname(dirname(logFile)).split('/').at(-1) && !before.has(name))).toEqual([]);
  expect(events.at(-1)?.type).toBe('ready');
});

it('keeps a named data directory through a stop and a kill -9', async () => {
  const dataDir = join(directory, 'data');
  const logsDir = join(directory, 'logs');
  const first = await startOpenSearch({ ...options, dataDir, logsDir });
  await fetch(`${first.url}/kept/_doc?refresh=true`, { method: 'POST', headers: json, body: '{"n":1}' });
  await first.stop();
  const second = await startOpenSearch({ ...options, dataDir, logsDir, port: first.port });
  await vi.waitFor(async () => expect(await count(second.url)).toBe(1), { timeout: 20_000 });
  await fetch(`${second.url}/kept/_doc?refresh=true`, { method: 'POST', headers: json, body: '{"n":2}' });
  second.kill('SIGKILL');
  expect(await second.exited).toEqual({ code: null, signal: 'SIGKILL' });
  await second.stop();
  await using third = await startOpenSearch({ ...options, dataDir, logsDir, port: first.port });
  await vi.waitFor(async () => expect(await count(third.url)).toBe(2), { timeout: 20_000 });
  expect(third.logFile).toBe(join(logsDir, 'opensearch.log'));
});

it('ends within ten seconds of its owner’s death by kill -9', async () => {
  const owner = spawn(process.execPath, ['--conditions=@podscope/source', fileURLToPath(new URL('fixtures/own-server.ts', import.meta.url)), options.cacheDir ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told = await new Promise<string>((done) => owner.stdout.once('data', (data: Buffer) => done(data.toString())));
  const { pid, logFile } = JSON.parse(told) as { pid: number; logFile: string };
  expect(alive(pid)).toBe(true);
  owner.kill('SIGKILL');
  await vi.waitFor(() => expect(alive(pid)).toBe(false), { timeout: 10_000, interval: 100 });
  await vi.waitFor(() => expect(existsSync(logFile)).toBe(false), { timeout: 5_000 });
});

it('shows the server’s last lines when it does not start, and keeps them', async () => {
  const error = await startOpenSearch({ ...options, settings: { 'no.such.setting': 1 } }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'OPENSEARCH_START_FAILED', message: expect.stringContaining('2.19.6') });
  const { details, hint } = error as { details: string[]; hint: string };
  expect(details.join('\n')).toContain('unknown setting [no.such.setting]');
  const log = /\/\S+\.log/.exec(hint)?.[0] ?? '';
  expect(await readFile(log, 'utf8')).toContain('unknown setting [no.such.setting]');
  await rm(log);
});

it('refuses a taken port before it starts anything', async () => {
  const taken = createServer();
  const port = await new Promise<number>((done) => taken.listen(0, '127.0.0.1', () => done((taken.address() as { port: number }).port)));
  const events: ProgressEvent[] = [];
  await expect(startOpenSearch({ ...options, port, onProgress: (event) => events.push(event) })).rejects.toMatchObject({ code: 'OPENSEARCH_PORT_TAKEN', message: expect.stringContaining(`process ${process.pid}`) });
  expect(events).toEqual([]);
  taken.close();
});

it('ends a start under way when it is aborted', async () => {
  const abort = new AbortController();
  let pid = 0;
  const start = startOpenSearch({ ...options, signal: abort.signal, onProgress: (event) => {
    if (event.type !== 'starting') return;
    pid = event.pid;
    abort.abort(new Error('enough'));
  } });
  await expect(start).rejects.toThrow('enough');
  expect(pid).toBeGreaterThan(0);
  expect(alive(pid)).toBe(false);
});

it('is installed once when two processes want it at the same time, in an empty cache', async () => {
  const cacheDir = join(directory, 'cache');
  const fixture = fileURLToPath(new URL('install/fixtures/install-server.ts', import.meta.url));
  const install = async (): Promise<{ home: string; events: string[] }> => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@podscope/source', fixture, cacheDir]);
    return JSON.parse(stdout) as { home: string; events: string[] };
  };
  const [one, two] = await Promise.all([install(), install()]);
  expect(one.home).toBe(two.home);
  expect([one, two].map(({ events }) => events.includes('maven used')).toSorted()).toEqual([false, true]);
  expect([one, two].map(({ events }) => events.includes('waiting-for-lock')).toSorted()).toEqual([false, true]);
  expect(readdirSync(cacheDir).sort()).toEqual(['locks', 'servers']);
});
