import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installDirectory } from './locate/locate.ts';
import type { ProgressEvent } from './progress.ts';
import { obtainOpenSearch, startOpenSearch, type SecuredStartOptions, type StartOptions } from './start.ts';

let directory: string;
let cacheDir: string;
const events: ProgressEvent[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-locate-'));
  cacheDir = join(directory, 'cache');
  events.length = 0;
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function distribution(home: string, version: string, word = 'opensearch'): Promise<string> {
  await mkdir(join(home, 'lib'), { recursive: true });
  await writeFile(join(home, `lib/${word}-${version}.jar`), '');
  return home;
}
const onProgress = (event: ProgressEvent): number => events.push(event);
const order = (): string[] => events.flatMap((event) => (event.type === 'source' ? [`${event.source} ${event.state}`] : []));

it('takes the named home before the cache, whatever its version', async () => {
  await distribution(installDirectory(cacheDir, '2.19.6'), '2.19.6');
  const home = await distribution(join(directory, 'mine'), '2.11.0');
  expect(await obtainOpenSearch({ home, cacheDir, onProgress })).toEqual({ home, version: '2.11.0', source: 'home' });
  expect(order()).toEqual(['home used']);
});

it('takes the cache before anything that installs', async () => {
  const home = await distribution(installDirectory(cacheDir, '2.19.6'), '2.19.6');
  expect(await obtainOpenSearch({ cacheDir, onProgress })).toEqual({ home, version: '2.19.6', source: 'cache' });
  expect(order()).toEqual(['home passed-over', 'cache used']);
});

it('refuses a home that holds no server, rather than taking another', async () => {
  await distribution(installDirectory(cacheDir, '2.19.6'), '2.19.6');
  await expect(obtainOpenSearch({ home: directory, cacheDir })).rejects.toMatchObject({ code: 'OPENSEARCH_HOME_INVALID' });
});

it('does not take another version out of the cache', async () => {
  await distribution(installDirectory(cacheDir, '2.19.6'), '2.19.5');
  await expect(obtainOpenSearch({ cacheDir, sources: ['cache'], onProgress })).rejects.toMatchObject({ code: 'OPENSEARCH_NO_SOURCE' });
});

it('tries the sources in one order, however they are listed', async () => {
  const attempt = obtainOpenSearch({
    cacheDir, onProgress, sources: ['maven', 'tarball', 'cache', 'home'], tarballs: {}, mavenCommand: join(directory, 'no-mvn'),
  });
  await expect(attempt).rejects.toMatchObject({ code: 'OPENSEARCH_NO_SOURCE' });
  expect(order()).toEqual([
    'home passed-over', 'cache passed-over', 'tarball trying', 'tarball passed-over', 'maven trying', 'maven passed-over',
  ]);
});

it('refuses a version that is none before it touches the disk', async () => {
  await expect(obtainOpenSearch({ cacheDir, version: '../../etc', sources: ['maven'] })).rejects.toMatchObject({ code: 'OPENSEARCH_NO_SOURCE' });
});

it('takes Elasticsearch only when it was asked for, and then nothing else', async () => {
  const home = await distribution(installDirectory(cacheDir, '7.10.2'), '7.10.2', 'elasticsearch');
  const found = { home, version: '7.10.2', source: 'cache' };
  expect(await obtainOpenSearch({ distribution: 'elasticsearch-oss', version: '7.10.2', cacheDir })).toEqual(found);
  expect(await obtainOpenSearch({ distribution: 'elasticsearch-oss', cacheDir })).toEqual(found);
  const refusal = { code: 'OPENSEARCH_NO_SOURCE', hint: expect.stringContaining("distribution: 'elasticsearch-oss'") };
  await expect(obtainOpenSearch({ version: '7.10.2', cacheDir })).rejects.toMatchObject(refusal);
  await expect(obtainOpenSearch({ home, cacheDir })).rejects.toMatchObject(refusal);
  const mine = await distribution(join(directory, 'mine'), '2.11.0');
  await expect(obtainOpenSearch({ distribution: 'elasticsearch-oss', home: mine, cacheDir })).rejects.toMatchObject({ code: 'OPENSEARCH_NO_SOURCE', message: expect.stringContaining('2.11.0') });
});

it('refuses security where there is no plugin, before anything is started', async () => {
  const home = await distribution(join(directory, 'mine'), '2.11.0');
  const start = startOpenSearch({ home, cacheDir, classArchive: false, security: {}, onProgress });
  await expect(start).rejects.toMatchObject({ code: 'OPENSEARCH_NO_SECURITY_PLUGIN', message: expect.stringContaining(home) });
  expect(events.some((event) => event.type === 'starting')).toBe(false);
});

it('does not compile for servers that can’t be had', () => {
  const elasticsearch: StartOptions = { distribution: 'elasticsearch-oss', version: '7.10.2' };
  // @ts-expect-error there is no such Elasticsearch
  const other: StartOptions = { distribution: 'elasticsearch-oss', version: '2.19.6' };
  const secured: SecuredStartOptions = { version: '3.4.0', security: {} };
  const full: SecuredStartOptions = { home: '/opt/opensearch', security: {} };
  // @ts-expect-error the security plugin was not published for that version
  const without: SecuredStartOptions = { version: '2.19.6', security: {} };
  // @ts-expect-error Elasticsearch OSS has no security
  const mixed: SecuredStartOptions = { distribution: 'elasticsearch-oss', version: '7.10.2', security: {} };
  expect([elasticsearch, other, secured, full, without, mixed]).toHaveLength(6);
});
