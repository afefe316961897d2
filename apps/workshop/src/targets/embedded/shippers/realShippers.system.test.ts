import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { apacheFields, kubernetesFields } from '@podscope/core/catalogues';
import { callControl, connectControl } from '../../../control/client.ts';
import { readEnvironment } from '../../../environment.ts';
import { entry, nodeFlags } from '../entry.ts';
import type { ReadyMessage, SupervisorOptions, SupervisorOutput } from '../protocol.ts';
import { chooseShippers, type Shipping } from './choose.ts';
import { findPrograms } from './find.ts';

/** `PODSCOPE_SHIPPERS_BIN` names a folder of real shippers for this test; the PATH is looked into as well. */
const folder = process.env['PODSCOPE_SHIPPERS_BIN'];
const places = { path: readEnvironment().path, ...(folder === undefined ? {} : { folder }) };
const isThere = chooseShippers('auto', await findPrograms(places), 'opensearch@2').shipping.some(({ source, by }) => source === 'apache-logs' && by !== 'built-in');

let runDir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  runDir = mkdtempSync(join(tmpdir(), 'podscope-real-shippers-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(runDir, { recursive: true, force: true });
});

async function up(mode: 'auto' | 'real' | 'built-in', found: NonNullable<SupervisorOptions['shippers']> | typeof places = places): Promise<{ readonly ready: ReadyMessage; down(): Promise<void> }> {
  const child = fork(entry('supervisor'), [], { execArgv: [...nodeFlags('supervisor')], detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  const ready = new Promise<ReadyMessage>((resolve, reject) => {
    child.on('message', (message: SupervisorOutput) => {
      if (message.type === 'ready') resolve(message);
      if (message.type === 'failed') reject(Object.assign(new Error(message.error.message), message.error));
    });
    child.once('exit', () => reject(new Error('the supervisor ended')));
  });
  const options: SupervisorOptions = { runDir, cacheDir: join(homedir(), '.cache', 'podscope'), ports: { console: 0, opensearch: 0, guestbook: 0 }, seed: 'test', shippers: { ...found, mode } };
  child.send({ type: 'start', options });
  return {
    ready: await ready,
    async down() {
      await connectControl(runDir).shutdown();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function ask<Answer>(url: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(new URL(path, url), body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as Answer;
}

/** Lines of the web pods that are in the logs, those that were moved aside included. */
function accessLines(): number {
  const folders = [join(runDir, 'logs', 'containers'), ...(existsSync(join(runDir, 'logs', 'shipped')) ? readdirSync(join(runDir, 'logs', 'shipped')).map((name) => join(runDir, 'logs', 'shipped', name)) : [])];
  return folders.flatMap((each) => readdirSync(each).filter((name) => name.startsWith('frontend-')).map((name) => readFileSync(join(each, name), 'latin1').split('\n').filter((line) => / stdout F /.test(line)).length)).reduce((sum, count) => sum + count, 0);
}

const documents = async (url: string): Promise<number> => {
  await ask(url, '/apache-*/_refresh', {});
  return (await ask<{ count: number }>(url, '/apache-*/_count', { query: { exists: { field: 'http.response.status_code' } } })).count;
};

const namesIn = (document: object, prefix = ''): readonly string[] =>
  Object.entries(document).flatMap(([key, value]: [string, unknown]) => (typeof value === 'object' && value !== null ? namesIn(value, `${prefix}${key}.`) : [`${prefix}${key}`]));

it.runIf(isThere)('ships with a real program what the collector leaves out, and changes hands twice without a line lost or doubled (needs a program fluent-bit, in PODSCOPE_SHIPPERS_BIN or on the PATH)', { timeout: 300_000 }, async () => {
  for (const mode of ['auto', 'built-in', 'auto'] as const) {
    const { ready, down } = await up(mode);
    const url = ready.urls.opensearch;
    const { shipping, parts } = await callControl<{ shipping: readonly Shipping[]; parts: readonly { name: string; running: boolean }[] }>(runDir, 'GET', '/v1/parts');
    const by = shipping.find(({ source }) => source === 'apache-logs')?.by;
    expect(by === 'built-in').toBe(mode === 'built-in');
    if (mode === 'auto') {
      expect(parts.find(({ name }) => name === by)).toMatchObject({ running: true });
      for (const [pattern, fields] of [['apache', apacheFields], ['kubernetes', kubernetesFields]] as const) {
        const { hits } = await ask<{ hits: { hits: { _source: object }[] } }>(url, `/${pattern}-*/_search`, { size: 100, sort: [{ '@timestamp': 'desc' }] });
        const names = new Set(hits.hits.flatMap((hit) => namesIn(hit._source)));
        expect(names.size).toBeGreaterThan(5);
        expect([...names].filter((name) => !Object.hasOwn(fields, name))).toEqual([]);
      }
    }
    const before = await documents(url);
    await expect.poll(() => documents(url), { timeout: 60_000 }).toBeGreaterThan(before);
    await connectControl(runDir).stopClient('visitors');
    await expect.poll(async () => (await documents(url)) - accessLines(), { timeout: 60_000, interval: 1000 }).toBe(0);
    await down();
  }
  expect(readdirSync(join(runDir, 'logs', 'shipped')).length).toBe(2);
});

it('with "real" and nothing there, starts nothing and says how to get it', { timeout: 60_000 }, async () => {
  await expect(up('real', { path: '' })).rejects.toMatchObject({ code: 'SHIPPER_NOT_FOUND', hint: expect.stringContaining('--shippers-bin') });
  expect(readdirSync(runDir).filter((name) => name !== 'lock')).toEqual([]);
});
