import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { expect, it } from 'vitest';
import { differencesOf, randomFrom, Writer } from './fixtures/writer.ts';
import { releaseReindex, runReindex } from './reindex.ts';

const RUNS = 3;

/** Not a figure that is asserted: it is printed, for the README. */
it.each([100_000, 400_000])('says how long writes to %i documents are refused under 2,000 writes a second', { timeout: 900_000 }, async (documents) => {
  await using server = await startOpenSearch({ version: '2.19.6', heap: '1g' });
  const client = new Client({ node: server.url });
  try {
    const settings = { number_of_shards: 2, number_of_replicas: 0 };
    await client.transport.request({ method: 'PUT', path: '/orders-1', body: { settings, mappings: { properties: { code: { type: 'keyword' } } }, aliases: { orders: {} } } });
    const writer = new Writer(client, 'orders', randomFrom(documents));
    await writer.fill(documents);
    writer.start(2000);
    const blocked: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { indices } = await runReindex(client, { source: 'orders' });
      blocked.push(Math.round(indices[0]?.blockedMs ?? 0));
      await releaseReindex(client, 'orders');
    }
    await writer.stop();
    process.stdout.write(`${documents} documents, ${writer.operations - documents} writes meanwhile: refused for ${blocked.join(', ')} ms\n`);
    expect(await differencesOf(client, 'orders', writer)).toEqual([]);
  } finally {
    await client.close();
  }
});
