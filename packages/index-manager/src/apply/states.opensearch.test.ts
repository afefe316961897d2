import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@opensearch-project/opensearch';
import { isPodscopeError } from '@podscope/core';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IndexSetup } from '../model.ts';
import { planIndexSetup } from '../plan/plan.ts';
import { createStore, STORE } from '../store/store.ts';
import { applyPlan, type ApplyOptions } from './apply.ts';
import { type Gateway, startGateway } from './fixtures/gateway.ts';

/** A number of pipelines, a legacy template, which carries no mark, and a stream below an index template. */
function setupOf(name: string, properties: Readonly<Record<string, { readonly type: string }>> = {}): IndexSetup {
  return defineIndexSetup({
    owner: name,
    ingestPipelines: Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`${name}-${at}`, { processors: [] }])),
    legacyTemplates: { [name]: { index_patterns: [`${name}-old-*`] } },
    indexTemplates: { [name]: { index_patterns: [`${name}-*`], data_stream: {}, template: { mappings: { properties } } } },
    dataStreams: [`${name}-a`],
  });
}

const json = (status: number, body: object): RequestListener => (_, out) => out.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const page = (status: number, text: string): RequestListener => (_, out) => out.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(`<html><body><h1>${text}</h1></body></html>`);

/** What comes between, or happens to the cluster, while a plan is applied: the server is a real one, and so are its blocks. */
describe('a cluster in a bad state', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'podscope-states-'));
  let server: StartedOpenSearch | undefined;
  let client: Client;
  let gateway: Gateway | undefined;
  let through: Client;
  /** Answers instead of the server, where there is one. */
  let instead: RequestListener | undefined;
  const between = createServer((incoming, outgoing) => instead?.(incoming, outgoing));

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.6', dataDir });
    client = new Client({ node: server.url });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const { port } = between.address() as AddressInfo;
    gateway = await startGateway(server.url, () => (instead === undefined ? undefined : `http://127.0.0.1:${port}`));
    await createStore(client);
    through = new Client({ node: gateway.url, requestTimeout: 2000, maxRetries: 0 });
  });

  afterEach(() => {
    instead = undefined;
  });

  afterAll(async () => {
    between.closeAllConnections();
    await new Promise((resolve) => between.close(resolve));
    await through?.close();
    await client?.close();
    await gateway?.stop();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const apply = async (setup: IndexSetup, options: ApplyOptions = {}) => applyPlan(client, await planIndexSetup(client, setup), options);
  const left = async (setup: IndexSetup): Promise<readonly string[]> =>
    (await planIndexSetup(client, setup)).changes.filter(({ action }) => action !== 'none').map(({ kind, action, name }) => `${action} ${kind} ${name}`);
  const failure = async (doing: Promise<unknown>) => {
    const error: unknown = await doing.then(() => undefined, (reason: unknown) => reason);
    if (!isPodscopeError(error)) throw new Error('it should have failed with an error of its own', { cause: error });
    return error;
  };
  const settings = async (index: string, body: Record<string, unknown>) => client.indices.putSettings({ index, expand_wildcards: 'all', body });

  it.each<readonly [what: string, answer: RequestListener, code: string, message: RegExp, lockTtl: number]>([
    ['a page of a proxy that finds no server', page(502, '502 Bad Gateway'), 'INDEX_CLUSTER_BLOCKED', /held back by the state of the cluster: status 502, "502 Bad Gateway"/u, 1000],
    ['a login page', page(200, 'Please sign in'), 'INDEX_APPLY_FAILED', /got an answer that no cluster gives: the answer is no JSON object but "Please sign in"/u, 1000],
    ['too much to do', json(429, { error: { type: 'rejected_execution_exception', reason: 'rejected execution of coordinating operation' }, status: 429 }), 'INDEX_CLUSTER_BLOCKED', /turned away by a cluster that has too much to do: rejected execution/u, 1000],
    ['a signature that has expired', json(403, { message: 'The security token included in the request is expired' }), 'INDEX_CREDENTIALS_REFUSED', /for its credentials: The security token included in the request is expired/u, 1000],
    // The lock must outlast the client's patience.
    ['an answer that never comes', () => undefined, 'INDEX_APPLY_FAILED', /got no answer/u, 4000],
  ])('is one clear error where the answer is %s, and the next plan goes on', async (what, answer, code, message, lockTtl) => {
    const setup = setupOf(what.replaceAll(' ', '-'));
    const options: ApplyOptions = {
      concurrency: 1,
      lockTtl,
      onProgress: ({ done }) => {
        if (done === 3) instead = answer;
      },
    };
    const error = await failure(applyPlan(through, await planIndexSetup(through, setup), options));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^After 3 of 8 changes, ingest-pipeline /u);
    expect(error.code).toBe(code);
    const planning = await failure(planIndexSetup(through, setup));
    expect(planning.code).toBe(code.replace('APPLY', 'OBSERVE'));
    instead = undefined;
    expect(await left(setup)).toHaveLength(5);
    await apply(setup);
    expect(await left(setup)).toEqual([]);
  });

  it('does not matter where it is red for somebody else', async () => {
    await client.indices.create({ index: 'lost', wait_for_active_shards: '0', body: { settings: { 'index.routing.allocation.require._name': 'nowhere' } } });
    expect((await client.cluster.health()).body.status).toBe('red');
    await apply(setupOf('red'));
    expect(await left(setupOf('red'))).toEqual([]);
    await client.indices.delete({ index: 'lost' });
  });

  it('keeps the lock from being taken where the disk is full, before anything is changed', async () => {
    await settings(STORE, { 'index.blocks.read_only_allow_delete': true });
    const setup = setupOf('full');
    const error = await failure(apply(setup));
    expect(error.code).toBe('INDEX_CLUSTER_BLOCKED');
    expect(error.message).toMatch(/^Taking the lock is held back .*flood-stage watermark/u);
    expect(await left(setup)).toHaveLength(8);
    await settings(STORE, { 'index.blocks.read_only_allow_delete': null });
    await apply(setup);
    expect(await left(setup)).toEqual([]);
  });

  it('keeps a blocked index from taking a mapping, which the next plan makes good', async () => {
    await apply(setupOf('blocked'));
    await settings('blocked-a', { 'index.blocks.read_only': true });
    const wider = setupOf('blocked', { later: { type: 'keyword' } });
    const error = await failure(apply(wider));
    expect(error.code).toBe('INDEX_CLUSTER_BLOCKED');
    expect(error.message).toMatch(/^After 1 of 2 changes, data-stream blocked-a is held back .*read-only/u);
    expect(await left(wider)).toEqual(['put-mapping data-stream blocked-a']);
    await settings('blocked-a', { 'index.blocks.read_only': null });
    await apply(wider);
    expect(await left(wider)).toEqual([]);
  });

  const restart = async (): Promise<void> => {
    const { port, exited } = server as StartedOpenSearch;
    await exited;
    server = await startOpenSearch({ version: '2.19.6', dataDir, port });
  };

  it('may lose its server to kill -9 in the middle', async () => {
    const setup = setupOf('killed');
    const error = await failure(
      apply(setup, {
        concurrency: 1,
        lockTtl: 1000,
        onProgress: ({ done }) => {
          if (done === 4) server?.kill('SIGKILL');
        },
      }),
    );
    expect(error.code).toBe('INDEX_APPLY_FAILED');
    expect(error.message).toMatch(/^After 4 of 8 changes, ingest-pipeline killed-4 got no answer/u);
    expect((await failure(planIndexSetup(client, setup))).code).toBe('INDEX_OBSERVE_FAILED');
    await restart();
    expect(await left(setup)).toEqual(['create ingest-pipeline killed-4', 'create legacy-template killed', 'create index-template killed', 'create data-stream killed-a']);
    await apply(setup);
    expect(await left(setup)).toEqual([]);
  });

  it('may lose its ledger: that is said, and what carries a mark or is as it should be is known without it', async () => {
    const setup = setupOf('red');
    const { body } = await client.indices.getSettings({ index: STORE, flat_settings: true });
    const uuid = (body as unknown as Record<string, { readonly settings: Readonly<Record<string, string>> }>)[STORE]?.settings['index.uuid'] ?? 'unknown';
    server?.kill('SIGKILL');
    await server?.exited;
    const shard = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(join('indices', uuid)));
    rmSync(join(dataDir, shard ?? 'the index has no folder'), { recursive: true });
    await restart();
    const error = await failure(planIndexSetup(client, setup));
    expect(error.code).toBe('INDEX_CLUSTER_BLOCKED');
    expect(error.message).toMatch(/^Reading the ledger of what is owned is held back by the state of the cluster: /u);
    await client.indices.delete({ index: STORE });
    expect(await left(setup)).toEqual([]);
    const wider = setupOf('red', { later: { type: 'keyword' } });
    await apply(wider);
    expect(await left(wider)).toEqual([]);
  });
});
