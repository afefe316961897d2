import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { applyPlan, planFor } from '@podscope/index-manager';
import { workshopIndexSetup } from '../../apps/workshop/src/indices/setup.ts';
import { Batch, DEFAULT_LIMITS } from '../../apps/workshop/src/targets/embedded/collector/batch.ts';
import { ContainerOrigin } from '../../apps/workshop/src/targets/embedded/collector/containerOrigin.ts';
import { CriFormat } from '../../apps/workshop/src/targets/embedded/collector/criFormat.ts';
import { Identities } from '../../apps/workshop/src/targets/embedded/collector/identity.ts';
import { parseContainerFile } from '../../apps/workshop/src/targets/embedded/collector/origin.ts';
import { Positions } from '../../apps/workshop/src/targets/embedded/collector/positions.ts';
import type { CollectorReply, CollectorRequest } from '../../apps/workshop/src/targets/embedded/collector/protocol.ts';
import { TailedFile } from '../../apps/workshop/src/targets/embedded/collector/tailedFile.ts';
import { WebRecords } from '../../apps/workshop/src/targets/embedded/collector/webRecords.ts';
import { writeAccessLog } from './ingestLines.ts';
import { median } from './podscope.ts';

const LINES = 300_000;
const WARM_UPS = 3;
const STREAM = 'apache-podscope';
const LOG_NAME = 'frontend-bench_guestbook_frontend-0a1b2c3d4e5f.log';
const PROCESS = new URL('../../apps/workshop/src/targets/embedded/collector/main.ts', import.meta.url);

/** Steady ingest of {@link LINES} access-log lines. */
export interface IngestFigures {
  readonly lines: number;
  /** Documents in a second through the collector, from the log file on: median. */
  readonly collector: number;
  /** Documents in a second through the official client's bulk helper, from ready-made JSON on: median. */
  readonly bulkHelper: number;
  /** Collector over bulk helper in the same round, so that what else the machine does weighs on both: median. */
  readonly ratio: number;
  /** Every measured run, documents in a second. */
  readonly runs: { readonly collector: readonly number[]; readonly bulkHelper: readonly number[] };
}

interface ReadyMade {
  readonly id: string;
  /** The document as JSON. */
  readonly source: string;
}

/** The collector's own documents and ids for a log file. */
function readyMade(path: string, home: string): ReadyMade[] {
  const file = parseContainerFile(LOG_NAME);
  if (file === undefined) throw new TypeError(`${LOG_NAME} is no container's log.`);
  const identities = new Identities(new Positions(join(home, 'positions')));
  const newFormat = () => new CriFormat(new WebRecords(new ContainerOrigin(file, path, undefined)));
  const tail = new TailedFile(path, true, `containers/${LOG_NAME}`, newFormat, identities, { rotatedMs: 1e9, abandonedMs: 1e9 });
  const batch = new Batch({ documents: Infinity, bytes: Infinity });
  tail.fill(batch);
  tail.close();
  return Array.from({ length: batch.count }, (_, index) => ({ id: batch.idAt(index), source: batch.sourceAt(index) }));
}

/** An empty data stream on a server that has nothing else to do. */
async function reset(client: Client): Promise<void> {
  await client.indices.deleteDataStream({ name: STREAM }, { ignore: [404] });
  await applyPlan(client, await planFor(client, workshopIndexSetup));
}

async function requireAll(client: Client): Promise<void> {
  await client.indices.refresh({ index: STREAM });
  const { body } = await client.count({ index: STREAM });
  if (body.count !== LINES) throw new Error(`${body.count} documents arrived of ${LINES}.`);
}

async function ask(child: ChildProcess, request: CollectorRequest, answer: CollectorReply['type']): Promise<void> {
  child.send(request);
  const [message] = (await once(child, 'message')) as [CollectorReply];
  if (message.type !== answer) throw new Error(`The collector answered ${JSON.stringify(message)}.`);
}

/** Seconds from the first look at the log until the last document and the positions are stored. */
async function runCollector(log: string, root: string, url: string): Promise<number> {
  const runDir = mkdtempSync(join(root, 'run-'));
  const containers = join(runDir, 'logs', 'containers');
  mkdirSync(containers, { recursive: true });
  linkSync(log, join(containers, LOG_NAME));
  const child = fork(PROCESS, [], { execArgv: ['--conditions=@podscope/source'] });
  try {
    await once(child, 'spawn');
    await ask(child, { type: 'stats' }, 'stats');
    const started = performance.now();
    await ask(child, { type: 'configure', runDir, opensearchUrl: url, controlSocket: null, hostName: 'bench' }, 'ready');
    await ask(child, { type: 'drain' }, 'drained');
    return (performance.now() - started) / 1000;
  } finally {
    if (child.exitCode === null) {
      child.disconnect();
      await once(child, 'exit');
    }
    rmSync(runDir, { recursive: true });
  }
}

/** The same documents with the same ids, batch size and requests under way. */
async function runBulkHelper(documents: readonly ReadyMade[], client: Client): Promise<number> {
  let next = 0;
  const sources = documents.map(({ source }) => source);
  const started = performance.now();
  const result = await client.helpers.bulk({
    datasource: sources,
    onDocument: () => ({ create: { _index: STREAM, _id: (documents[next++] as ReadyMade).id } }),
    flushBytes: DEFAULT_LIMITS.bytes,
    concurrency: 2,
  });
  if (result.successful !== LINES) throw new Error(`The bulk helper stored ${result.successful} of ${LINES}.`);
  return (performance.now() - started) / 1000;
}

/** Measures both sides in turn on one warmed-up server: three discarded runs of each, then `rounds`. */
export async function measureIngest(rounds = 5, progress: (line: string) => void = () => undefined): Promise<IngestFigures> {
  const root = mkdtempSync(join(tmpdir(), 'podscope-bench-ingest-'));
  try {
    const log = join(root, LOG_NAME);
    await writeAccessLog(log, LINES);
    const documents = readyMade(log, root);
    await using server = await startOpenSearch({ cacheDir: join(homedir(), '.cache', 'podscope', 'opensearch'), heap: '2g', profile: 'throughput' });
    const client = new Client({ node: server.url });
    const runs = { collector: [] as number[], bulkHelper: [] as number[] };
    for (let round = -WARM_UPS; round < rounds; round++) {
      for (const side of ['collector', 'bulkHelper'] as const) {
        await reset(client);
        const seconds = side === 'collector' ? await runCollector(log, root, server.url) : await runBulkHelper(documents, client);
        await requireAll(client);
        progress(`${round < 0 ? 'warm-up ' : ''}${side} ${Math.round(LINES / seconds)}/s`);
        if (round >= 0) runs[side].push(LINES / seconds);
      }
    }
    await client.close();
    const ratio = median(runs.collector.map((rate, round) => rate / Number(runs.bulkHelper[round])));
    return { lines: LINES, collector: median(runs.collector), bulkHelper: median(runs.bulkHelper), ratio, runs };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const figures = await measureIngest(5, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(
    process.argv.includes('--json')
      ? `${JSON.stringify(figures)}\n`
      : `collector ${Math.round(figures.collector)}/s, bulk helper ${Math.round(figures.bulkHelper)}/s, ratio ${figures.ratio.toFixed(2)}\n`,
  );
}
