import { Client } from '@opensearch-project/opensearch';
import type { StartOptions } from '../../../packages/embedded-opensearch/src/index.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { applyPlan } from '../../../packages/index-manager/src/apply/apply.ts';
import { defineIndexSetup } from '../../../packages/index-manager/src/define.ts';
import { ask, startIfPossible } from './testServer.ts';
import { planIndexSetup } from '../../../packages/index-manager/src/plan/plan.ts';
import { PIPELINES, processorsOf } from '../../../packages/index-manager/src/fixtures/pipelines.ts';

/** Applies every pipeline that a server has the processors for, and plans again. */
export async function describePipelines(title: string, options: StartOptions, least: number): Promise<void> {
  const server = await startIfPossible(options);
  const client = new Client({ node: server?.url ?? 'http://127.0.0.1:9' });
  afterAll(async () => {
    await client.close();
    await server?.stop();
  });

  describe(`pipelines on ${title} (needs a JDK that runs it)`, () => {
    const it = test.runIf(server !== undefined);

    it('use every processor that the server has, and have an empty second plan', async () => {
      const { body } = await ask(server?.url ?? '', 'GET', '/_nodes/ingest');
      const [node] = Object.values(body['nodes'] as Readonly<Record<string, { readonly ingest: { readonly processors: readonly { readonly type: string }[] } }>>);
      const known = new Set(node?.ingest.processors.map(({ type }) => type));
      const usable = Object.entries(PIPELINES).filter(([, pipeline]) => processorsOf(pipeline).every((processor) => known.has(processor)));
      expect(usable.length).toBeGreaterThanOrEqual(least);
      expect([...new Set(usable.flatMap(([, pipeline]) => processorsOf(pipeline)))].sort()).toEqual([...known].sort());
      const setup = defineIndexSetup({ ingestPipelines: Object.fromEntries(usable.map(([name, pipeline]) => [`pipelines-${name.replaceAll(' ', '-')}`, pipeline])) });
      const made = await applyPlan(client, await planIndexSetup(client, setup));
      expect(made).toHaveLength(usable.length);
      const second = await planIndexSetup(client, setup);
      expect(second.changes.filter(({ action }) => action !== 'none').map(({ name, reason }) => `${name}: ${reason}`)).toEqual([]);
      // The same plan would find a difference where there is one.
      const [first = ''] = Object.keys(setup.ingestPipelines);
      const other = defineIndexSetup({ ingestPipelines: { ...setup.ingestPipelines, [first]: { processors: [{ set: { field: 'other', value: 1 } }] } } });
      expect((await planIndexSetup(client, other)).changes.filter(({ action }) => action !== 'none').map(({ name }) => name)).toEqual([first]);
    });
  });
}
