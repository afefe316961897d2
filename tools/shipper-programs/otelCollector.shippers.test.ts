import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from '@opensearch-project/opensearch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workshopIndexSetup } from '../../apps/workshop/src/indices/setup.ts';
import { freePort, startOpenSearch, type StartedOpenSearch } from '../../packages/embedded-opensearch/src/index.ts';
import { applyPlan, planFor } from '../../packages/index-manager/src/index.ts';
import { apacheLogs, basicAuth, containerLogs, fromSecret, fromShippers, kubernetesEvents, noAuth, nodeLogs, openSearch, otlp, redisInfo, sigV4 } from '../../packages/log-shippers/src/index.ts';
import { type OtelCollectorConfig, otelCollectorConfig, otelCollectorFiles } from '../../packages/log-shippers/src/otel-collector/index.ts';
import { otelCollectorFacts } from '../../packages/log-shippers/src/compatibility/otelCollector.ts';
import { ensureProgram } from './programs.ts';

const exec = promisify(execFile);
const ENVIRONMENT = { NODE_NAME: 'node-1', POD_NAME: 'redis-0', POD_NAMESPACE: 'guestbook', OPENSEARCH_PASSWORD: 'none', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', AWS_EC2_METADATA_DISABLED: 'true' };

let program: string;
let server: StartedOpenSearch;
let client: Client;
let root: string;
let run: string;
let running: ChildProcess[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'podscope-otel-'));
  program = await ensureProgram('otelcol', '0.139.0');
  server = await startOpenSearch({ version: '2.19.6', dataDir: join(root, 'data') });
  client = new Client({ node: server.url });
}, 30 * 60_000);
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
  mkdirSync(join(run, 'pods'));
});
afterEach(async () => {
  await Promise.all(running.map(stop));
  running = [];
});

const destination = (url = server.url) => openSearch({ engine: 'opensearch@2', endpoint: url, auth: noAuth });
const common = () => ({ version: '0.139', stateDirectory: join(run, 'state') }) as const;

function configFile(name: string, config: OtelCollectorConfig): string {
  const file = join(run, name);
  writeFileSync(file, otelCollectorFiles(config).files['collector.yaml'] ?? '');
  return file;
}

/** Health and metrics of each collector on ports of its own: several run on this machine. */
async function start(name: string, config: OtelCollectorConfig): Promise<ChildProcess> {
  const text = otelCollectorFiles(config).files['collector.yaml'] ?? '';
  const file = join(run, name);
  writeFileSync(file, text.replace('0.0.0.0:13133', `127.0.0.1:${await freePort()}`).replace('port: 8888', `port: ${await freePort()}`).replaceAll('host: 0.0.0.0', 'host: 127.0.0.1'));
  const child = spawn(program, ['--config', file], { env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe'] });
  const log = join(run, `${name}.log`);
  child.stderr.on('data', (part: Buffer) => appendFileSync(log, part));
  running.push(child);
  while (!ready(log)) {
    if (child.exitCode !== null) throw new Error(readFileSync(log, 'utf8'));
    await sleep(50);
  }
  return child;
}

function ready(log: string): boolean {
  try {
    return readFileSync(log, 'utf8').includes('Everything is ready');
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

async function count(index: string): Promise<number> {
  await client.indices.refresh({ index });
  return Number((await client.count({ index })).body.count);
}

/** Waits for so many documents, then a little for more than there should be. */
async function until(index: string, wanted: number): Promise<number> {
  let last = -1;
  for (let still = 0; still < 12; await sleep(500)) {
    const now = await count(index);
    still = now === last && now >= wanted ? still + 4 : now === last ? still + 1 / 6 : 0;
    last = now;
  }
  return last;
}

type Source = Readonly<Record<string, unknown>>;

async function documents(index: string): Promise<Source[]> {
  const answer = await client.search({ index, size: 10_000, body: { query: { match_all: {} } } });
  return answer.body.hits.hits.map(({ _source }) => _source as Source);
}

/** A container's file as kubelet has it: a link in one folder to a file in another. */
function container(pod: string, namespace: string, name: string): { readonly path: string; readonly write: (lines: readonly string[]) => void; readonly rotate: () => void } {
  const path = join(run, 'pods', `${namespace}_${pod}_${name}-0.log`);
  writeFileSync(path, '');
  symlinkSync(path, join(run, 'containers', `${pod}_${namespace}_${name}-0123456789abcdef.log`));
  return {
    path,
    write: (lines) => appendFileSync(path, lines.map((line) => `${line}\n`).join(''), 'latin1'),
    rotate: () => {
      renameSync(path, `${path}.20261124-092223`);
      writeFileSync(path, '');
    },
  };
}

let second = 0;
const time = (): string => new Date(Date.UTC(2026, 10, 24, 9) + second++).toISOString().replace('Z', '123456Z');
const cri = (text: string, flag = 'F', stream = 'stdout'): string => `${time()} ${stream} ${flag} ${text}`;

describe('what the real collector says', () => {
  it.each([
    ['files', () => otelCollectorConfig({ ...common(), sources: [containerLogs({ metadata: 'file-name', multiline: ['java', 'python', 'go', 'ruby'] }), apacheLogs({ metadata: 'file-name', pods: ['frontend-*'] }), redisInfo(), nodeLogs(), kubernetesEvents({ path: '/var/log/events' })], destination: destination() })],
    ['each format', () => otelCollectorConfig({ ...common(), sources: [containerLogs({ metadata: 'file-name', format: 'docker' }), containerLogs({ metadata: 'file-name', format: 'cri', directory: '/other' })], destination: destination() })],
    ['password', () => otelCollectorConfig({ ...common(), sources: [nodeLogs()], destination: openSearch({ engine: 'opensearch@3', endpoint: 'https://127.0.0.1:9200', auth: basicAuth('me', fromSecret('opensearch', 'password')), tls: { insecureSkipVerify: true } }) })],
    ['signed', () => otelCollectorConfig({ ...common(), sources: [nodeLogs()], destination: openSearch({ engine: 'opensearch-serverless', endpoint: 'https://127.0.0.1:9200', auth: sigV4('eu-central-1') }) })],
    ['dated indices', () => otelCollectorConfig({ ...common(), sources: [nodeLogs()], destination: openSearch({ engine: 'opensearch@1', endpoint: 'http://127.0.0.1:9200', auth: noAuth, indices: { filebeat: 'filebeat-{date}' } }) })],
    ['otlp, grpc', () => otelCollectorConfig({ ...common(), sources: [nodeLogs()], destination: otlp({ endpoint: '127.0.0.1:4317' }) })],
    ['otlp, http', () => otelCollectorConfig({ ...common(), sources: [redisInfo()], destination: otlp({ endpoint: 'http://127.0.0.1:4318', protocol: 'http' }) })],
    ['from other collectors', () => otelCollectorConfig({ ...common(), sources: [fromShippers({ protocol: 'otlp', port: 4317, host: '127.0.0.1' })], destination: destination() })],
  ])('of %s: it is valid', async (name, config) => {
    mkdirSync(join(run, 'state/otel-collector'), { recursive: true });
    await expect(exec(program, ['validate', '--config', configFile(`${name.replaceAll(/\W/g, '-')}.yaml`, config())], { env: ENVIRONMENT })).resolves.toMatchObject({ stderr: '' });
  });
});

describe('what arrives in OpenSearch', () => {
  it('is each line of containers once, with the fields of the catalogue', async () => {
    const app = container('app-7d4b9c-x2x4z', 'shop', 'app');
    const own = container('otel-collector-abc', 'logging', 'otel-collector');
    own.write([cri('its own')]);
    app.write(Array.from({ length: 1000 }, (_, line) => cri(`line ${line}`)));
    app.write(Array.from({ length: 100 }, () => cri('the same', 'F', 'stderr')));
    app.write([cri('first part, ', 'P'), cri('second part, ', 'P'), cri('end')]);
    app.write([cri('x'.repeat(16_384), 'P'), ...Array.from({ length: 11 }, () => cri('x'.repeat(16_384), 'P')), cri('y')]);
    app.write([cri('invalid \u00ff\u00fe bytes'), cri('')]);
    app.write([cri('java.lang.IllegalStateException: gone'), cri('\tat com.example.Main.main(Main.java:5)'), cri('Caused by: java.io.IOException'), cri('\t... 3 more'), cri('after it')]);
    await start('containers.yaml', otelCollectorConfig({ ...common(), sources: [containerLogs({ metadata: 'file-name', directory: join(run, 'containers'), multiline: ['java'] })], destination: destination() }));
    expect(await until('filebeat-podscope', 1106)).toBe(1106);
    app.write(Array.from({ length: 200 }, (_, line) => cri(`before the rotation ${line}`)));
    app.rotate();
    app.write(Array.from({ length: 300 }, (_, line) => cri(`after the rotation ${line}`)));
    expect(await until('filebeat-podscope', 1606)).toBe(1606);

    const found = await documents('filebeat-podscope');
    const messages = new Map<string, number>();
    for (const { message } of found) messages.set(String(message), (messages.get(String(message)) ?? 0) + 1);
    expect(messages.get('the same')).toBe(100);
    expect([...messages].filter(([message, times]) => times > 1 && message !== 'the same')).toEqual([]);
    expect(messages.get('first part, second part, end')).toBe(1);
    expect(messages.get(`${'x'.repeat(12 * 16_384)}y`)).toBe(1);
    expect(messages.get('java.lang.IllegalStateException: gone\n\tat com.example.Main.main(Main.java:5)\nCaused by: java.io.IOException\n\t... 3 more')).toBe(1);
    expect([...messages.keys()].some((message) => message.startsWith('invalid ') && message.endsWith(' bytes'))).toBe(true);
    expect(found.find(({ message }) => message === 'line 7')).toEqual({
      '@timestamp': expect.stringMatching(/^2026-11-24T09:00:0\d(?:\.\d{1,3})?Z$/),
      message: 'line 7',
      stream: 'stdout',
      log: { file: { path: expect.stringContaining('app-7d4b9c-x2x4z_shop_app-') }, offset: expect.any(Number) },
      kubernetes: { namespace: 'shop', pod: { name: 'app-7d4b9c-x2x4z' }, container: { name: 'app' }, node: { name: 'node-1' } },
    });
  });

  it("is a web pod's line taken apart, what Redis says as numbers, and events", async () => {
    const web = container('frontend-abc-1', 'guestbook', 'web');
    web.write([
      cri('10.0.0.1 - - [24/Nov/2026:09:22:23 +0000] "GET /index.php?cmd=get&key=a%20b HTTP/1.1" 200 512 "-" "curl/8.0 \\"x\\"" 1234'),
      cri('::1 - bob [24/Nov/2026:09:22:23 +0000] "GET / HTTP/1.0" 404 - "http://a/" "-"'),
      cri('999.0.0.1 - - [24/Nov/2026:09:22:23 +0000] "-" 408 - "-" "-"'),
      cri('[Tue Nov 24 09:22:23.1 2026] [core:error] [pid 1:tid 2] [client 10.0.0.2:5] gone', 'F', 'stderr'),
      cri('AH00558: something else', 'F', 'stderr'),
    ]);
    const info = '# Server\r\nredis_version:7.0.15\r\nuptime_in_seconds:12\r\n\r\n# Clients\r\nconnected_clients:3\r\n\r\n# Memory\r\nused_memory:1048576\r\nmem_fragmentation_ratio:1.25\r\nmem_fragmentation_bytes:-5\r\n\r\n# Replication\r\nrole:master\r\nconnected_slaves:2\r\nmaster_repl_offset:77\r\n\r\n# Keyspace\r\ndb0:keys=5,expires=0,avg_ttl=0\r\ndb3:keys=2,expires=0,avg_ttl=0\r\n\r\n';
    writeFileSync(join(run, 'info'), `${info}${info.replace('used_memory:1048576', 'used_memory:2097152')}`);
    writeFileSync(join(run, 'events'), `${JSON.stringify({ at: '2026-11-24T09:22:23.500Z', type: 'Normal', reason: 'Scheduled', namespace: 'guestbook', kind: 'Pod', name: 'frontend-abc-1', message: 'Assigned' })}\nno event\n`);
    await start('parsed.yaml', otelCollectorConfig({ ...common(), sources: [apacheLogs({ metadata: 'file-name', directory: join(run, 'containers'), pods: ['frontend-*'] }), redisInfo({ path: join(run, 'info') }), kubernetesEvents({ path: join(run, 'events') })], destination: destination() }));
    expect(await until('apache-podscope', 5)).toBe(5);
    expect(await until('redis-podscope', 2)).toBe(2);
    expect(await until('kubernetes-podscope', 2)).toBe(2);

    const lines = new Map((await documents('apache-podscope')).map((one) => [String(one['message']).slice(0, 9), one]));
    expect(lines.get('10.0.0.1 ')).toMatchObject({
      event: { dataset: 'access', duration_us: 1234 },
      source: { ip: '10.0.0.1' },
      http: { version: '1.1', request: { method: 'GET' }, response: { status_code: 200, bytes: 512 } },
      url: { path: '/index.php', query: 'cmd=get&key=a%20b' },
      user_agent: { original: 'curl/8.0 "x"' },
      kubernetes: { namespace: 'guestbook', pod: { name: 'frontend-abc-1' }, container: { name: 'web' } },
    });
    expect(lines.get('10.0.0.1 ')).not.toHaveProperty('user');
    expect(lines.get('::1 - bob')).toMatchObject({ source: { ip: '::1' }, user: { name: 'bob' }, http: { request: { referrer: 'http://a/' }, response: { status_code: 404 } }, url: { path: '/' } });
    expect(lines.get('::1 - bob')).not.toHaveProperty('url.query');
    expect(lines.get('::1 - bob')).not.toHaveProperty('http.response.bytes');
    expect(lines.get('999.0.0.1')).not.toHaveProperty('source');
    expect(lines.get('[Tue Nov ')).toMatchObject({ event: { dataset: 'error' }, log: { level: 'error' }, source: { ip: '10.0.0.2' } });
    expect(lines.get('AH00558: ')).toMatchObject({ event: { dataset: 'unparsed' } });

    const samples = await documents('redis-podscope');
    expect(samples.find(({ redis }) => (redis as Source)['used_memory'] === 1_048_576)).toEqual({
      '@timestamp': expect.any(String),
      kubernetes: { namespace: 'guestbook', pod: { name: 'redis-0' }, node: { name: 'node-1' } },
      redis: {
        instance: 'redis-0', role: 'master', version: '7.0.15', uptime_in_seconds: 12, connected_clients: 3, connected_slaves: 2, used_memory: 1_048_576, mem_fragmentation_ratio: 1.25,
        mem_fragmentation_bytes: -5, active_defrag_running: false, master_repl_offset: 77, replication_lag_bytes: 0, keys: 7,
      },
    });
    expect((await documents('kubernetes-podscope')).map(({ kubernetes, message }) => ({ kubernetes, message }))).toEqual(
      expect.arrayContaining([
        { message: 'Assigned', kubernetes: { namespace: 'guestbook', pod: { name: 'frontend-abc-1' }, event: { type: 'Normal', reason: 'Scheduled', count: 1, involved_object: { kind: 'Pod', name: 'frontend-abc-1' } } } },
        { message: 'no event', kubernetes: { event: { type: 'Warning', reason: 'Unparsed' } } },
      ]),
    );
  });

  it('is none lost and none doubled when the next collector is away for 20 s, and when this one is ended in between', async () => {
    const port = await freePort();
    const app = container('app-7d4b9c-x2x4z', 'shop', 'app');
    const sender = (): OtelCollectorConfig => otelCollectorConfig({ ...common(), sources: [containerLogs({ metadata: 'file-name', directory: join(run, 'containers') })], destination: otlp({ endpoint: `127.0.0.1:${port}` }) });
    const receiver = (): OtelCollectorConfig => otelCollectorConfig({ ...common(), stateDirectory: join(run, 'receiver'), sources: [fromShippers({ protocol: 'otlp', port, host: '127.0.0.1' })], destination: destination() });
    const first = await start('receiver.yaml', receiver());
    const agent = await start('sender.yaml', sender());
    app.write(Array.from({ length: 2000 }, (_, line) => cri(`first ${line}`)));
    expect(await until('filebeat-podscope', 2000)).toBe(2000);
    await stop(first);
    app.write(Array.from({ length: 3000 }, (_, line) => cri(`while it is away ${line}`)));
    await sleep(10_000);
    await stop(agent);
    app.write(Array.from({ length: 1000 }, (_, line) => cri(`while both are ${line}`)));
    await start('again.yaml', sender());
    await sleep(10_000);
    await start('receiver-again.yaml', receiver());
    app.write(Array.from({ length: 500 }, (_, line) => cri(`last ${line}`)));
    expect(await until('filebeat-podscope', 6500)).toBe(6500);
    expect(new Set((await documents('filebeat-podscope')).map(({ message }) => message)).size).toBe(6500);
  });

  it('is lost while OpenSearch is away, as the compatibility data says of this exporter', async () => {
    const app = container('app-7d4b9c-x2x4z', 'shop', 'app');
    app.write(Array.from({ length: 50 }, (_, line) => cri(`to nobody ${line}`)));
    await start('away.yaml', otelCollectorConfig({ ...common(), sources: [containerLogs({ metadata: 'file-name', directory: join(run, 'containers') })], destination: destination(`http://127.0.0.1:${await freePort()}`) }));
    await expect.poll(() => readFileSync(join(run, 'away.yaml.log'), 'utf8'), { timeout: 30_000 }).toMatch(/Dropping data.*"dropped_items": 50/);
    expect(otelCollectorFacts.traps.map(({ id }) => id)).toContain('lost-while-away');
  });
});
