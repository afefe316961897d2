import { Client } from '@opensearch-project/opensearch';
import type { StartOptions } from '../../../packages/embedded-opensearch/src/index.ts';
import { afterAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../packages/index-manager/src/model.ts';
import { probeTemplateFeatures } from '../../../packages/index-manager/src/mappings/features.ts';
import { FOREIGN_TEMPLATES } from '../../../packages/index-manager/src/mappings/fixtures/foreign-templates.ts';
import { FOREIGN_PIPELINES } from '../../../packages/index-manager/src/pipelines/fixtures/foreign-pipelines.ts';
import { probePipelineFeatures } from '../../../packages/index-manager/src/pipelines/pipeline-features.ts';
import { translatePipeline } from '../../../packages/index-manager/src/pipelines/translate-pipeline.ts';
import { ask, startIfPossible } from './testServer.ts';
import { isLegacy, translateTemplate } from '../../../packages/index-manager/src/mappings/translate.ts';

interface Tried {
  readonly title: string;
  readonly options: StartOptions;
  /** Some features that it must have, and some that it must lack. */
  readonly has: readonly string[];
  readonly lacks: readonly string[];
  readonly refuses: readonly string[];
}

const SERVERS: readonly Tried[] = [
  { title: 'OpenSearch 2.19.6', options: { version: '2.19.6' }, has: ['type:flat_object', 'type:match_only_text', 'type:wildcard', 'parameter:derived', 'member:data_stream'], lacks: ['type:flattened', 'parameter:synthetic_source_keep', 'setting:lifecycle.name', 'member:deprecated'], refuses: [] },
  { title: 'Elasticsearch 7.10.2 OSS', options: { distribution: 'elasticsearch-oss', version: '7.10.2' }, has: [], lacks: ['type:flattened', 'type:flat_object', 'type:match_only_text', 'type:wildcard', 'member:data_stream'], refuses: ['runtime fields'] },
];

for (const { title, options, has, lacks, refuses } of SERVERS) {
  const server = await startIfPossible(options);
  const client = new Client({ node: server?.url ?? 'http://127.0.0.1:9' });
  afterAll(async () => {
    await client.close();
    await server?.stop();
  });

  describe(`templates of others on ${title} (needs a JDK that runs it)`, () => {
    const it = test.runIf(server !== undefined);
    const url = server?.url ?? '';

    it('are asked for feature by feature, without a trace', async () => {
      const found = await probeTemplateFeatures(client);
      expect(found.lacks).toEqual(expect.arrayContaining([...lacks]));
      expect(found.lacks.filter((name) => has.includes(name))).toEqual([]);
      expect((await probeTemplateFeatures(client, [...lacks, ...has])).lacks).toEqual([...lacks].sort());
      expect(JSON.stringify((await ask(url, 'GET', '/_index_template')).body)).not.toContain('podscope-probe');
    });

    it('are taken when they are translated, and only then', async () => {
      const features = await probeTemplateFeatures(client);
      for (const [name, { template }] of Object.entries(FOREIGN_TEMPLATES)) {
        const { template: translated, applied, refused } = translateTemplate(template, features);
        expect(refused.length > 0, name).toBe(refuses.includes(name));
        if (refused.length > 0) continue;
        expect(applied, name).not.toEqual([]);
        expect((await put(url, translated)).reason, name).toBe('');
        expect((await put(url, template)).status, `${name} untranslated`).not.toBe(200);
      }
    });

    it('make of documents what they were written for', async () => {
      const features = await probePipelineFeatures(client);
      for (const [name, { pipeline, rules, rulesWithoutCopy = rules, documents }] of Object.entries(FOREIGN_PIPELINES)) {
        const { pipeline: translated, applied, refused } = translatePipeline(pipeline, features);
        expect(refused, name).toEqual([]);
        expect([...new Set(applied.map(({ rule }) => rule))].sort(), name).toEqual(features.processors.includes('copy') ? rules : rulesWithoutCopy);
        expect((await simulate(url, pipeline, [{}])).status, `${name} untranslated`).toBe(400);
        const { body, reason } = await simulate(url, translated, documents.map(({ given }) => given));
        expect(reason, name).toBe('');
        const made = (body['docs'] as readonly { readonly doc?: { readonly _source: JsonObject } }[]).map(({ doc }) => doc?._source ?? 'error');
        expect(made, name).toEqual(documents.map(({ becomes }) => becomes));
      }
    });
  });
}

function simulate(url: string, pipeline: JsonObject, documents: readonly JsonObject[]) {
  return ask(url, 'POST', '/_ingest/pipeline/_simulate', { pipeline, docs: documents.map((document) => ({ _source: document })) });
}

async function put(url: string, template: JsonObject) {
  const kind = isLegacy(template) ? '_template' : template['index_patterns'] === undefined ? '_component_template' : '_index_template';
  const answer = await ask(url, 'PUT', `/${kind}/podscope-foreign`, template);
  if (answer.status === 200) await ask(url, 'DELETE', `/${kind}/podscope-foreign`);
  return answer;
}
