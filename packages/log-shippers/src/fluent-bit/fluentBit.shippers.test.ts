import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apacheLogs, containerLogs, type Destination, forward, fromSecret, fromShippers, kinesisFirehose, kubernetesEvents, noAuth, nodeLogs, openSearch, otlp, redisInfo, sigV4, type Source } from '../index.ts';
import { fluentBitConfig, fluentBitFiles, type FluentBitFormat } from './index.ts';

const program = [...(process.env['PODSCOPE_SHIPPERS_BIN'] ?? '').split(delimiter), ...(process.env['PATH'] ?? '').split(delimiter)]
  .filter((folder) => folder !== '')
  .map((folder) => join(folder, 'fluent-bit'))
  .find((path) => existsSync(path));

interface Stored {
  readonly index: string;
  readonly id: string;
  readonly document: Readonly<Record<string, unknown>> & { readonly message?: string };
}

/** What OpenSearch does with a bulk request as far as it matters here: an id is taken once. */
class Bulk {
  readonly stored = new Map<string, Stored>();
  repeated = 0;
  away = false;
  #server: Server | undefined;

  async start(): Promise<number> {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (this.away) {
          response.writeHead(503).end();
          return;
        }
        const items = this.#take(Buffer.concat(parts).toString('utf8').trim().split('\n'));
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ errors: items.some(({ create }) => create.status !== 201), items }));
      });
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  #take(lines: readonly string[]): readonly { readonly create: { readonly status: number } }[] {
    return lines.flatMap((line, at) => {
      if (at % 2 === 1) return [];
      const { create } = JSON.parse(line) as { create: { _index: string; _id: string } };
      const known = this.stored.has(create._id);
      if (known) this.repeated++;
      else this.stored.set(create._id, { index: create._index, id: create._id, document: JSON.parse(lines[at + 1] as string) as Stored['document'] });
      return [{ create: { status: known ? 409 : 201 } }];
    });
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

describe.skipIf(program === undefined)('Fluent Bit itself (needs a program fluent-bit, in PODSCOPE_SHIPPERS_BIN or on the PATH)', () => {
  let folder: string;
  let bulk: Bulk;
  let port: number;
  const running = new Set<ChildProcess>();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podscope-fluent-bit-'));
    await mkdir(join(folder, 'state'));
    await mkdir(join(folder, 'logs'));
    bulk = new Bulk();
    port = await bulk.start();
  });
  afterEach(async () => {
    for (const each of running) each.kill('SIGKILL');
    bulk.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const written = async (sources: readonly Source[], destination: Destination, format: FluentBitFormat): Promise<readonly string[]> => {
    const config = fluentBitConfig({ version: '5.1', sources: sources as never, destination: destination as never, stateDirectory: join(folder, 'state'), monitoring: { host: '127.0.0.1', port: 20_000 + (port % 10_000) } });
    const { files, args } = fluentBitFiles(config, { format });
    const place = await mkdtemp(join(folder, 'config-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
    return args.map((each) => each.replace('{config}', place));
  };
  const start = (args: readonly string[]): ChildProcess => {
    const child = spawn(program as string, args, { stdio: 'ignore', env: { ...process.env, NODE_NAME: 'node-1', POD_NAME: 'redis-replica-7c9d8f5b6d-abcde', POD_NAMESPACE: 'shop' } });
    running.add(child);
    return child;
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  const here = (): Destination => openSearch({ engine: 'opensearch@2', endpoint: `http://127.0.0.1:${port}`, auth: noAuth });
  const arrived = async (count: number): Promise<void> => {
    await expect.poll(() => bulk.stored.size, { timeout: 60_000, interval: 100 }).toBeGreaterThanOrEqual(count);
  };
  const documents = (index: string): readonly Stored['document'][] => [...bulk.stored.values()].filter((each) => each.index === index).map(({ document }) => document);

  const TIME = '2026-11-24T09:22:23.123456789Z';
  const cri = (text: string | Buffer, flag = 'F', stream = 'stdout'): Buffer => Buffer.concat([Buffer.from(`${TIME} ${stream} ${flag} `), Buffer.from(text), Buffer.from('\n')]);

  it('accepts each pair of the compatibility data in both formats', async () => {
    const withJournal = /\bsystemd\b/.test(execFileSync(program as string, ['--help'], { encoding: 'utf8' }));
    const sources: readonly Source[] = [
      containerLogs({ multiline: ['java', 'python', 'go', 'ruby'] }), apacheLogs({ metadata: 'file-name' }), nodeLogs(), kubernetesEvents(), kubernetesEvents({ path: '/run/events.ndjson' }), redisInfo(),
      fromShippers({ protocol: 'forward', port: 24_224 }), fromShippers({ protocol: 'otlp', port: 4318 }),
      ...(withJournal ? [nodeLogs({ journal: { units: ['kubelet.service'] } })] : []),
    ];
    const password = fromSecret('search', 'password');
    const destinations: readonly Destination[] = [
      here(),
      openSearch({ engine: 'opensearch@3', endpoint: 'https://search', auth: { kind: 'basic', username: 'me', password } }),
      openSearch({ engine: 'opensearch-serverless', endpoint: 'https://search', auth: sigV4('eu-central-1') }),
      openSearch({ engine: 'elasticsearch@7.10', endpoint: 'http://search:9200', auth: noAuth, indices: { apache: 'apache-{date}' } }),
      forward({ host: 'fluentd', sharedKey: password }), otlp({ endpoint: 'http://collector:4317' }), otlp({ endpoint: 'https://collector:4318', protocol: 'http' }),
      kinesisFirehose({ region: 'eu-central-1', deliveryStream: 'logs' }),
    ];
    for (const source of sources) {
      for (const destination of destinations) {
        for (const format of ['yaml', 'classic'] as const) {
          const { status, stdout, stderr } = spawnSync(program as string, ['--dry-run', ...(await written([source], destination, format))], { encoding: 'utf8', env: { ...process.env, SEARCH_PASSWORD: 'x' } });
          const said = `${stdout}${stderr}`.split('\n').filter((line) => /error|warn/i.test(line));
          expect({ source, destination: destination.kind, format, status, said }).toMatchObject({ status: 0, said: [] });
        }
      }
    }
  });

  it.each(['yaml', 'classic'] as const)('gives the documents of the catalogues (%s)', async (format) => {
    const logs = join(folder, 'logs');
    const access = '10.1.2.3 - - [24/Nov/2026:09:22:23 +0000] "GET /a?b=c HTTP/1.1" 200 123 "-" "an \\"agent\\" é" 4567';
    await writeFile(join(logs, 'web-7d4b9c6f5-abcde_shop_php-0123.log'), Buffer.concat([...Array.from({ length: 100 }, () => cri(access)), cri('[Tue Nov 24 09:22:23.1 2026] [core:error] [pid 1:tid 2] [client 10.0.0.1:5] oops', 'F', 'stderr'), cri('neither')]));
    await writeFile(join(logs, 'app-0_shop_app-0123.log'), Buffer.concat([cri('part one ', 'P'), cri('part two'), cri(Buffer.from([0x62, 0xff, 0x00, 0x63])), cri('x'.repeat(200_000)), cri('')]));
    await writeFile(join(logs, 'old-0_shop_app-0123.log'), `${JSON.stringify({ log: 'of Docker\n', stream: 'stderr', time: TIME })}\n`);
    await writeFile(join(logs, 'fluent-bit-x_shop_fluent-bit-0123.log'), cri('its own'));
    await writeFile(join(folder, 'syslog'), `${TIME} WARN kubelet: low on disk\n`);
    const event = { at: TIME, type: 'Warning', reason: 'Failed', namespace: 'shop', kind: 'Pod', name: 'web-1', message: 'no place' };
    await writeFile(join(folder, 'events.ndjson'), `${JSON.stringify(event)}\n${JSON.stringify(event)}\nno event\n`);
    await writeFile(join(folder, 'info'), '# Server\r\nredis_version:7.0.15\r\n\r\n# Memory\r\nused_memory:1048576\r\nmem_fragmentation_ratio:1.50\r\n\r\n# Replication\r\nrole:slave\r\nmaster_link_status:up\r\nslave_repl_offset:42\r\n\r\n# Keyspace\r\ndb0:keys=5,expires=0\r\n\r\n');
    const sources = [apacheLogs({ directory: logs, pods: ['web-*'], metadata: 'file-name' }), containerLogs({ directory: logs, pods: ['app-*', 'old-*', 'fluent-bit-*'], metadata: 'file-name' }), nodeLogs({ paths: [join(folder, 'syslog')] }), kubernetesEvents({ path: join(folder, 'events.ndjson') }), redisInfo({ path: join(folder, 'info') })];
    const child = start(await written(sources, here(), format));
    await arrived(102 + 6 + 3 + 1);
    await end(child, 'SIGTERM');

    const web = documents('apache-podscope');
    expect(web.filter(({ message }) => message === access)).toHaveLength(100);
    const kubernetes = { namespace: 'shop', pod: { name: 'web-7d4b9c6f5-abcde' }, container: { name: 'php' }, deployment: { name: 'web' }, node: { name: 'node-1' } };
    const path = join(logs, 'web-7d4b9c6f5-abcde_shop_php-0123.log');
    expect(web.find(({ message }) => message === access)).toEqual({
      '@timestamp': TIME, message: access, kubernetes, log: { file: { path }, offset: expect.any(Number) }, event: { dataset: 'access', duration_us: 4567 },
      http: { version: '1.1', request: { method: 'GET' }, response: { status_code: 200, bytes: 123 } }, source: { ip: '10.1.2.3' }, url: { path: '/a', query: 'b=c' }, user_agent: { original: 'an "agent" é' },
    });
    expect(web.find(({ message }) => message?.endsWith('oops'))).toMatchObject({ event: { dataset: 'error' }, log: { level: 'error' }, source: { ip: '10.0.0.1' } });
    expect(web.find(({ message }) => message === 'neither')).toMatchObject({ event: { dataset: 'unparsed' } });

    const others = documents('filebeat-podscope');
    expect(others.map(({ message }) => message).sort()).toEqual(['', 'b\uFFFD\u0000c', 'low on disk', 'of Docker', 'part one part two', 'x'.repeat(200_000)].sort());
    expect(others.find(({ message }) => message === 'of Docker')).toMatchObject({ '@timestamp': TIME, stream: 'stderr' });
    expect(others.find(({ message }) => message === 'low on disk')).toEqual({ '@timestamp': TIME, message: 'low on disk', host: { name: 'node-1' }, process: { name: 'kubelet' }, log: { file: { path: join(folder, 'syslog') }, level: 'warn', offset: 0 }, kubernetes: { node: { name: 'node-1' } } });

    const events = documents('kubernetes-podscope');
    expect(events).toHaveLength(3);
    expect(events[0]).toEqual({ '@timestamp': '2026-11-24T09:22:23.123000000Z', message: 'no place', kubernetes: { namespace: 'shop', pod: { name: 'web-1' }, event: { type: 'Warning', reason: 'Failed', count: 1, involved_object: { kind: 'Pod', name: 'web-1' } } } });
    expect(events.find(({ message }) => message === 'no event')).toMatchObject({ kubernetes: { event: { reason: 'Unparsed' } } });
    expect(documents('redis-podscope')).toEqual([
      {
        '@timestamp': expect.any(String),
        redis: { instance: 'redis-replica-7c9d8f5b6d-abcde', role: 'slave', version: '7.0.15', keys: 5, used_memory: 1_048_576, mem_fragmentation_ratio: 1.5, master_link_up: true, master_repl_offset: 42, active_defrag_running: false },
        kubernetes: { namespace: 'shop', pod: { name: 'redis-replica-7c9d8f5b6d-abcde' }, container: { name: 'redis' }, deployment: { name: 'redis-replica' }, node: { name: 'node-1' } },
      },
    ]);
  });

  it('loses and doubles nothing when it is killed, and gives a line the same id when it is read again', async () => {
    const file = join(folder, 'logs', 'app-0_shop_app-0123.log');
    const args = await written([containerLogs({ directory: join(folder, 'logs'), metadata: 'file-name' })], here(), 'yaml');
    let child = start(args);
    let lines = 0;
    for (let round = 0; round < 5; round++) {
      for (let part = 0; part < 5; part++) {
        await appendFile(file, Buffer.concat(Array.from({ length: 200 }, () => cri(`line ${lines++}`))));
        await sleep(100);
      }
      await end(child, 'SIGKILL');
      child = start(args);
    }
    await arrived(lines);
    await end(child, 'SIGTERM');
    expect(new Set(documents('filebeat-podscope').map(({ message }) => message)).size).toBe(lines);
    expect(bulk.stored.size).toBe(lines);

    await rm(join(folder, 'state'), { recursive: true });
    await mkdir(join(folder, 'state'));
    const before = bulk.repeated;
    child = start(args);
    await expect.poll(() => bulk.repeated - before, { timeout: 60_000 }).toBeGreaterThanOrEqual(lines);
    await end(child, 'SIGTERM');
    expect(bulk.stored.size).toBe(lines);
  });

  it('delivers what was written while the server was away', async () => {
    const file = join(folder, 'logs', 'app-0_shop_app-0123.log');
    const child = start(await written([containerLogs({ directory: join(folder, 'logs'), metadata: 'file-name' })], here(), 'yaml'));
    bulk.away = true;
    await writeFile(file, Buffer.concat(Array.from({ length: 1000 }, (_, line) => cri(`line ${line}`))));
    await sleep(5000);
    expect(bulk.stored.size).toBe(0);
    bulk.away = false;
    await arrived(1000);
    await end(child, 'SIGTERM');
    expect(bulk.stored.size).toBe(1000);
  });
});
