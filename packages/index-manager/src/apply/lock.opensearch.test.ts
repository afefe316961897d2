import { Client } from '@opensearch-project/opensearch';
import { isPodscopeError } from '@podscope/core';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IndexSetup, JsonObject } from '../model.ts';
import { planIndexSetup } from '../plan/plan.ts';
import { createStore, readDocument, writeDocument } from '../store/store.ts';
import { applyPlan, type ApplyOptions } from './apply.ts';
import { type Gateway, type GatewayMode, startGateway } from './fixtures/gateway.ts';
import { readHistory } from './history.ts';
import { acquireLock, type LockHolder } from './lock.ts';

/** A number of pipelines, a legacy template, which carries no mark, and an index template. */
function setupOf(name: string, count = 1): IndexSetup {
  return defineIndexSetup({
    owner: name,
    ingestPipelines: Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}-${at}`, { processors: [] }])),
    legacyTemplates: { [name]: { index_patterns: [`${name}-old-*`] } },
    indexTemplates: { [name]: { index_patterns: [`${name}-*`] } },
  });
}

describe('applications beside each other, and those that break off', () => {
  let server: StartedOpenSearch | undefined;
  let client: Client;
  let gateway: Gateway | undefined;
  let through: Client;

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.6' });
    client = new Client({ node: server.url });
    gateway = await startGateway(server.url);
    through = new Client({ node: gateway.url, maxRetries: 0 });
    await createStore(client);
  });

  afterEach(() => {
    if (gateway !== undefined) gateway.mode = 'pass';
  });

  afterAll(async () => {
    await through?.close();
    await client?.close();
    await gateway?.stop();
    await server?.stop();
  });

  const apply = async (setup: IndexSetup, options: ApplyOptions = {}) => applyPlan(client, await planIndexSetup(client, setup), options);
  const left = async (setup: IndexSetup): Promise<readonly string[]> =>
    (await planIndexSetup(client, setup)).changes.filter(({ action }) => action !== 'none').map(({ kind, action, name }) => `${action} ${kind} ${name}`);
  const failure = async (doing: Promise<unknown>) => {
    const error: unknown = await doing.then(() => undefined, (reason: unknown) => reason);
    if (!isPodscopeError(error)) throw new Error('it should have failed with an error of its own', { cause: error });
    return error;
  };
  const lockContent = async () => (await readDocument(client, 'lock'))?.content;
  const writeLock = async (content: JsonObject) => expect(await writeDocument(client, 'lock', 'lock', content, await readDocument(client, 'lock'))).toBeDefined();

  it('says who holds the lock, or waits until it is given back', async () => {
    const held = await acquireLock(client, { who: 'ann@desk' });
    const error = await failure(apply(setupOf('second'), { lockWait: 0 }));
    expect(error.code).toBe('INDEX_LOCKED');
    expect(error.message).toContain('ann@desk');
    expect(await left(setupOf('second'))).toHaveLength(3);
    const waited: LockHolder[] = [];
    const applying = apply(setupOf('second'), { onWait: (holder) => waited.push(holder) });
    while (waited.length === 0) await sleep(10);
    expect(waited).toMatchObject([{ who: 'ann@desk' }]);
    await held.release();
    expect(await applying).toHaveLength(3);
    expect(waited).toHaveLength(1);
  });

  it('lets one after the other through, each whole', async () => {
    const names = ['many-a', 'many-b', 'many-c', 'many-d'];
    const order: string[] = [];
    const all = await Promise.all(
      names.map(async (name) => apply(setupOf(name, 5), { who: name, onProgress: () => order.push(name) })),
    );
    expect(all.map(({ length }) => length)).toEqual([7, 7, 7, 7]);
    // No change of one between two of another.
    expect(order.filter((name, at) => name !== order[at - 1])).toHaveLength(names.length);
    for (const name of names) expect(await left(setupOf(name, 5))).toEqual([]);
    expect(await lockContent()).toEqual({ token: null });
  });

  it.each([
    ['whose time is over', -60_000],
    ['that nobody renews, although a wrong clock says that it holds for an hour', 3_600_000],
  ])('takes over a lock %s', async (_, ahead) => {
    await writeLock({ token: 'dead', who: 'killed', since: 'x', expires: new Date(Date.now() + ahead).toISOString(), ttl: 500 });
    await using held = await acquireLock(client, { who: 'heir' });
    expect(await lockContent()).toMatchObject({ who: 'heir' });
    held.ensureHeld();
  });

  it.each([
    ['behind', 0],
    ['ahead', Date.now() + 7_200_000],
  ])('does not take a lock that is renewed before its time is over, by a holder whose clock is hours %s', async (_, expires) => {
    const content = { token: 'alive', who: 'skewed', since: 'x', expires: new Date(expires).toISOString(), ttl: 2000 };
    await writeLock(content);
    let taken = false;
    const taking = acquireLock(client, { who: 'heir' }).then((lock) => {
      taken = true;
      return lock;
    });
    for (let beat = 0; beat < 3; beat += 1) {
      await sleep(1300);
      expect(taken).toBe(false);
      await writeLock(content);
    }
    await (await taking).release();
  });

  it('says that somebody alive holds the lock, although by our clock his time is over', async () => {
    const content = { token: 'alive', who: 'behind', since: 'x', expires: new Date(0).toISOString(), ttl: 5000 };
    await writeLock(content);
    let renewing = true;
    const renewals = (async () => {
      for (; renewing; await sleep(200)) await writeLock(content);
    })();
    const error = await failure(acquireLock(client, { wait: 0 }));
    renewing = false;
    await renewals;
    expect(error.code).toBe('INDEX_LOCKED');
    expect(error.message).toContain('behind');
    await writeLock({ token: null });
  });

  it('goes on holding a lock although the answers to its renewals were lost, and knows a claim whose answer was', async () => {
    const revision = async () => (await readDocument(client, 'lock'))?.seqNo ?? -1;
    const renewed = async (): Promise<void> => {
      const before = await revision();
      await expect.poll(revision, { timeout: 20_000 }).toBeGreaterThan(before);
    };
    if (gateway === undefined) throw new Error('no gateway');
    const held = await acquireLock(through, { who: 'unheard', ttl: 10_000 });
    gateway.mode = 'lose-answers';
    await renewed();
    gateway.mode = 'pass';
    await renewed();
    await renewed();
    held.ensureHeld();
    await held.release();
    gateway.mode = 'lose-answers';
    await failure(apply(setupOf('unheard'), {}).then(async () => applyPlan(through, await planIndexSetup(client, setupOf('unheard-too')))));
    gateway.mode = 'pass';
    expect(await lockContent()).toEqual({ token: null });
  });

  it('sends nothing more once the lock is lost, not even what was under way', async () => {
    const setup = setupOf('stalled', 6);
    const impatient = new Client({ node: String(gateway?.url), maxRetries: 0, requestTimeout: 3000 });
    const stalled = failure(
      applyPlan(impatient, await planIndexSetup(impatient, setup), {
        concurrency: 1,
        lockTtl: 1000,
        onProgress: ({ done }) => {
          if (done === 2 && gateway !== undefined) gateway.mode = 'stall';
        },
      }),
    );
    expect((await stalled).code).toBe('INDEX_LOCK_LOST');
    await apply(setupOf('other'));
    if (gateway !== undefined) gateway.mode = 'pass';
    expect(await left(setupOf('other'))).toEqual([]);
    expect(await left(setup)).toHaveLength(6);
    await apply(setup);
    expect(await left(setup)).toEqual([]);
    await impatient.close();
  });

  it('keeps a lock for longer than its time by renewing it, and notices when it was taken', async () => {
    const held = await acquireLock(client, { who: 'long', ttl: 600 });
    await sleep(1500);
    held.ensureHeld();
    await writeLock({ token: 'thief', who: 'thief', since: 'x', expires: new Date(0).toISOString(), ttl: 100 });
    await expect.poll(() => failure((async () => held.ensureHeld())()).then(({ code }) => code, () => 'held')).toBe('INDEX_LOCK_LOST');
    await held.release();
    expect(await lockContent()).toMatchObject({ who: 'thief' });
  });

  it('stops on a signal, gives the lock back, and goes on with the next plan', async () => {
    const setup = setupOf('broken-off', 6);
    const controller = new AbortController();
    const error = await failure(
      apply(setup, { concurrency: 1, signal: controller.signal, onProgress: ({ done }) => done === 2 && controller.abort() }),
    );
    expect(error.code).toBe('INDEX_INTERRUPTED');
    expect(error.details).toHaveLength(2);
    expect(await lockContent()).toEqual({ token: null });
    expect(await left(setup)).toHaveLength(6);
    await client.indices.refresh({ index: 'podscope-index-manager' });
    expect(await readHistory(client, { size: 1 })).toMatchObject([{ outcome: 'interrupted', changes: [{}, {}] }]);
    await apply(setup);
    expect(await left(setup)).toEqual([]);
  });

  it('does not wait for the lock after a signal', async () => {
    await using held = await acquireLock(client, { who: 'ann@desk' });
    const controller = new AbortController();
    const error = await failure(apply(setupOf('waiting'), { signal: controller.signal, onWait: () => controller.abort() }));
    expect(error.code).toBe('INDEX_INTERRUPTED');
    held.ensureHeld();
  });

  it.each<readonly [GatewayMode, string, RegExp]>([
    ['cut', 'INDEX_APPLY_FAILED', /After 3 of 12 changes, ingest-pipeline .* got no answer/u],
    ['lose-answers', 'INDEX_APPLY_FAILED', /got no answer/u],
    ['expired', 'INDEX_CREDENTIALS_REFUSED', /was refused for its credentials/u],
    ['forbidden', 'INDEX_FORBIDDEN', /index-template forbidden is not allowed to this user: no permissions for \[indices:admin\/index_template\/put\]/u],
  ])('says that the network, the credentials or a permission is gone (%s), and goes on with the next plan', async (mode, code, message) => {
    const setup = setupOf(mode, 10);
    const error = await failure(
      applyPlan(through, await planIndexSetup(through, setup), {
        concurrency: 1,
        lockTtl: 500,
        onProgress: ({ done }) => {
          if (done === 3 && gateway !== undefined) gateway.mode = mode;
        },
      }),
    );
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint).toContain('plan again');
    if (gateway !== undefined) gateway.mode = 'pass';
    // What was made without a word of it coming back is still ours, with or without a mark of its own.
    const rest = await left(setup);
    expect(rest.length).toBeGreaterThan(0);
    await apply(setup);
    expect(await left(setup)).toEqual([]);
  });

  it('knows what was made before it was killed', async () => {
    const setup = setupOf('killed');
    const dying = applyPlan(through, await planIndexSetup(through, setup), {
      concurrency: 1,
      lockTtl: 500,
      onProgress: ({ change }) => {
        // From here on nothing arrives any more, as after kill -9: no ledger, no history, no lock given back.
        if (change.kind === 'legacy-template' && gateway !== undefined) gateway.mode = 'cut';
      },
    });
    expect((await failure(dying)).code).toBe('INDEX_APPLY_FAILED');
    expect(await lockContent()).toMatchObject({ token: expect.any(String) as unknown });
    expect(await left(setup)).toEqual(['create index-template killed']);
    await apply(setup);
    expect(await left(setup)).toEqual([]);
  });

  it('says that the cluster is read-only', async () => {
    const setup = setupOf('blocked');
    const plan = await planIndexSetup(client, setup);
    await client.cluster.putSettings({ body: { persistent: { 'cluster.blocks.read_only': true } } });
    try {
      const error = await failure(applyPlan(client, plan));
      expect(error.code).toBe('INDEX_CLUSTER_BLOCKED');
      expect(error.message).toMatch(/read.only/u);
    } finally {
      await client.cluster.putSettings({ body: { persistent: { 'cluster.blocks.read_only': null } } });
    }
    await apply(setup);
    expect(await left(setup)).toEqual([]);
  });

  it('is one clear error where nobody answers', async () => {
    const nobody = new Client({ node: 'http://127.0.0.1:9', maxRetries: 0 });
    const setup = setupOf('nobody');
    expect((await failure(planIndexSetup(nobody, setup))).code).toBe('INDEX_OBSERVE_FAILED');
    expect((await failure(applyPlan(nobody, await planIndexSetup(client, setup)))).code).toBe('INDEX_APPLY_FAILED');
    await nobody.close();
  });
});
