import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import { observeDrift, planDrift } from '../drift/drift.ts';
import { type IsmServer, ismServers } from '../lifecycle/fixtures/ism-server.ts';
import { explainIsm, type IsmManagedIndex, observeIsmPolicies, putIsmPolicy } from '../lifecycle/ism-requests.ts';
import type { IsmPolicy } from '../lifecycle/ism-types.ts';
import type { IndexSetup } from '../model.ts';
import { planIndexSetup, type PlanOptions } from '../plan/plan.ts';
import { applyPlan } from './apply.ts';

const policy = (age: string): IsmPolicy => ({
  description: 'keeps for a while',
  default_state: 'kept',
  states: [
    { name: 'kept', transitions: [{ state_name: 'gone', conditions: { min_index_age: age } }] },
    { name: 'gone', actions: [{ delete: {} }] },
  ],
  ism_template: [{ index_patterns: ['ring-*'], priority: 5 }],
});
const setupOf = (lifecyclePolicies: IndexSetup['lifecyclePolicies']): IndexSetup =>
  defineIndexSetup({ owner: 'policies', lifecyclePolicies, rolloverAliases: { 'ring-web': {} }, indexTemplates: { ring: { index_patterns: ['ring-*'] } } });

const BASE = '/_plugins/_ism';
const servers = ismServers(startOpenSearch, process.env['OPENSEARCH_HOME']);

describe(`lifecycle policies in a plan, on OpenSearch with ${servers.name}`, () => {
  let server: IsmServer | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await servers.startCluster();
    client = new Client({ node: server.url });
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  const lines = async (setup: IndexSetup, options: PlanOptions = {}): Promise<readonly string[]> =>
    (await planIndexSetup(client, setup, options)).changes.filter(({ action }) => action !== 'none').map(({ kind, action, name }) => `${action} ${kind} ${name}`);
  const apply = async (setup: IndexSetup, options: PlanOptions = {}) => applyPlan(client, await planIndexSetup(client, setup, options), { destructive: true });

  const revisionOf = async (id: string): Promise<number | undefined> => {
    const found = await observeIsmPolicies(client);
    return found.available ? found.policies[id]?.seqNo : undefined;
  };
  /** Until the plugin has looked at an index and runs the newest revision of its policy. */
  const looked = async (index: string, id: string): Promise<IsmManagedIndex | undefined> => {
    await server?.look();
    return vi.waitFor(
      async () => {
        const [managed] = await explainIsm(client, BASE, [index]);
        expect(managed).toMatchObject({ policyId: id, revision: { seqNo: await revisionOf(id) } });
        return managed;
      },
      { timeout: servers.longestLookMs, interval: 250 },
    );
  };

  it('are made once, and given to the indices that were there before them', async () => {
    await apply(setupOf({}));
    await apply(setupOf({ keep: policy('7d') }));
    expect(await lines(setupOf({ keep: policy('7d') }))).toEqual([]);
    expect(await lines(setupOf({ keep: policy('168h') }))).toEqual([]);
    expect((await explainIsm(client, BASE, ['ring-web-000001']))[0]?.policyId).toBe('keep');
    await looked('ring-web-000001', 'keep');
    expect(await lines(setupOf({ keep: policy('7d') }))).toEqual([]);
  });

  it('hold for the next index by themselves', async () => {
    await client.indices.rollover({ alias: 'ring-web' });
    expect((await looked('ring-web-000002', 'keep'))?.state).toBe('kept');
    expect(await lines(setupOf({ keep: policy('7d') }))).toEqual([]);
  });

  it('move their indices to a new revision, once', async () => {
    const edited = setupOf({ keep: policy('9d') });
    expect(await lines(edited)).toEqual(['update lifecycle-policy keep', 'attach-policy rollover-alias ring-web']);
    const plan = await planIndexSetup(client, edited);
    expect(plan.changes.at(-1)?.touches.toSorted()).toEqual(['ring-web-000001', 'ring-web-000002']);
    expect(plan.changes.at(-1)).toMatchObject({ risk: 'destructive', reason: expect.stringContaining('old revision') as unknown });
    await expect(applyPlan(client, plan)).rejects.toMatchObject({ code: 'INDEX_DESTRUCTIVE' });
    await applyPlan(client, plan, { destructive: true });
    // The plugin takes it at its next look only; it has been asked for.
    expect(await lines(edited)).toEqual([]);
    await looked('ring-web-000001', 'keep');
    await looked('ring-web-000002', 'keep');
    expect(await lines(edited)).toEqual([]);
  });

  it('of the other product are translated, which the plan says', async () => {
    const ilm = { phases: { hot: { actions: { rollover: { max_age: '1d' } } }, delete: { min_age: '7d', actions: { delete: {} } } } };
    const setup = setupOf({ keep: policy('9d'), ilm });
    const plan = await planIndexSetup(client, setup);
    expect(plan.notes).toEqual([expect.stringContaining('ilm: translated into ISM')]);
    await applyPlan(client, plan);
    expect(await lines(setup)).toEqual([]);
  });

  it('drift, and are pruned', async () => {
    expect(planDrift(await observeDrift(client, { owner: 'policies' })).items).toEqual([]);
    const observed = await observeIsmPolicies(client);
    await putIsmPolicy(client, BASE, 'keep', policy('1d'), observed.available ? observed.policies['keep'] : undefined);
    expect(planDrift(await observeDrift(client, { owner: 'policies' })).items).toMatchObject([{ kind: 'lifecycle-policy', name: 'keep', what: 'changed' }]);
    // The index still runs what it was given: an edit by hand moved nothing.
    expect(await lines(setupOf({ keep: policy('9d') }), { prune: true })).toEqual(['update lifecycle-policy keep', 'delete lifecycle-policy ilm']);
    await apply(setupOf({ keep: policy('9d') }), { prune: true });
    expect(await lines(setupOf({ keep: policy('9d') }), { prune: true })).toEqual([]);
  });
});
