import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../reindex/fixtures/writer.ts';
import { checkRaces, killSeries } from './fixtures/race-series.ts';

/** Repeats the choices of a series; the server's timing is its own. */
const seed = Number(process.env['PODSCOPE_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const ROUNDS = 5;

describe(`two managers at once, seed ${seed}`, () => {
  let server: StartedOpenSearch | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.6' });
    client = new Client({ node: server.url });
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  it('corrupt nothing, however they plan, apply, stall, break off and are cut off', async () => {
    const { runs, endings, takeovers } = await checkRaces(String(server?.url), client, { seed, runs: 12, steps: 20, milliseconds: 120_000 });
    process.stdout.write(`${runs} interleavings with seed ${seed}: ${takeovers} takeovers, applications ended ${JSON.stringify(endings)}\n`);
    expect(endings['done']).toBeGreaterThan(0);
  });

  it('corrupt nothing when they are killed, with clocks that are two hours apart', async () => {
    const { wrong, endings, takeovers } = await killSeries(String(server?.url), client, { random: randomFrom(seed), rounds: ROUNDS, owner: `killed-${seed}` });
    process.stdout.write(`${ROUNDS} rounds of processes with seed ${seed}: ${takeovers} takeovers, they ended ${JSON.stringify(endings)}\n`);
    expect(wrong).toEqual([]);
    expect(endings['done']).toBeGreaterThan(0);
  });
});
