import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { get } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { deployment, modest } from './fixtures/objects.ts';
import { isGone } from './fixtures/gone.ts';
import { printed } from './fixtures/printed.ts';
import { obtainKubeProgram } from './programs.ts';
import { startKubeApiServer, type StartedKubeApiServer } from './start.ts';

const here = dirname(fileURLToPath(import.meta.url));

describe('a started API server', () => {
  let server: StartedKubeApiServer;
  // The first time, the programs are built here.
  beforeAll(async () => {
    server = await startKubeApiServer({ onProgress: printed });
  }, 45 * 60_000);
  afterAll(() => server?.stop());

  it('is the version that was asked for, and takes its kubeconfig from the official client', async () => {
    if (process.env['KUBEBUILDER_ASSETS'] === undefined) expect(server.version).toBe('v1.35.4');
    else expect(server.version).toMatch(/^v1\.\d+\.\d+/);
    const config = new KubeConfig();
    config.loadFromString(server.admin.kubeconfig);
    const { items } = await config.makeApiClient(CoreV1Api).listNamespace();
    expect(items.map(({ metadata }) => metadata?.name)).toContain('default');
  });

  it('listens on the loopback address alone', () => {
    const port = server.port.toString(16).toUpperCase().padStart(4, '0');
    const listening = readFileSync('/proc/net/tcp', 'utf8').split('\n').concat(readFileSync('/proc/net/tcp6', 'utf8').split('\n')).map((line) => line.trim().split(/\s+/)).filter((columns) => columns[3] === '0A');
    expect(listening.map((columns) => columns[1]).filter((address) => address?.endsWith(`:${port}`))).toEqual([`0100007F:${port}`]);
  });

  it('lets nobody in without a certificate, neither itself nor etcd', async () => {
    const status = await new Promise((resolve, reject) => {
      get(`${server.url}/api/v1/secrets`, { ca: server.ca }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).once('error', reject);
    });
    expect(status).toBe(401);
    const [, etcd = ''] = /--listen-client-urls=https:\/\/127\.0\.0\.1:(\d+)/.exec(readFileSync(`/proc/${server.pids.etcd}/cmdline`, 'utf8')) ?? [];
    await expect(new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: Number(etcd), path: '/version', rejectUnauthorized: false }, resolve).once('error', reject);
    })).rejects.toThrow(/certificate|alert|reset|hang up/i);
  });

  it('lets a user do what the rules say, and says which verb and resource are missing', async () => {
    const { client } = await server.user('reader', { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }], namespace: 'default' });
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'default' }, data: { colour: 'blue' } };
    await server.admin.client.apply(map);
    expect(await client.read(map)).toMatchObject({ data: { colour: 'blue' } });
    await expect(client.apply(map)).rejects.toMatchObject({ code: 'KUBE_FORBIDDEN', message: expect.stringMatching(/cannot patch resource "configmaps"/) });
    await expect(client.read({ ...map, kind: 'Secret' })).rejects.toMatchObject({ code: 'KUBE_FORBIDDEN', message: expect.stringMatching(/cannot get resource "secrets"/) });
    expect(await server.admin.client.allows('reader', { verb: 'list', resource: 'configmaps', namespace: 'default' })).toBe(true);
    expect(await server.admin.client.allows('reader', { verb: 'list', resource: 'configmaps' })).toBe(false);
  });
});

describe('its processes', () => {
  it('end with the handle and leave nothing', async () => {
    const { pids, folder } = await (async () => {
      await using server = await startKubeApiServer({ onProgress: printed });
      return { pids: server.pids, folder: dirname(server.logFiles.etcd), port: server.port };
    })();
    expect([pids.apiServer, pids.etcd].map(isGone)).toEqual([true, true]);
    expect(existsSync(folder)).toBe(false);
  });

  it('end when their owner is killed', async () => {
    const holder = spawn(process.execPath, ['--conditions=@podscope/source', join(here, 'fixtures/hold-server.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: holder.stdout }), 'line')) as [string];
    const { pids, folder } = JSON.parse(line) as { readonly pids: StartedKubeApiServer['pids']; readonly folder: string };
    expect([pids.apiServer, pids.etcd].map(isGone)).toEqual([false, false]);
    holder.kill('SIGKILL');
    await expect.poll(() => [isGone(pids.apiServer), isGone(pids.etcd), existsSync(folder)], { timeout: 10_000 }).toEqual([true, true, false]);
  });

  it('fail with what they said last, and leave only that', async () => {
    const error = await startKubeApiServer({ flags: { 'no-such-flag': 'x' } }).then(() => undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KUBE_START_FAILED', details: expect.arrayContaining([expect.stringContaining('no-such-flag')]) });
    const [kept = ''] = /\/\S+\.log/.exec((error as { readonly hint: string }).hint) ?? [];
    expect(readFileSync(kept, 'utf8')).toContain('no-such-flag');
    expect(existsSync(kept.replace(/-kube-apiserver\.log$/, ''))).toBe(false);
    await rm(kept);
  });

  it('are not started for a caller who gave up', async () => {
    await expect(startKubeApiServer({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('are ended by the signal that the caller gave', async () => {
    const giveUp = new AbortController();
    const server = await startKubeApiServer({ signal: giveUp.signal });
    giveUp.abort();
    await server.stop();
    expect(isGone(server.pids.apiServer)).toBe(true);
    await expect(once(connect(server.port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('KUBEBUILDER_ASSETS', () => {
  const made: string[] = [];
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const folder of made.splice(0)) await rm(folder, { recursive: true });
  });

  it('is used instead of Go', async () => {
    const programs = { 'kube-apiserver': await obtainKubeProgram('kube-apiserver', { onProgress: printed }), etcd: await obtainKubeProgram('etcd', { onProgress: printed }) };
    const folder = await mkdtemp(join(tmpdir(), 'podscope-assets-'));
    made.push(folder);
    for (const [name, file] of Object.entries(programs)) await symlink(file, join(folder, name));
    vi.stubEnv('KUBEBUILDER_ASSETS', folder);
    vi.stubEnv('PATH', '/nowhere');
    expect(await obtainKubeProgram('kube-apiserver')).toBe(join(folder, 'kube-apiserver'));
    await using server = await startKubeApiServer();
    await server.admin.client.apply(deployment(modest), { dryRun: true });
    expect(server.version).toMatch(/^v1\./);
  });

  it('must hold what is asked for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'podscope-assets-'));
    made.push(folder);
    vi.stubEnv('KUBEBUILDER_ASSETS', folder);
    await expect(startKubeApiServer()).rejects.toMatchObject({ code: 'KUBE_ASSETS_INCOMPLETE', message: expect.stringContaining(folder) });
  });
});
