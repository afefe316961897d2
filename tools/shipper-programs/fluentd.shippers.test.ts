import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@opensearch-project/opensearch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workshopIndexSetup } from '../../apps/workshop/src/indices/setup.ts';
import { freePort, startOpenSearch, type StartedOpenSearch } from '../../packages/embedded-opensearch/src/index.ts';
import { applyPlan, planFor } from '../../packages/index-manager/src/index.ts';
import { type FluentdConfig, fluentdConfig, fluentdFiles, source } from '../../packages/log-shippers/src/fluentd/index.ts';
import { apacheLogs, containerLogs, fromShippers, kubernetesEvents, noAuth, nodeLogs, openSearch, redisInfo } from '../../packages/log-shippers/src/index.ts';
import { findPrograms, pathFolders } from '../conformance/log-shippers/programs.ts';

const { programs } = await findPrograms([...pathFolders(process.env['PODSCOPE_SHIPPERS_BIN']), ...pathFolders(process.env['PATH'])]);
const program = programs.find(({ shipper }) => shipper === 'fluentd')?.path;
const here = program !== undefined;
const title = 'a real Fluentd with fluent-plugin-opensearch, into a real OpenSearch (needs a program fluentd, in PODSCOPE_SHIPPERS_BIN or on the PATH)';

const ENVIRONMENT = { ...process.env, NODE_NAME: 'node-1', POD_NAME: 'redis-0', POD_NAMESPACE: 'guestbook' };
const WEB = `frontend-5d8c7f9b6d-x2x4z_guestbook_php-redis-${'a'.repeat(64)}.log`;
const APP = `app-7f9b6d5d8c-abcde_shop_app-${'b'.repeat(64)}.log`;

describe.runIf(here)(title, () => {
  let server: StartedOpenSearch;
  let client: Client;
  let root: string;
  let run: string;
  let running: ChildProcess[] = [];

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'podscope-fluentd-'));
    server = await startOpenSearch({ version: '2.19.6', dataDir: join(root, 'data') });
    client = new Client({ node: server.url });
  }, 10 * 60_000);
  afterAll(async () => {
    await client?.close();
    await server?.stop();
    rmSync(root, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await client.indices.deleteDataStream({ name: '*-podscope' }, { ignore: [404] });
    await applyPlan(client, await planFor(client, workshopIndexSetup));
    run = mkdtempSync(join(root, 'run-'));
    mkdirSync(join(run, 'containers'));
  });
  afterEach(async () => {
    for (const child of running) killGroup(child, 'SIGKILL');
    running = [];
    await sleep(200);
  });

  const common = async (url = server.url) =>
    ({ version: '1.18', stateDirectory: join(run, 'state'), monitoring: { host: '127.0.0.1', port: await freePort() }, destination: openSearch({ engine: 'opensearch@2', endpoint: url, auth: noAuth }) }) as const;

  function start(config: FluentdConfig, format: 'conf' | 'yaml' = 'conf', extra: readonly string[] = []): ChildProcess {
    const { files, args } = fluentdFiles(config, { format });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(run, name), text);
    const log = openSync(join(run, 'fluentd.log'), 'a');
    const child = spawn(program ?? '', [...args.map((arg) => arg.replaceAll('{config}', run)), ...extra], { env: ENVIRONMENT, stdio: ['ignore', log, log], detached: true });
    running.push(child);
    return child;
  }

  async function count(family: string): Promise<number> {
    await client.indices.refresh({ index: `${family}-podscope` });
    return (await client.count({ index: `${family}-podscope` })).body.count;
  }

  /** Waits until as many documents are there, and looks again after a while: none may be there twice. */
  async function arrived(family: string, wanted: number): Promise<void> {
    await expect.poll(() => count(family), { timeout: 90_000, interval: 500 }).toBeGreaterThanOrEqual(wanted);
    await sleep(3000);
    expect(await count(family)).toBe(wanted);
  }

  async function documents(family: string, query: object): Promise<readonly Record<string, unknown>[]> {
    const { body } = await client.search({ index: `${family}-podscope`, body: { size: 100, query } as never });
    return body.hits.hits.map((hit) => hit._source as Record<string, unknown>);
  }

  it('takes a configuration of every source in both of its formats', { timeout: 300_000 }, async () => {
    const sources = [containerLogs({ multiline: ['java', 'python', 'go', 'ruby'] }), containerLogs({ format: 'docker' }), apacheLogs(), nodeLogs(), kubernetesEvents({ path: '/var/log/events' }), redisInfo(), fromShippers({ protocol: 'forward', port: 24_224 })];
    for (const format of ['conf', 'yaml'] as const) {
      const child = start(fluentdConfig({ ...(await common()), sources }), format, ['--dry-run']);
      const code = await new Promise((resolve) => child.once('exit', resolve));
      expect(code, readFileSync(join(run, 'fluentd.log'), 'utf8')).toBe(0);
    }
    const said = readFileSync(join(run, 'fluentd.log'), 'utf8');
    expect(said.match(/finished dry run mode/g)).toHaveLength(2);
    expect(said).not.toContain('is not used');
  });

  it('makes one document of each line, stack trace and long line, in the fields of the catalogue', { timeout: 300_000 }, async () => {
    const web = ['10.0.0.7 - joe [30/Nov/2026:10:00:00 +0000] "GET /page?q=7 HTTP/1.1" 200 12 "-" "Mozilla \\"x\\"" 34', '[Tue Nov 24 09:22:23.1 2026] [core:error] [pid 1:tid 2] [client 10.0.0.1:5] no such file', 'neither'];
    writeFileSync(join(run, 'containers', WEB), [...web, ...Array<string>(100).fill('the same')].map((text) => cri(text, 1)).join(''));
    const trace = ['java.lang.IllegalStateException: no', '\tat a.B.c(D.java:1)', 'Caused by: java.io.IOException', '\t... 3 more'];
    const long = 'x'.repeat(200 * 1024);
    const parts = Array.from({ length: 13 }, (_, part) => cri(long.slice(part * 16_384, (part + 1) * 16_384), 10 + part, part === 12 ? 'F' : 'P'));
    const broken = Buffer.concat([Buffer.from(cri('bytes ', 30).trimEnd()), Buffer.from([0x20, 0xff, 0xfe]), Buffer.from(' end\n')]);
    writeFileSync(join(run, 'containers', APP), Buffer.concat([Buffer.from(trace.map((text, at) => cri(text, at)).join('')), Buffer.from(parts.join('')), broken, Buffer.from('no line of a runtime\n')]));
    writeFileSync(join(run, 'events'), `${JSON.stringify({ at: '2026-11-30T10:00:00.000Z', type: 'Normal', reason: 'Scheduled', namespace: 'guestbook', kind: 'Pod', name: 'frontend-1', message: 'Assigned' })}\n`.repeat(3));
    writeFileSync(join(run, 'info'), '# Server\r\nredis_version:7.2.4\r\n\r\n# Clients\r\nconnected_clients:3\r\nused_memory:1000\r\nmem_fragmentation_ratio:1.50\r\nrole:master\r\ndb0:keys=5,expires=0,avg_ttl=0\r\n');
    const directory = join(run, 'containers');
    start(
      fluentdConfig({
        ...(await common()),
        sources: [apacheLogs({ directory, pods: ['frontend-*'] }), containerLogs({ directory, pods: ['app-*'], multiline: ['java'] }), kubernetesEvents({ path: join(run, 'events') }), redisInfo({ path: join(run, 'info') })],
      }),
    );
    await arrived('apache', 103);
    await arrived('filebeat', 4);
    await arrived('kubernetes', 3);
    await arrived('redis', 1);
    expect(await documents('apache', { term: { 'event.dataset': 'access' } })).toEqual([
      {
        '@timestamp': expect.stringMatching(/^2026-11-30T10:00:00/),
        message: web[0],
        event: { dataset: 'access', duration_us: 34 },
        http: { version: '1.1', request: { method: 'GET' }, response: { status_code: 200, bytes: 12 } },
        url: { path: '/page', query: 'q=7' },
        source: { ip: '10.0.0.7' },
        user: { name: 'joe' },
        user_agent: { original: 'Mozilla "x"' },
        kubernetes: { namespace: 'guestbook', pod: { name: 'frontend-5d8c7f9b6d-x2x4z' }, container: { name: 'php-redis' }, deployment: { name: 'frontend' }, node: { name: 'node-1' } },
        log: { file: { path: join(directory, WEB) } },
      },
    ]);
    expect(await documents('apache', { term: { 'event.dataset': 'error' } })).toMatchObject([{ log: { level: 'error' }, source: { ip: '10.0.0.1' } }]);
    const messages = (await documents('filebeat', { match_all: {} })).map(({ message }) => message);
    expect(messages.sort()).toEqual(['bytes \ufffd\ufffd end', trace.join('\n'), 'no line of a runtime', long].sort());
    expect(await documents('redis', { match_all: {} })).toMatchObject([{ redis: { instance: 'redis-0', version: '7.2.4', connected_clients: 3, mem_fragmentation_ratio: 1.5, keys: 5, role: 'master' } }]);
    expect(existsSync(join(run, 'state', 'dead-letters'))).toBe(false);
  });

  it('loses and doubles nothing while the server is away, the file is rotated and the process is killed', { timeout: 300_000 }, async () => {
    const door = await openDoor(new URL(server.url));
    const directory = join(run, 'containers');
    const file = join(directory, WEB);
    writeFileSync(file, Array.from({ length: 1000 }, (_, at) => cri(`before ${at}`, at)).join(''));
    const config = fluentdConfig({ ...(await common(door.url)), sources: [apacheLogs({ directory })] });
    const first = start(config);
    await arrived('apache', 1000);
    door.close();
    appendFileSync(file, Array.from({ length: 500 }, (_, at) => cri(`away ${at}`, 2000 + at)).join(''));
    await sleep(4000);
    killGroup(first, 'SIGKILL');
    // Rotated while nobody looks: what was not read yet is in a file with another name.
    appendFileSync(file, Array.from({ length: 100 }, (_, at) => cri(`unseen ${at}`, 2500 + at)).join(''));
    renameSync(file, `${file}.20261130-100000`);
    writeFileSync(file, Array.from({ length: 500 }, (_, at) => cri(`after ${at}`, 3000 + at)).join(''));
    start(config);
    await sleep(12_000);
    await door.open();
    await arrived('apache', 2100);
    await door.end();
  });

  it('keeps what the server refuses for good, and delivers the rest', { timeout: 300_000 }, async () => {
    const port = await freePort();
    const config = fluentdConfig({ ...(await common()), sources: [fromShippers({ protocol: 'forward', port: await freePort(), host: '127.0.0.1' })] });
    start({ directives: [...config.directives, source({ '@type': 'http', bind: '127.0.0.1', port, '@label': '@SHIPPERS-RECORDS' })] });
    const post = (tag: string, record: object) => fetch(`http://127.0.0.1:${port}/${tag}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(record) }).then(({ ok }) => ok, () => false);
    await expect.poll(() => post('apache.web', { message: 'first', event: { dataset: 'unparsed' } }), { timeout: 60_000, interval: 500 }).toBe(true);
    expect(await post('apache.web', { message: 'refused', event: { dataset: 'unparsed' }, no_such_field: 1 })).toBe(true);
    expect(await post('apache.web', { message: 'last', event: { dataset: 'unparsed' } })).toBe(true);
    expect(await post('stranger.web', { message: 'unrouted' })).toBe(true);
    await arrived('apache', 2);
    const letters = (): string => (existsSync(join(run, 'state', 'dead-letters')) ? readdirSync(join(run, 'state', 'dead-letters')).map((name) => readFileSync(join(run, 'state', 'dead-letters', name), 'utf8')).join('') : '');
    await expect.poll(letters, { timeout: 60_000, interval: 500 }).toContain('no_such_field');
    await expect.poll(letters, { timeout: 60_000, interval: 500 }).toContain('unrouted');
    expect(letters()).not.toContain('first');
  });
});

function cri(text: string, at: number, flag: 'F' | 'P' = 'F'): string {
  return `2026-11-30T10:00:00.${String(at).padStart(9, '0')}Z stdout ${flag} ${text}\n`;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A way to the server that can be closed and opened again. */
async function openDoor(target: URL) {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let listener: Server | undefined;
  const open = async (): Promise<void> => {
    const opened = createServer((inside) => {
      const outside = connect(Number(target.port), target.hostname);
      for (const socket of [inside, outside]) {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.on('error', () => {
          inside.destroy();
          outside.destroy();
        });
      }
      inside.pipe(outside).pipe(inside);
    });
    listener = opened;
    await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
  };
  const close = (): void => {
    listener?.close();
    for (const socket of sockets) socket.destroy();
  };
  await open();
  return { url: `http://127.0.0.1:${port}`, open, close, end: async () => { close(); await sleep(0); } };
}
