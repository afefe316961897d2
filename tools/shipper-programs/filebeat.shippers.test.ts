import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apacheFields, filebeatFields } from '../../packages/core/src/catalogues.ts';
import { filebeatConfig, filebeatFiles } from '../../packages/log-shippers/src/beats/index.ts';
import { apacheLogs, beatsProtocol, containerLogs, nodeLogs } from '../../packages/log-shippers/src/index.ts';
import { freePort } from '../../packages/embedded-opensearch/src/index.ts';
import { ensureProgram } from './programs.ts';
import { fieldNames, type RunningProgram, startProgram, until, writeConfig, writtenDocuments } from './runProgram.ts';

const ID = 'f'.repeat(64);
const FRONTEND = `frontend-7c9f8d6b5c-b2x4z_guestbook_php-redis-${ID}.log`;
const REDIS = `redis-primary-0_guestbook_redis-server-${ID}.log`;

let folder: string;
let running: RunningProgram | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-filebeat-'));
  for (const name of ['containers', 'pods', 'out']) await mkdir(join(folder, name));
});
afterEach(async () => {
  await running?.stop('SIGKILL');
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

let nanosecond = 0;
const cri = (text: string, stream = 'stdout', flag = 'F'): string => `2026-11-30T15:00:00.${String(100_000_000 + nanosecond++)}Z ${stream} ${flag} ${text}\n`;
const docker = (text: string): string => `${JSON.stringify({ log: `${text}\n`, stream: 'stdout', time: '2026-11-30T15:00:01.5Z' })}\n`;

interface Event {
  readonly '@metadata': { readonly _id: string };
  readonly message: string;
  readonly podscope: { readonly family: 'filebeat' | 'apache' };
  readonly [field: string]: unknown;
}

describe.each([['7.12', '7.12.1'], ['7.17', '7.17.0']] as const)('Filebeat %s with a generated configuration', (version, exact) => {
  async function start(): Promise<void> {
    const config = filebeatConfig({
      version,
      sources: [
        containerLogs({ directory: join(folder, 'containers'), metadata: 'file-name', multiline: ['java'] }),
        apacheLogs({ directory: join(folder, 'containers'), metadata: 'file-name', pods: ['frontend-*'] }),
        nodeLogs({ paths: [join(folder, 'node.log')] }),
      ],
      destination: beatsProtocol({ hosts: ['127.0.0.1:5044'] }),
      stateDirectory: join(folder, 'state'),
      monitoring: { host: '127.0.0.1', port: await freePort() },
    });
    const args = await writeConfig(filebeatFiles({ ...config, output: { file: { path: join(folder, 'out'), filename: 'events' } } }), join(folder, 'config'));
    running = startProgram(await ensureProgram('filebeat', exact), args, { NODE_NAME: 'node-1', POD_NAME: 'filebeat-x' });
  }

  /** Waits for so many different events. */
  const events = (count: number): Promise<Event[]> => until(async () => {
    const all = (await writtenDocuments(join(folder, 'out'))) as unknown as Event[];
    return new Set(all.map((event) => event['@metadata']._id)).size >= count ? all : undefined;
  });

  it('makes documents with just the fields of their catalogues', async () => {
    await symlink(join(folder, 'pods/redis'), join(folder, 'containers', REDIS));
    await symlink(join(folder, 'pods/web'), join(folder, 'containers', FRONTEND));
    await symlink(join(folder, 'pods/web'), join(folder, 'containers', `filebeat-x_logging_shipper-${ID}.log`));
    await symlink(join(folder, 'pods/web'), join(folder, 'containers', `other_logging_fluentd-${ID}.log`));
    const long = 'x'.repeat(200_000);
    await writeFile(join(folder, 'pods/redis'), [
      cri('part one ', 'stdout', 'P'), cri('part two'), cri('java.lang.IllegalStateException: boom', 'stderr'), cri('\tat shop.Cart.add(Cart.java:12)', 'stderr'), cri('Caused by: why', 'stderr'), cri(long), docker('from docker'),
    ].join(''));
    await writeFile(join(folder, 'pods/web'), [
      cri('10.0.0.1 - frank [30/Nov/2026:15:00:00 +0000] "GET /a%20b?q=1 HTTP/1.1" 404 123 "-" "Mozilla \\"x\\"" 4567'),
      cri('[Mon Nov 30 09:22:23.123456 2026] [core:error] [pid 1:tid 2] [client fe80::1:5] AH00124: too long', 'stderr'),
      cri('999.0.0.1 - - [30/Nov/2026:15:00:00 +0000] "-" 408 - "-" "-"'),
      cri('whatever'),
    ].join(''));
    await writeFile(join(folder, 'node.log'), Buffer.concat([Buffer.from('2026-11-30T15:00:02.000Z WARN kubelet: disk is nearly full\nNov 30 15:00:01 node-1 containerd[12]: hello\nbroken '), Buffer.from([0xff, 0xfe]), Buffer.from(' bytes\n')]));
    await start();
    const found = await events(11);
    await running?.stop();
    for (const { '@metadata': _id, podscope, ...document } of found) {
      const fields: readonly string[] = Object.keys(podscope.family === 'apache' ? apacheFields : filebeatFields);
      expect(fieldNames(document).filter((name) => !fields.includes(name))).toEqual([]);
    }
    const by = (text: string) => found.find(({ message }) => message.includes(text));
    expect(found).toHaveLength(11);
    expect(by('part one')).toMatchObject({ message: 'part one part two', stream: 'stdout', host: { name: 'node-1' }, kubernetes: { namespace: 'guestbook', pod: { name: 'redis-primary-0' }, container: { name: 'redis-server' }, node: { name: 'node-1' } }, log: { offset: 0 } });
    expect(by('boom')?.message).toBe('java.lang.IllegalStateException: boom\n\tat shop.Cart.add(Cart.java:12)\nCaused by: why');
    expect(by('from docker')).toMatchObject({ message: 'from docker', '@timestamp': '2026-11-30T15:00:01.500Z' });
    expect(by(long)?.message).toHaveLength(200_000);
    expect(by('GET /a')).toMatchObject({
      '@timestamp': '2026-11-30T15:00:00.100Z', event: { dataset: 'access', duration_us: 4567 }, source: { ip: '10.0.0.1' }, user: { name: 'frank' }, url: { path: '/a%20b', query: 'q=1' }, user_agent: { original: 'Mozilla "x"' },
      http: { version: '1.1', request: { method: 'GET' }, response: { status_code: 404, bytes: 123 } }, kubernetes: { deployment: { name: 'frontend' }, pod: { name: 'frontend-7c9f8d6b5c-b2x4z' } },
    });
    expect(by('AH00124')).toMatchObject({ event: { dataset: 'error' }, log: { level: 'error' } });
    expect(by('408')).toMatchObject({ event: { dataset: 'access' }, http: { response: { status_code: 408 } } });
    expect(by('408')).not.toHaveProperty('source');
    expect(by('408')).not.toHaveProperty('url');
    expect(by('whatever')).toMatchObject({ event: { dataset: 'unparsed' } });
    expect(by('nearly full')).toMatchObject({ message: 'disk is nearly full', '@timestamp': '2026-11-30T15:00:02.000Z', log: { level: 'warn', offset: 0 }, process: { name: 'kubelet' }, host: { name: 'node-1' } });
    expect(by('containerd')).toMatchObject({ process: { name: 'containerd' } });
    expect(by('broken')?.message).toContain('bytes');
  });

  it('keeps identical lines apart, loses none at a rotation, and gives a line its id again after kill -9', async () => {
    await symlink(join(folder, 'pods/redis'), join(folder, 'containers', REDIS));
    await writeFile(join(folder, 'pods/redis'), Array.from({ length: 100 }, () => cri('the same')).join(''));
    await start();
    await events(100);
    await appendFile(join(folder, 'pods/redis'), cri('last before'));
    await rename(join(folder, 'pods/redis'), join(folder, 'pods/redis.1'));
    await writeFile(join(folder, 'pods/redis'), cri('first after'));
    await appendFile(join(folder, 'pods/redis.1'), cri('late into the old file'));
    const before = await events(103);
    await running?.stop('SIGKILL');
    await rm(join(folder, 'out'), { recursive: true });
    // Without its positions it reads what is there again: the same lines, so the same ids.
    await rm(join(folder, 'state'), { recursive: true });
    await start();
    const again = await events(1);
    const [first] = again;
    expect(before.filter(({ message }) => message === 'first after').map((event) => event['@metadata']._id)).toEqual([first?.['@metadata']._id]);
    expect(before.map(({ message }) => message).filter((message) => message !== 'the same').sort()).toEqual(['first after', 'last before', 'late into the old file']);
  });
});
