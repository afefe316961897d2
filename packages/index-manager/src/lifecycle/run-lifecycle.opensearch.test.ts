import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndexClient } from '../client.ts';
import type { IsmPolicy } from './ism-types.ts';
import { observeIsmPolicies } from './ism-requests.ts';
import { observeRetention } from './retention-observe.ts';
import { planRetention } from './retention-plan.ts';
import { applyRetention, runLifecycle } from './run-lifecycle.ts';

let server: StartedOpenSearch;
let client: Client;

beforeAll(async () => {
  server = await startOpenSearch({ version: '2.19.6' });
  client = new Client({ node: server.url });
  await client.indices.putIndexTemplate({
    name: 'kept',
    body: { index_patterns: ['kept-*'], data_stream: {}, template: { settings: { number_of_shards: 1, number_of_replicas: 0 } } },
  });
  await client.indices.createDataStream({ name: 'kept-web' });
  await client.indices.createDataStream({ name: 'kept-other' });
  await client.indices.create({ index: 'app-000001', body: { aliases: { app: { is_write_index: true } } } });
});

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

const DAY = 86_400_000;

const policy: IsmPolicy = {
  description: 'two documents an index, gone a day after the rollover',
  default_state: 'writing',
  states: [
    { name: 'writing', actions: [{ rollover: { min_doc_count: 2 } }, { force_merge: { max_num_segments: 1 } }], transitions: [{ state_name: 'gone', conditions: { min_rollover_age: '1d' } }] },
    { name: 'gone', actions: [{ delete: {} }] },
  ],
};
const targets = [
  { name: 'kept-web', policy: 'short' },
  { name: 'app', policy: 'short' },
];
const options = { policies: { short: policy }, targets };

async function write(target: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await client.index({ index: target, op_type: 'create', body: { '@timestamp': '2026-03-01T00:00:00Z', at } });
  await client.indices.refresh({ index: target });
}

async function indices(): Promise<readonly string[]> {
  const answer = await client.cat.indices({ format: 'json', h: ['index'], expand_wildcards: 'all' });
  return (answer.body as unknown as readonly { index: string }[]).map(({ index }) => index).sort();
}

describe('runLifecycle on OpenSearch 2.19', () => {
  it('leaves alone what is not due, and says why', async () => {
    await write('kept-web', 1);
    const { plan, results } = await runLifecycle(client, options);
    expect(results).toEqual([]);
    expect(plan.steps).toEqual([]);
    expect(plan.kept.map(({ index, reason }) => `${index}: ${reason}`)).toEqual([
      '.ds-kept-web-000001: no condition of its rollover holds yet',
      'app-000001: no condition of its rollover holds yet',
    ]);
    expect(plan.unsupported.map(({ path, effect }) => `${path} ${effect}`)).toEqual(['states.0.actions.1.force_merge skipped']);
  });

  it('plans and does nothing in a dry run', async () => {
    await write('kept-web', 2);
    await write('app', 2);
    const before = await indices();
    const { plan, results } = await runLifecycle(client, { ...options, dryRun: true });
    expect(plan.steps.map(({ action, index }) => `${action} ${index}`)).toEqual(['rollover .ds-kept-web-000001', 'rollover app-000001']);
    expect(results).toEqual([]);
    expect(await indices()).toEqual(before);
  });

  it('rolls over once, though two run at the same time', async () => {
    const seen: string[] = [];
    const runs = await Promise.all([runLifecycle(client, options), runLifecycle(client, { ...options, onProgress: ({ done, total }) => seen.push(`${done}/${total}`) })]);
    const done = runs.flatMap(({ results }) => results).filter(({ outcome }) => outcome === 'done');
    expect(done.map(({ detail }) => detail).sort()).toEqual(['.ds-kept-web-000002', 'app-000002']);
    expect(seen.length).toBeLessThanOrEqual(2);
    expect((await indices()).filter((index) => /kept-web|app-/.test(index))).toEqual(['.ds-kept-web-000001', '.ds-kept-web-000002', 'app-000001', 'app-000002']);
  });

  it('rolls over nothing by a plan that has become stale', async () => {
    await write('kept-web', 3);
    const plan = planRetention(await observeRetention(client, ['kept-web']), options.policies, options.targets);
    expect(plan.steps).toHaveLength(1);
    expect((await applyRetention(client, plan)).map(({ outcome }) => outcome)).toEqual(['done']);
    expect((await applyRetention(client, plan)).map(({ outcome, detail }) => `${outcome}: ${detail}`)).toEqual(['already: .ds-kept-web-000003 is the write index by now']);
  });

  it('sees when each index was rolled over, by the server\'s clock', async () => {
    const { now, targets: seen } = await observeRetention(client, ['kept-web', 'app']);
    const [web, app] = seen;
    expect(Math.abs(now - Date.now())).toBeLessThan(600_000);
    expect(web?.kind).toBe('data-stream');
    expect(app?.kind).toBe('alias');
    for (const target of seen) {
      for (const generation of target.generations) {
        expect(generation.rolledOver === undefined, generation.index).toBe(generation.index === target.writeIndex);
        expect(generation.rolledOver ?? generation.created).toBeGreaterThanOrEqual(generation.created);
      }
    }
    expect(web?.generations.map(({ documents }) => documents)).toEqual([3, 3, 0]);
  });

  it('takes the next generation\'s creation for the rollover, where the cluster state is closed to the user', async () => {
    const closed = {
      transport: {
        request: (params: { method: string; path: string }) =>
          params.path.startsWith('/_cluster/state') ? Promise.reject(Object.assign(new Error('closed'), { statusCode: 403 })) : client.transport.request(params),
      },
    } as unknown as IndexClient;
    const [open] = (await observeRetention(client, ['kept-web'])).targets;
    const [instead] = (await observeRetention(closed, ['kept-web'])).targets;
    const dates = (target: typeof open) => target?.generations.map(({ rolledOver }) => rolledOver);
    expect(dates(instead)).toEqual([instead?.generations[1]?.created, instead?.generations[2]?.created, undefined]);
    for (const [at, date] of (dates(open) ?? []).entries()) expect(Math.abs((date ?? 0) - (dates(instead)?.[at] ?? 0))).toBeLessThan(60_000);
  });

  it('deletes what is old enough, never the write index, never what is another target\'s', async () => {
    const now = Date.now() + 2 * DAY;
    const early = await runLifecycle(client, { ...options, now: Date.now() + DAY / 2 });
    expect(early.results).toEqual([]);
    const { results } = await runLifecycle(client, { ...options, now });
    expect(results.map(({ step, outcome }) => `${outcome} ${step.index}`)).toEqual(['done .ds-kept-web-000001', 'done .ds-kept-web-000002', 'done app-000001']);
    expect((await indices()).filter((index) => /kept|app/.test(index))).toEqual(['.ds-kept-other-000001', '.ds-kept-web-000003', 'app-000002']);
    const again = await runLifecycle(client, { ...options, now });
    expect(again.plan.steps).toEqual([]);
  });

  it('does not delete by a stale plan what has become a write index, or was made anew', async () => {
    await client.indices.create({ index: 'swap-000001', body: { aliases: { swap: {} } } });
    await client.indices.create({ index: 'swap-000002', body: { aliases: { swap: { is_write_index: true } } } });
    const atOnce: IsmPolicy = { description: '', default_state: 'gone', states: [{ name: 'gone', actions: [{ delete: {} }] }] };
    const swap = { policies: { atOnce }, targets: [{ name: 'swap', policy: 'atOnce' }] };
    const plan = planRetention(await observeRetention(client, ['swap'], Date.now() + DAY), swap.policies, swap.targets);
    expect(plan.steps.map(({ index }) => index)).toEqual(['swap-000001']);
    await client.indices.updateAliases({ body: { actions: [{ add: { index: 'swap-000002', alias: 'swap', is_write_index: false } }, { add: { index: 'swap-000001', alias: 'swap', is_write_index: true } }] } });
    expect((await applyRetention(client, plan)).map(({ detail }) => detail)).toEqual(['has become the write index']);
    await client.indices.updateAliases({ body: { actions: [{ add: { index: 'swap-000001', alias: 'swap', is_write_index: false } }, { add: { index: 'swap-000002', alias: 'swap', is_write_index: true } }, { add: { index: 'swap-000001', alias: 'another', is_write_index: true } }] } });
    expect((await applyRetention(client, plan)).map(({ detail }) => detail)).toEqual(['has become the write index of another alias']);
    const kept = await runLifecycle(client, { ...swap, now: Date.now() + DAY });
    expect(kept.plan.kept.map(({ reason }) => reason)).toContain('is due for deletion, but is the write index of another');
    await client.indices.delete({ index: 'swap-000001' });
    expect((await applyRetention(client, plan)).map(({ detail }) => detail)).toEqual(['is gone']);
    await client.indices.create({ index: 'swap-000001', body: { aliases: { swap: {} } } });
    expect((await applyRetention(client, plan)).map(({ detail }) => detail)).toEqual(['another index has taken its name']);
  });

  it('refuses what is not there, before anything is changed', async () => {
    await expect(runLifecycle(client, { ...options, targets: [{ name: 'nobody', policy: 'short' }] })).rejects.toMatchObject({ code: 'LIFECYCLE_TARGET_INVALID' });
    await expect(runLifecycle(client, { ...options, targets: [{ name: '*', policy: 'short' }] })).rejects.toMatchObject({ code: 'LIFECYCLE_TARGET_INVALID' });
    const broken = { ...policy, default_state: 'writting' };
    await expect(runLifecycle(client, { ...options, policies: { short: broken } })).rejects.toMatchObject({ code: 'LIFECYCLE_POLICY_INVALID' });
  });

  it('names a rollover that the server refuses', async () => {
    await client.indices.create({ index: 'unnumbered', body: { aliases: { odd: { is_write_index: true } } } });
    await write('odd', 2);
    await expect(runLifecycle(client, { ...options, targets: [{ name: 'odd', policy: 'short' }] })).rejects.toThrow(/does not match pattern/u);
  });
});

describe('a server without the ISM plugin', () => {
  it('is seen by how it answers', async () => {
    const observed = await observeIsmPolicies(client);
    expect(observed).toEqual({ available: false, why: expect.stringMatching(/no handler found for uri/u) });
  });
});
