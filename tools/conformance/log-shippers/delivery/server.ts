import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workshopIndexSetup } from '../../../../apps/workshop/src/indices/setup.ts';
import { freePort, startOpenSearch, type StartedOpenSearch } from '../../../../packages/embedded-opensearch/src/index.ts';

/** A document as it is stored. */
export interface Stored {
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
}

/** A real OpenSearch with the workshop's strict templates, which can be killed and started again on the same data and port. */
export interface DeliveryServer {
  readonly url: string;
  readonly version: string;
  /** How many documents there are in a data stream; undefined where it isn't there, or nobody answers. */
  count(name: string): Promise<number | undefined>;
  all(name: string): Promise<readonly Stored[]>;
  remove(name: string): Promise<void>;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

const PAGE = 200;

/** Starts it. */
export async function startDeliveryServer(signal: AbortSignal): Promise<DeliveryServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'podscope-delivery-'));
  const port = await freePort();
  const start = (): Promise<StartedOpenSearch> => startOpenSearch({ version: '2.19.6', port, dataDir, heap: '1g', signal });
  let server = await start();
  const { url } = server;
  await makeTemplates(url);
  return {
    url,
    version: server.version,
    async count(name) {
      await ask(url, 'POST', `/${name}/_refresh`).catch(() => undefined);
      const answer = await ask(url, 'GET', `/${name}/_count`).catch(() => undefined);
      return answer?.['count'] as number | undefined;
    },
    all: (name) => allOf(url, name),
    async remove(name) {
      await ask(url, 'DELETE', `/_data_stream/${name}`).catch(() => undefined);
    },
    async kill() {
      server.kill('SIGKILL');
      await server.exited;
      await server.stop();
    },
    async startAgain() {
      server = await start();
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The workshop's templates. Its streams are made by the first document, one for each pipeline. */
async function makeTemplates(url: string): Promise<void> {
  const { componentTemplates, ingestPipelines, indexTemplates } = workshopIndexSetup;
  for (const [name, body] of Object.entries(componentTemplates)) await ask(url, 'PUT', `/_component_template/${name}`, body);
  for (const [name, body] of Object.entries(ingestPipelines)) await ask(url, 'PUT', `/_ingest/pipeline/${name}`, body);
  for (const [name, body] of Object.entries(indexTemplates)) await ask(url, 'PUT', `/_index_template/${name}`, body);
}

async function ask(url: string, method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`OpenSearch answered ${method} ${path} with ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

interface Page {
  readonly _scroll_id: string;
  readonly hits: { readonly hits: readonly { readonly _id: string; readonly _source: Stored['source'] }[] };
}

async function allOf(url: string, name: string): Promise<readonly Stored[]> {
  const stored: Stored[] = [];
  let page = (await ask(url, 'POST', `/${name}/_search?scroll=1m`, { size: PAGE, sort: ['_doc'] })) as unknown as Page;
  while (page.hits.hits.length > 0) {
    stored.push(...page.hits.hits.map(({ _id, _source }) => ({ id: _id, source: _source })));
    page = (await ask(url, 'POST', '/_search/scroll', { scroll: '1m', scroll_id: page._scroll_id })) as unknown as Page;
  }
  await ask(url, 'DELETE', '/_search/scroll', { scroll_id: page._scroll_id });
  return stored;
}
