import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { expect, it } from 'vitest';
import { type Kill, runKillSeries } from './fixtures/kill-series.ts';
import { differencesOf, randomFrom, Writer } from './fixtures/writer.ts';

const MOMENTS = [
  ['manager', 'copying', 1500], ['manager', 'copying', 1500], ['server', 'copying', 1500], ['manager', 'catching-up', 300], ['manager', 'catching-up', 1000],
  ['manager', 'blocking', 150], ['manager', 'blocking', 150], ['manager', 'verifying', 40], ['manager', 'verifying', 40],
] as const;

it('ends with exactly what was acknowledged, though managers and the server are killed at any point', { timeout: 400_000 }, async () => {
  const seed = Number(process.env['PODSCOPE_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`reindex kill seed ${seed}\n`);
  const random = randomFrom(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'podscope-reindex-'));
  let server = await startOpenSearch({ version: '2.19.6', dataDir });
  const client = new Client({ node: server.url });
  try {
    await client.indices.create({
      index: 'orders-1',
      body: { settings: { number_of_shards: 2, number_of_replicas: 0 }, mappings: { properties: { code: { type: 'keyword' } } }, aliases: { orders: {} } },
    } as Parameters<typeof client.indices.create>[0]);
    const writer = new Writer(client, 'orders', randomFrom(seed + 1));
    await writer.fill(100_000);
    writer.start(2000);
    const kills = MOMENTS.map(([who, state, most]): Kill => ({ who, state, afterMs: Math.floor(random() * most) }));
    const { made, result } = await runKillSeries({
      url: server.url,
      request: { source: 'orders', mappings: { properties: { code: { type: 'long' } } }, requestsPerSecond: 15_000 },
      kills,
      bounceServer: async () => {
        const { port } = server;
        server.kill('SIGKILL');
        await server.exited;
        server = await startOpenSearch({ version: '2.19.6', port, dataDir });
      },
    });
    await writer.stop();
    process.stdout.write(`${made.join(', ')}; ${writer.operations} operations, ${writer.repeated} repetitions, blocked ${Math.round(result[0]?.blockedMs ?? 0)} ms\n`);
    expect(made.length).toBeGreaterThanOrEqual(5);
    expect(made.filter((each) => each.startsWith('server'))).toHaveLength(1);
    expect(result).toMatchObject([{ source: 'orders-1', target: 'orders-1-r1', state: 'swapped' }]);
    expect(await differencesOf(client, 'orders', writer)).toEqual([]);
    const { body } = await client.indices.getMapping({ index: 'orders' });
    expect(body).toMatchObject({ 'orders-1-r1': { mappings: { properties: { code: { type: 'long' } } } } });
  } finally {
    await client.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
