import { homedir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { defineIndexSetup, estimateIndexSetup } from '@podscope/index-manager';
import { logDocuments } from '../../packages/index-manager/src/estimates/fixtures/log-documents.ts';

const DOCUMENTS = 500_000;
/** One document in so many is the sample. */
const SAMPLE = 20;
const BATCH = 5000;
const CODECS = ['default', 'best_compression'] as const;
const MAPPINGS = {
  properties: { '@timestamp': { type: 'date' }, message: { type: 'text' }, url: { type: 'keyword' }, status: { type: 'short' }, bytes: { type: 'long' }, agent: { type: 'keyword' }, pod: { type: 'keyword' } },
};

/** What access logs take on disk, and how near the estimate comes that knows a sample of them. */
export interface StorageFigures {
  readonly documents: number;
  /** Bytes of JSON. */
  readonly json: number;
  readonly codecs: readonly {
    readonly codec: (typeof CODECS)[number];
    /** Bytes on disk of all documents, as the server left its segments, and in one segment. */
    readonly stored: number;
    readonly merged: number;
    /** Bytes on disk for each byte of JSON, of all documents in one segment. */
    readonly ratio: number;
    /** What `estimateIndexSetup` says with the ratio of the sample, over what there is, both in one segment. */
    readonly predicted: number;
  }[];
}

interface Stored {
  readonly stored: number;
  readonly merged: number;
}

async function store(client: Client, index: string, codec: string, lines: readonly string[]): Promise<Stored> {
  await client.transport.request({ method: 'PUT', path: `/${index}`, body: { settings: { number_of_shards: 1, number_of_replicas: 0, codec }, mappings: MAPPINGS } });
  for (let first = 0; first < lines.length; first += BATCH) {
    const bulkBody = lines.slice(first, first + BATCH).flatMap((line) => ['{"index":{}}', line]);
    const { body } = await client.transport.request({ method: 'POST', path: `/${index}/_bulk?filter_path=errors`, bulkBody });
    if ((body as { readonly errors: boolean }).errors) throw new Error('The server refused documents of the measurement.');
  }
  const size = async (): Promise<number> => {
    await client.transport.request({ method: 'POST', path: `/${index}/_flush` });
    await client.transport.request({ method: 'POST', path: `/${index}/_refresh` });
    const { body } = await client.transport.request({ method: 'GET', path: `/${index}/_stats/store` });
    return (body as { readonly _all: { readonly primaries: { readonly store: { readonly size_in_bytes: number } } } })._all.primaries.store.size_in_bytes;
  };
  const stored = await size();
  await client.transport.request({ method: 'POST', path: `/${index}/_forcemerge?max_num_segments=1` }, { requestTimeout: 600_000 });
  return { stored, merged: await size() };
}

/** Stores the same documents under each codec, and a sample of them beside. */
export async function measureStorage(documents = DOCUMENTS): Promise<StorageFigures> {
  await using server = await startOpenSearch({ cacheDir: join(homedir(), '.cache', 'podscope', 'opensearch'), heap: '1g' });
  const client = new Client({ node: server.url });
  try {
    const lines = logDocuments(documents).map((document) => JSON.stringify(document));
    const bytesOf = (some: readonly string[]) => some.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    const json = bytesOf(lines);
    const sample = lines.filter((_, at) => at % SAMPLE === 0);
    const codecs = [];
    for (const codec of CODECS) {
      const few = await store(client, `bench-sample-${codec.replace('_', '-')}`, codec, sample);
      const { stored, merged } = await store(client, `bench-all-${codec.replace('_', '-')}`, codec, lines);
      const setup = defineIndexSetup({ indexTemplates: { bench: { index_patterns: ['bench-*'], template: { settings: { number_of_shards: 1, number_of_replicas: 0 } } } } });
      const input = { streams: { 'bench-all': { documentsPerDay: documents, bytesPerDay: json } }, storedRatio: few.merged / bytesOf(sample), horizonDays: 1 };
      codecs.push({ codec, stored, merged, ratio: merged / json, predicted: estimateIndexSetup(setup, input).bytes / merged });
    }
    return { documents, json, codecs };
  } finally {
    await client.close();
  }
}
