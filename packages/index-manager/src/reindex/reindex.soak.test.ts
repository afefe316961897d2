import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { expect, it } from 'vitest';
import { type Kill, runKillSeries } from './fixtures/kill-series.ts';
import { differencesOf, randomFrom, Writer } from './fixtures/writer.ts';

/** Ten of the manager, three of the server, spread over every state. */
const MOMENTS = [
  ['manager', 'copying', 5000], ['server', 'copying', 3000], ['manager', 'copying', 5000], ['manager', 'copying', 5000],
  ['manager', 'catching-up', 3000], ['server', 'catching-up', 1000], ['manager', 'catching-up', 1000], ['manager', 'catching-up', 1000],
  ['manager', 'blocking', 100], ['server', 'blocking', 50], ['manager', 'blocking', 200], ['manager', 'blocking', 200], ['manager', 'verifying', 30],
] as const;

const DOCUMENTS = 500_000;
const RATE = 2000;

it('loses and doubles nothing of 500,000 documents under 2,000 writes a second, with ten managers and three servers killed', { timeout: 1_800_000 }, async () => {
  const seed = Number(process.env['PODSCOPE_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`reindex kill seed ${seed}\n`);
  const random = randomFrom(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'podscope-reindex-soak-'));
  let server = await startOpenSearch({ version: '2.19.6', dataDir, heap: '1g' });
  const client = new Client({ node: server.url });
  try {
    await client.indices.create({
      index: 'orders-1',
      body: { settings: { number_of_shards: 3, number_of_replicas: 0 }, mappings: { properties: { code: { type: 'keyword' } } }, aliases: { orders: {} } },
    } as Parameters<typeof client.indices.create>[0]);
    const writer = new Writer(client, 'orders', randomFrom(seed + 1));
    await writer.fill(DOCUMENTS);
    // As an index of that size has been: else a killed server reads every write again before it has a shard.
    await client.indices.flush({ index: 'orders' });
    const filled = writer.operations;
    const started = performance.now();
    writer.start(RATE);
    const kills = MOMENTS.map(([who, state, most]): Kill => ({ who, state, afterMs: Math.floor(random() * most) }));
    const { made, result } = await runKillSeries({
      url: server.url,
      request: { source: 'orders', mappings: { properties: { code: { type: 'long' } } }, requestsPerSecond: 20_000 },
      kills,
      bounceServer: async () => {
        const { port } = server;
        server.kill('SIGKILL');
        await server.exited;
        server = await startOpenSearch({ version: '2.19.6', port, dataDir, heap: '1g' });
      },
    });
    await writer.stop();
    const seconds = (performance.now() - started) / 1000;
    const differences = await differencesOf(client, 'orders', writer);
    const operations = writer.operations - filled;
    process.stdout.write(
      [
        `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, OpenSearch ${server.version}, seed ${seed}`,
        `${DOCUMENTS} documents, then ${operations} acknowledged creations, updates and deletions in ${Math.round(seconds)} s (${Math.round(operations / seconds)} a second of ${RATE} asked for)`,
        `${writer.repeated} requests repeated that were refused or got no answer; the last manager refused writes for ${Math.round(result[0]?.blockedMs ?? 0)} ms`,
        `${made.filter((each) => each.startsWith('manager')).length} managers and ${made.filter((each) => each.startsWith('server')).length} servers killed: ${made.join(', ')}`,
        `${writer.acknowledged.size} documents in the end, ${differences.length} of them different from what was acknowledged`,
        '',
      ].join('\n'),
    );
    expect(made).toHaveLength(MOMENTS.length);
    expect(differences).toEqual([]);
  } finally {
    await client.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
