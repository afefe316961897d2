import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { expect, it } from 'vitest';
import { playDeaths } from './fixtures/scene.ts';

it('is resumed or undone after a death at each request, heard or unheard', { timeout: 3_600_000 }, async () => {
  const seed = Number(process.env['PODSCOPE_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`reindex death seed ${seed}\n`);
  await using server = await startOpenSearch({ version: '2.19.6' });
  const client = new Client({ node: server.url });
  try {
    const { played, wrong } = await playDeaths(client, seed, 1);
    process.stdout.write(`${played} managers died\n`);
    expect(wrong).toEqual([]);
  } finally {
    await client.close();
  }
});
