import { mappingOf } from '@podscope/core';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import type { SavedObject } from '@podscope/saved-objects';
import { resolve } from 'node:path';
import { build } from 'vite';
import { workshopObjects } from '../../workshop/src/dashboards/index.ts';
import { apacheFields, filebeatFields, kubernetesFields, metricbeatFields, redisFields } from '@podscope/core/catalogues';
import { type ConsoleSavedObject, createConsoleServer } from '../src/server/index.ts';
import { seedDocuments } from './documents.ts';
import { smallCluster, type SmallCluster } from './smallCluster.ts';

const HERE = resolve(import.meta.dirname, '..');
const INDICES = { apache: apacheFields, filebeat: filebeatFields, kubernetes: kubernetesFields, metricbeat: metricbeatFields, redis: redisFields };

/** The built page behind its real server, in front of a real OpenSearch with twenty minutes of documents. */
export interface RunningConsole extends AsyncDisposable {
  readonly url: string;
  readonly opensearchUrl: string;
  readonly cluster: SmallCluster;
  readonly savedObjects: readonly ConsoleSavedObject[];
  /** Ends OpenSearch and leaves the console's server alone with it. */
  stopOpenSearch(): Promise<void>;
}

/** Builds the page, starts both servers and writes the documents. */
export async function runConsole(options: { readonly port?: number } = {}): Promise<RunningConsole> {
  await build({ root: HERE, configFile: resolve(HERE, 'vite.config.ts'), logLevel: 'warn' });
  const opensearch = await startOpenSearch();
  try {
    const cluster = smallCluster();
    await fill(opensearch.url, cluster.webPods);
    const objects: ConsoleSavedObject[] = [...(workshopObjects as readonly SavedObject[])];
    const server = await createConsoleServer({
      ...(options.port === undefined ? {} : { port: options.port }),
      assetsDir: resolve(HERE, 'dist'),
      opensearchUrl: opensearch.url,
      savedObjects: () => objects,
      saveObject: async (object) => {
        objects.push(object);
      },
      control: cluster.control,
    });
    return {
      url: server.url,
      opensearchUrl: opensearch.url,
      cluster,
      savedObjects: objects,
      stopOpenSearch: async () => opensearch[Symbol.asyncDispose](),
      async [Symbol.asyncDispose]() {
        await server.close();
        await opensearch[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await opensearch[Symbol.asyncDispose]();
    throw error;
  }
}

/** Makes the indices with the workshop's mappings and writes the documents. */
export async function fill(url: string, webPods: readonly string[]): Promise<void> {
  for (const [name, fields] of Object.entries(INDICES)) {
    await send(`${url}/${name}-seed`, 'PUT', { settings: { number_of_shards: 1, number_of_replicas: 0 }, mappings: mappingOf(fields) });
  }
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    const body = `${lines.join('\n')}\n`;
    lines = [];
    const answer = await send(`${url}/_bulk?refresh=true`, 'POST', body);
    if (answer['errors'] === false) return;
    const items = answer['items'] as readonly { readonly create: { readonly error?: unknown } }[];
    throw new Error(`A document was refused: ${JSON.stringify(items.find(({ create }) => create.error)?.create)}`);
  };
  for (const { index, document } of seedDocuments(Date.now(), webPods)) {
    lines.push(JSON.stringify({ create: { _index: `${index}-seed` } }), JSON.stringify(document));
    if (lines.length >= 4_000) await flush();
  }
  if (lines.length > 0) await flush();
}

async function send(url: string, method: string, body: unknown): Promise<Record<string, unknown>> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, body: text, headers: { 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' } });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${(await response.text()).slice(0, 400)}`);
  return (await response.json()) as Record<string, unknown>;
}
