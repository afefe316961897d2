import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import type { AccessLogWriter } from './accessLogWriter.ts';
import type { CollectorProcess } from './collectorProcess.ts';
import type { FaultyProxy } from './faultyProxy.ts';

/** What a series of kills needs. */
export interface KillSeries {
  readonly client: Client;
  readonly proxy: FaultyProxy;
  readonly collector: CollectorProcess;
  readonly writer: AccessLogWriter;
  readonly random: () => number;
  readonly lines: number;
  readonly linesPerSecond: number;
  readonly collectorKills: number;
  readonly rollovers: number;
  readonly serverKills: number;
  /** Kills OpenSearch, and resolves when it answers again. */
  readonly bounceServer: () => Promise<void>;
}

type Kind = 'killCollector' | 'killServer' | 'rollOver';

/** What came out. */
export interface KillReport {
  /** In the order in which they were done: kind and documents applied at that moment. */
  readonly done: readonly string[];
}

export const STREAM = 'apache-podscope';

/** Writes lines while collector and server are killed at points of progress that follow from the seed. */
export async function runKillSeries(series: KillSeries): Promise<KillReport> {
  const { proxy, random, lines } = series;
  const kinds: Kind[] = [
    ...Array.from({ length: series.collectorKills }, (): Kind => 'killCollector'),
    ...Array.from({ length: series.serverKills }, (): Kind => 'killServer'),
    ...Array.from({ length: series.rollovers }, (): Kind => 'rollOver'),
  ];
  const plan = kinds
    .map((kind) => ({ kind, at: Math.floor((0.03 + random() * 0.8) * lines), early: random() < 0.4 }))
    .toSorted((a, b) => a.at - b.at);
  process.stdout.write(`kill plan: ${plan.map(({ kind, at, early }) => `${kind}@${at}${early ? ' unsent' : ''}`).join(', ')}\n`);
  const done: string[] = [];
  const progress = { planned: plan.length };
  const writing = write(series, progress);
  for (const { kind, at, early } of plan) {
    await proxy.untilApplied(at);
    await perform(series, kind, early);
    progress.planned--;
    done.push(`${kind}@${proxy.applied}`);
  }
  await writing;
  await series.collector.drain();
  return { done };
}

/** Writes at least the lines asked for, and on until all that was planned is done: each kill needs a request. */
async function write({ writer, lines, linesPerSecond, random }: KillSeries, progress: { planned: number }): Promise<void> {
  while (writer.lines < lines || progress.planned > 0) {
    const count = 1 + Math.floor(random() * 60);
    writer.write(count);
    await sleep((count / linesPerSecond) * 1000);
  }
}

/** Does it to the next bulk request: before OpenSearch has it, or when it is applied and not yet acknowledged. */
async function perform(series: KillSeries, kind: Kind, early: boolean): Promise<void> {
  const { proxy, collector, client } = series;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const act = async (): Promise<void> => {
    if (kind === 'rollOver') await client.indices.rollover({ alias: STREAM });
    else if (kind === 'killCollector') await collector.kill();
    else void series.bounceServer().then(resolve, reject);
    if (kind !== 'killServer') resolve();
  };
  const guarded = () => act().catch(reject);
  // A server is killed while the request is on its way to it.
  if (kind === 'killServer') proxy.arm({ before: () => void setTimeout(() => void guarded(), 5) });
  else if (early) proxy.arm({ before: () => guarded().then(() => 'drop' as const) });
  else proxy.arm({ applied: guarded });
  await promise;
  if (kind === 'killCollector') {
    // Also here: what was written before the kill may lie in an older backing index than what is written again.
    if (!early) await client.indices.rollover({ alias: STREAM });
    await collector.start();
  }
}

/** Every URL of the stream with the number of documents that have it. */
export async function countByUrl(client: Client): Promise<Map<string, number>> {
  await client.indices.refresh({ index: STREAM });
  const counts = new Map<string, number>();
  let after: Record<string, string> | undefined;
  do {
    const { body } = await client.search({
      index: STREAM,
      body: {
        size: 0,
        query: { term: { 'event.dataset': 'access' } },
        aggs: { urls: { composite: { size: 10_000, sources: [{ url: { terms: { field: 'url.path' } } }], ...(after === undefined ? {} : { after }) } } },
      },
    });
    const page = (body.aggregations as unknown as { urls: { after_key?: Record<string, string>; buckets: { key: { url: string }; doc_count: number }[] } }).urls;
    for (const { key, doc_count: count } of page.buckets) counts.set(key.url, count);
    after = page.after_key;
  } while (after !== undefined);
  return counts;
}
