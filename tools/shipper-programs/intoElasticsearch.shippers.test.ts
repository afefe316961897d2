import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { apacheFields, filebeatFields } from '../../packages/core/src/catalogues.ts';
import { mappingOf } from '../../packages/core/src/index.ts';
import { freePort, startOpenSearch, type StartedOpenSearch } from '../../packages/embedded-opensearch/src/index.ts';
import { filebeatConfig, filebeatFiles } from '../../packages/log-shippers/src/beats/index.ts';
import { apacheLogs, containerLogs, noAuth, openSearch } from '../../packages/log-shippers/src/index.ts';
import { ensureProgram } from './programs.ts';
import { type RunningProgram, startProgram, until, writeConfig } from './runProgram.ts';

let server: StartedOpenSearch;
let folder: string;
let running: RunningProgram | undefined;
beforeAll(async () => {
  server = await startOpenSearch({ distribution: 'elasticsearch-oss', cacheDir: join(homedir(), '.cache/podscope/opensearch'), sources: ['cache', 'maven'] });
});
afterAll(() => server?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-into-'));
  await mkdir(join(folder, 'containers'));
});
afterEach(async () => {
  await running?.stop('SIGKILL');
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${server.url}${path}`, { method, headers: { 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}

const ID = 'e'.repeat(64);
const cri = (at: number, text: string): string => `2026-11-30T15:00:00.${String(100_000_000 + at)}Z stdout F ${text}\n`;
const destination = () => openSearch({ engine: 'elasticsearch@7.10', endpoint: server.url, auth: noAuth });

async function start(version: '7.12.1' | '7.17.0', state: string): Promise<void> {
  const sources = [containerLogs({ directory: join(folder, 'containers'), metadata: 'file-name' }), apacheLogs({ directory: join(folder, 'containers'), metadata: 'file-name', pods: ['frontend-*'] })];
  const config = filebeatConfig({ version: '7.12', sources, destination: destination(), stateDirectory: join(folder, state), monitoring: { host: '127.0.0.1', port: await freePort() } });
  running = startProgram(await ensureProgram('filebeat', version), await writeConfig(filebeatFiles(config), join(folder, 'config')), { NODE_NAME: 'node-1' });
}

const counted = async (index: string): Promise<number> => {
  await ask('POST', `/${index}/_refresh`);
  return Number((await ask('GET', `/${index}/_count`))['count'] ?? -1);
};

it('fills strict indices from Filebeat 7.12, each line once, though it is read twice', async () => {
  for (const [family, fields] of [['filebeat', filebeatFields], ['apache', apacheFields]] as const) {
    // flat_object came with OpenSearch; neither family has one.
    expect(await ask('PUT', `/_index_template/${family}`, { index_patterns: [`${family}-*`], template: { mappings: mappingOf(fields) } })).toMatchObject({ acknowledged: true });
  }
  await writeFile(join(folder, 'containers', `redis-0_guestbook_redis-server-${ID}.log`), Array.from({ length: 3000 }, (_, at) => cri(at, at < 100 ? 'the same' : `line ${at}`)).join(''));
  await writeFile(join(folder, 'containers', `frontend-7c9f8d6b5c-b2x4z_guestbook_php-redis-${ID}.log`), Array.from({ length: 1000 }, (_, at) => cri(at, `10.0.0.1 - - [30/Nov/2026:15:00:00 +0000] "GET /${at} HTTP/1.1" 200 5 "-" "curl" ${at}`)).join(''));
  await start('7.12.1', 'state');
  await until(async () => ((await counted('filebeat-podscope')) >= 3000 && (await counted('apache-podscope')) >= 1000 ? true : undefined));
  await running?.stop('SIGKILL');
  await start('7.12.1', 'other-state');
  // Read again from the start: the server answers 409, which Filebeat takes for delivered.
  await until(async () => (/"duplicates":(?:[1-9])/.test(running?.said() ?? '') || (await isReadAgain()) ? true : undefined));
  await running?.stop();
  expect([await counted('filebeat-podscope'), await counted('apache-podscope')]).toEqual([3000, 1000]);
  const { hits } = (await ask('GET', '/apache-podscope/_search?size=1&q=url.path:"/7"')) as { readonly hits: { readonly hits: readonly { readonly _source: unknown }[] } };
  expect(hits.hits[0]?._source).toMatchObject({ kubernetes: { pod: { name: 'frontend-7c9f8d6b5c-b2x4z' }, deployment: { name: 'frontend' } }, event: { dataset: 'access', duration_us: 7 }, http: { response: { status_code: 200 } } });
});

/** By the attempts that the indices counted: two for each line. */
async function isReadAgain(): Promise<boolean> {
  const stats = (await ask('GET', '/filebeat-podscope,apache-podscope/_stats/indexing')) as { readonly _all: { readonly primaries: { readonly indexing: { readonly index_failed: number; readonly index_total: number } } } };
  return stats._all.primaries.indexing.index_failed >= 4000;
}

it('gets nothing from Filebeat 7.17, which asks for a licence first', async () => {
  await writeFile(join(folder, 'containers', `redis-0_guestbook_other-${ID}.log`), cri(0, 'from 7.17'));
  await start('7.17.0', 'state');
  const why = await until(async () => /could not connect to a compatible version of Elasticsearch/.exec(running?.said() ?? '')?.[0]);
  await running?.stop();
  expect(why).toBeDefined();
  expect(await ask('GET', '/filebeat-podscope/_search?q=message:7.17')).toMatchObject({ hits: { total: { value: 0 } } });
});
