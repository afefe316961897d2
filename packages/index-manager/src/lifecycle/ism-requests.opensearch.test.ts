import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../model.ts';
import { type IsmServer, ismServers } from './fixtures/ism-server.ts';
import { addIsmPolicy, changeIsmPolicy, deleteIsmPolicy, explainIsm, type IsmRevision, type ObservedIsmPolicy, observeIsmPolicies, putIsmPolicy } from './ism-requests.ts';
import { planIsmMoves } from './ism-revisions.ts';
import type { IsmPolicy } from './ism-types.ts';
import { normaliseIsmPolicy } from './normalise-ism.ts';

const servers = ismServers(startOpenSearch, process.env['OPENSEARCH_HOME']);
const BASE = '/_plugins/_ism';

const policy = (description: string): IsmPolicy => ({
  description,
  default_state: 'hot',
  states: [{ name: 'hot', actions: [{ rollover: { min_size: '50gb', min_index_age: '24h' } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '720h' } }] }, { name: 'gone', actions: [{ delete: {} }] }],
});

describe(`the ISM requests, against ${servers.name}`, () => {
  let server: IsmServer;
  let client: Client;
  let first: IsmRevision;

  beforeAll(async () => {
    server = await servers.startAlone();
    client = new Client({ node: server.url, maxRetries: 0 });
    for (const index of ['podscope-a', 'podscope-b', 'podscope-c']) await client.transport.request({ method: 'PUT', path: `/${index}` });
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  async function observed(): Promise<Readonly<Record<string, ObservedIsmPolicy>>> {
    const found = await observeIsmPolicies(client, { pageSize: 7 });
    if (!found.available) throw new Error(found.why);
    return found.policies;
  }

  it('has no policy at first', async () => {
    expect(await observeIsmPolicies(client)).toEqual({ available: true, base: BASE, policies: {} });
  });

  it('lists all of more policies than a page has', async () => {
    for (let at = 0; at < 23; at += 1) await putIsmPolicy(client, BASE, `podscope-${at}`, policy(`number ${at}`));
    expect(Object.keys(await observed())).toHaveLength(23);
    expect(await deleteIsmPolicy(client, BASE, 'podscope-22')).toBe(true);
    expect(await deleteIsmPolicy(client, BASE, 'podscope-22')).toBe(false);
    expect(Object.keys(await observed())).toHaveLength(22);
  });

  it('gives back what was sent, by meaning', async () => {
    const stored = (await observed())['podscope-3'];
    expect(normaliseIsmPolicy(stored?.policy ?? {})).toEqual(normaliseIsmPolicy(policy('number 3') as unknown as JsonObject));
  });

  it('writes only over the revision that is named', async () => {
    first = await putIsmPolicy(client, BASE, 'podscope-moving', policy('first'));
    await expect(putIsmPolicy(client, BASE, 'podscope-moving', policy('blind'))).rejects.toMatchObject({ code: 'ISM_POLICY_CONFLICT' });
    await expect(putIsmPolicy(client, BASE, 'podscope-moving', policy('stale'), { ...first, seqNo: first.seqNo + 100 })).rejects.toMatchObject({ code: 'ISM_POLICY_CONFLICT' });
    expect((await observed())['podscope-moving']?.policy['description']).toBe('first');
  });

  it('refuses a policy that is none', async () => {
    const broken = { ...policy('broken'), default_state: 'nowhere' };
    await expect(putIsmPolicy(client, BASE, 'podscope-broken', broken)).rejects.toMatchObject({ code: 'ISM_REQUEST_FAILED' });
  });

  it('adds a policy to indices that have none', async () => {
    expect(await addIsmPolicy(client, BASE, ['podscope-a', 'podscope-b'], 'podscope-moving')).toEqual({ updated: 2, failed: [] });
    const again = await addIsmPolicy(client, BASE, ['podscope-a'], 'podscope-moving');
    expect(again.updated).toBe(0);
    expect(again.failed.map(({ index }) => index)).toEqual(['podscope-a']);
    await expect(addIsmPolicy(client, BASE, ['podscope-c'], 'nobody')).rejects.toThrow(/could not find policy/iu);
    const explained = await explainIsm(client, BASE, ['podscope-a', 'podscope-c']);
    expect(explained.map(({ index, policyId }) => [index, policyId]).sort()).toEqual([['podscope-a', 'podscope-moving'], ['podscope-c', null]]);
  });

  it('moves the indices that run an old revision, and no others', async () => {
    await server.look();
    const settled = async () => {
      const all = await explainIsm(client, BASE);
      expect(all.map(({ revision }) => revision?.seqNo)).toEqual([first.seqNo, first.seqNo]);
      return all;
    };
    const before = await vi.waitFor(settled, { timeout: servers.longestLookMs, interval: 1000 });
    expect(planIsmMoves(await observed(), before).moves).toEqual([]);
    const second = await putIsmPolicy(client, BASE, 'podscope-moving', policy('second'), first);
    const { moves, left } = planIsmMoves(await observed(), before);
    expect(left).toEqual([]);
    expect(moves.map(({ index, from, to, state }) => [index, from.seqNo, to.seqNo, state])).toEqual([
      ['podscope-a', first.seqNo, second.seqNo, 'hot'],
      ['podscope-b', first.seqNo, second.seqNo, 'hot'],
    ]);
    const changed = await changeIsmPolicy(client, BASE, [...moves.map(({ index }) => index), 'podscope-c'], { policyId: 'podscope-moving' });
    expect(changed.updated).toBe(2);
    expect(changed.failed).toEqual([{ index: 'podscope-c', reason: expect.stringMatching(/not being managed/u) }]);
    await server.look();
    await vi.waitFor(async () => expect(planIsmMoves(await observed(), await explainIsm(client, BASE)).moves).toEqual([]), { timeout: servers.longestLookMs, interval: 1000 });
  });

  it('names an index that is not there', async () => {
    // The plugin passes it over when it adds, and refuses to change anything.
    expect(await addIsmPolicy(client, BASE, ['podscope-nobody'], 'podscope-moving')).toEqual({ updated: 0, failed: [{ index: 'podscope-nobody', reason: 'no such index' }] });
    const added = await addIsmPolicy(client, BASE, ['podscope-nobody', 'podscope-c', 'podscope-a'], 'podscope-moving');
    expect(added).toEqual({ updated: 1, failed: [{ index: 'podscope-a', reason: expect.stringMatching(/already has a policy/u) as unknown }, { index: 'podscope-nobody', reason: 'no such index' }] });
    await expect(changeIsmPolicy(client, BASE, ['podscope-nobody'], { policyId: 'podscope-moving' })).rejects.toThrow(/no such index/u);
    expect(await explainIsm(client, BASE, ['podscope-nobody'])).toEqual([]);
  });

  it('refuses a second policy for the same new indices with the same priority', async () => {
    const templated = (patterns: readonly string[], priority: number): IsmPolicy => ({ ...policy('templated'), ism_template: [{ index_patterns: patterns, priority }] });
    await putIsmPolicy(client, BASE, 'podscope-ring', templated(['ring-*'], 5));
    await expect(putIsmPolicy(client, BASE, 'podscope-ring-web', templated(['ring-web*'], 5))).rejects.toThrow(/matching existing policy templates, please use a different priority than 5/u);
    await putIsmPolicy(client, BASE, 'podscope-ring-web', templated(['ring-web*'], 6));
    const twice = { ...policy('twice'), ism_template: [{ index_patterns: ['a-*'], priority: 1 }, { index_patterns: ['*-b'], priority: 1 }] };
    await expect(putIsmPolicy(client, BASE, 'podscope-twice', twice)).rejects.toThrow(/matching this policy's other ISM templates with index patterns \[\*-b\], please use different priority/u);
  });
});
