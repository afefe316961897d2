import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { send } from '../client.ts';
import { lossyClient } from './fixtures/failing-client.ts';
import { playDeaths, stateOf } from './fixtures/scene.ts';
import { differencesOf, randomFrom, Writer } from './fixtures/writer.ts';
import { rollbackReindex, runReindex } from './reindex.ts';

let server: StartedOpenSearch;
let client: Client;
const seed = Number(process.env['PODSCOPE_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** The soak test has each death. */
const EVERY = 40;

beforeAll(async () => {
  process.stdout.write(`reindex fault seed ${seed}\n`);
  server = await startOpenSearch({ version: '2.19.6' });
  client = new Client({ node: server.url });
});

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

it('is resumed or undone after a death at any request, heard or unheard', { timeout: 300_000 }, async () => {
  const { played, wrong } = await playDeaths(client, seed, EVERY);
  process.stdout.write(`${played} deaths\n`);
  expect(wrong).toEqual([]);
});

it('loses nothing to a network that cuts one request in ten, before or after the server has done its work', { timeout: 300_000 }, async () => {
  for (const [kind, aliases] of [['cut-name', {}], ['cut-alias-1', { 'cut-alias': {}, 'cut-more': {} }]] as const) {
    const name = kind.replace(/-1$/u, '');
    await send(client, { method: 'PUT', path: `/${kind}`, body: { settings: { number_of_shards: 2, number_of_replicas: 0 }, mappings: { properties: { code: { type: 'keyword' } } }, aliases } });
    const writer = new Writer(client, name, randomFrom(seed));
    await writer.fill(200);
    const before = await stateOf(client, `${name}*`);
    writer.start(100);
    const lossy = lossyClient(client, randomFrom(seed + 1), 0.1);
    await runReindex(lossy, { source: name, mappings: { properties: { code: { type: 'long' } } } });
    await rollbackReindex(lossy, name);
    await writer.stop();
    expect(await differencesOf(client, name, writer)).toEqual([]);
    if (name !== kind) expect(await stateOf(client, `${name}*`)).toEqual(before);
  }
});
