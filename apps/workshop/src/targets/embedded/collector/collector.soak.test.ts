import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { applyPlan, planFor } from '@podscope/index-manager';
import { expect, it } from 'vitest';
import { workshopIndexSetup } from '../../../indices/setup.ts';
import { AccessLogWriter } from './testing/accessLogWriter.ts';
import { CollectorProcess } from './testing/collectorProcess.ts';
import { FaultyProxy } from './testing/faultyProxy.ts';
import { countByUrl, runKillSeries, STREAM } from './testing/killSeries.ts';
import { randomFrom } from './testing/readingRig.ts';

it('loses and doubles nothing in 300,000 lines while OpenSearch is away for 20 s at a time', { timeout: 1_200_000 }, async () => {
  const seed = Number(process.env['PODSCOPE_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`collector kill seed ${seed}\n`);
  const random = randomFrom(seed);
  const root = mkdtempSync(join(tmpdir(), 'podscope-soak-'));
  const runDir = join(root, 'run');
  mkdirSync(runDir);
  let server = await startOpenSearch({ version: '2.19.6', dataDir: join(root, 'data') });
  const client = new Client({ node: server.url });
  await applyPlan(client, await planFor(client, workshopIndexSetup));
  const proxy = await FaultyProxy.start(server.port, STREAM);
  const collector = new CollectorProcess({ runDir, opensearchUrl: proxy.url, controlSocket: null, hostName: 'host' });
  const writer = new AccessLogWriter(runDir, 6, random);
  try {
    await collector.start();
    const report = await runKillSeries({
      client, proxy, collector, writer, random,
      lines: 300_000, linesPerSecond: 2000, collectorKills: 12, rollovers: 6, serverKills: 3,
      bounceServer: async () => {
        const { port, dataDir } = server;
        server.kill('SIGKILL');
        await server.exited;
        await sleep(20_000);
        server = await startOpenSearch({ version: '2.19.6', port, dataDir });
      },
    });
    process.stdout.write(`${report.done.join(', ')}\n`);
    const counts = await countByUrl(client);
    expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
    expect(counts.size).toBe(writer.lines);
    expect((await client.count({ index: STREAM })).body.count).toBe(writer.lines);
    expect(await collector.stop()).toBe(0);
  } finally {
    await collector.kill();
    await proxy.close();
    await client.close();
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  }
});
