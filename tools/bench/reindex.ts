import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { rollbackReindex, runReindex } from '@podscope/index-manager';
import { median } from './podscope.ts';

const DOCUMENTS = 1_000_000;
const ROUNDS = 3;
const BATCH = 5000;
const POLL_MS = 100;
const SOURCE = 'bench-source';
const SETTINGS = { number_of_shards: 1, number_of_replicas: 0 };
const BEFORE = { properties: { code: { type: 'keyword' }, message: { type: 'text' }, n: { type: 'long' } } };
const AFTER = { properties: { code: { type: 'long' }, message: { type: 'text' }, n: { type: 'long' } } };

/** Reindexing of small documents into a changed type. */
export interface ReindexFigures {
  readonly documents: number;
  /** Documents a second of the whole of our reindex: until readers and writers are on the new index. Median. */
  readonly reindex: number;
  /** Documents a second of the server's own `_reindex` with its defaults, and the refresh after it. Median. */
  readonly plain: number;
  /** Ours over the server's in the same round: median. */
  readonly ratio: number;
  /** Every round, documents a second. */
  readonly runs: { readonly reindex: readonly number[]; readonly plain: readonly number[] };
}

async function fill(client: Client, documents: number): Promise<void> {
  await client.transport.request({ method: 'PUT', path: `/${SOURCE}`, body: { settings: { ...SETTINGS, refresh_interval: '-1' }, mappings: BEFORE, aliases: { bench: {} } } });
  for (let first = 0; first < documents; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, documents - first) }, (_, at) => first + at);
    const bulkBody = numbers.flatMap((n): Record<string, unknown>[] => [{ index: { _id: `document-${n}` } }, { code: String((n * 7919) % 600), message: `GET /guestbook?entry=${n} took ${n % 97} ms`, n }]);
    const { body } = await client.transport.request({ method: 'POST', path: `/${SOURCE}/_bulk?filter_path=errors`, bulkBody });
    if ((body as { readonly errors: boolean }).errors) throw new Error('The server refused documents of the measurement.');
  }
  // One segment: both sides read the same, and no merge of the source's goes on while they are measured.
  await client.transport.request({ method: 'POST', path: `/${SOURCE}/_forcemerge?max_num_segments=1` }, { requestTimeout: 600_000 });
  await client.transport.request({ method: 'PUT', path: `/${SOURCE}/_settings`, body: { 'index.refresh_interval': null } });
  await client.transport.request({ method: 'POST', path: `/${SOURCE}/_refresh` });
}

async function requireAll(client: Client, index: string, documents: number): Promise<void> {
  const { body } = await client.count({ index });
  if (body.count !== documents) throw new Error(`${index} has ${body.count} documents of ${documents}.`);
}

/** Seconds of the server's own copy. */
async function runPlain(client: Client, documents: number): Promise<number> {
  await client.transport.request({ method: 'PUT', path: '/bench-plain', body: { settings: SETTINGS, mappings: AFTER } });
  const started = performance.now();
  const { body } = await client.transport.request({ method: 'POST', path: '/_reindex?wait_for_completion=false', body: { source: { index: SOURCE }, dest: { index: 'bench-plain' } } });
  const { task } = body as { readonly task: string };
  for (;;) {
    const answer = await client.transport.request({ method: 'GET', path: `/_tasks/${encodeURIComponent(task)}` });
    if ((answer.body as { readonly completed: boolean }).completed) break;
    await sleep(POLL_MS);
  }
  await client.indices.refresh({ index: 'bench-plain' });
  const seconds = (performance.now() - started) / 1000;
  await requireAll(client, 'bench-plain', documents);
  await client.indices.delete({ index: 'bench-plain' });
  return seconds;
}

/** Seconds of our whole reindex; the old index is given back its alias and its writers for the next round. */
async function runOurs(client: Client, documents: number, round: number): Promise<number> {
  const target = `bench-ours-${round}`;
  const started = performance.now();
  await runReindex(client, { source: SOURCE, target, mappings: AFTER });
  const seconds = (performance.now() - started) / 1000;
  await requireAll(client, 'bench', documents);
  await rollbackReindex(client, SOURCE);
  return seconds;
}

/** Measures both sides in turn on one server, after a discarded round of each. */
export async function measureReindex(documents = DOCUMENTS, rounds = ROUNDS, progress: (line: string) => void = () => undefined): Promise<ReindexFigures> {
  // The breaker takes what the collector has not yet taken away for used, and would refuse requests of either side by chance.
  const settings = { 'indices.breaker.total.use_real_memory': false };
  await using server = await startOpenSearch({ cacheDir: join(homedir(), '.cache', 'podscope', 'opensearch'), heap: '2g', profile: 'throughput', settings });
  const client = new Client({ node: server.url });
  try {
    await fill(client, documents);
    const runs = { reindex: [] as number[], plain: [] as number[] };
    for (let round = -1; round < rounds; round += 1) {
      // Who goes first finds the caches of the round before: in turn.
      const order = round % 2 === 0 ? (['plain', 'reindex'] as const) : (['reindex', 'plain'] as const);
      for (const side of order) {
        const seconds = side === 'plain' ? await runPlain(client, documents) : await runOurs(client, documents, round + 1);
        progress(`${round < 0 ? 'warm-up ' : ''}${side} ${Math.round(documents / seconds)}/s`);
        if (round >= 0) runs[side].push(documents / seconds);
      }
    }
    const ratio = median(runs.reindex.map((rate, round) => rate / Number(runs.plain[round])));
    return { documents, reindex: median(runs.reindex), plain: median(runs.plain), ratio, runs };
  } finally {
    await client.close();
  }
}

if (import.meta.main) {
  const asked = process.argv.find((arg) => /^--documents=\d+$/u.test(arg));
  const figures = await measureReindex(asked === undefined ? DOCUMENTS : Number(asked.split('=')[1]), ROUNDS, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify(figures)}\n`
      : `reindex ${Math.round(figures.reindex)}/s, the server's own ${Math.round(figures.plain)}/s, ratio ${figures.ratio.toFixed(2)}\n`,
  );
}
