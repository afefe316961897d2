import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { JsonObject } from '../model.ts';
import { estimateIndexSetup } from './estimate.ts';
import { logDocuments } from './fixtures/log-documents.ts';
import { LIMITS, sizeOfMapping } from './limits.ts';

const INDEX = 'podscope-limits';
const fields = (properties: JsonObject): JsonObject => ({ properties });

/** Everything that the server counts, in a way of its own or not. */
const MAPPINGS: Readonly<Record<string, JsonObject>> = {
  'a field': fields({ a: { type: 'keyword' } }),
  'multi-fields': fields({ a: { type: 'text', fields: { b: { type: 'keyword' }, c: { type: 'text' } } } }),
  objects: fields({ a: { properties: { b: { properties: { c: { type: 'long' } } } } }, empty: { type: 'object' } }),
  'dotted names': fields({ 'a.b.c': { type: 'long' }, 'a.b.d': { type: 'long' } }),
  'an object that is not parsed': fields({ a: { type: 'object', enabled: false } }),
  nested: fields({ a: { type: 'nested', properties: { b: { type: 'nested', properties: { c: { type: 'ip' } } } } } }),
  'an alias': fields({ a: { type: 'date' }, b: { type: 'alias', path: 'a' } }),
  flat_object: fields({ a: { type: 'flat_object' } }),
  'index_prefixes and index_phrases': fields({ a: { type: 'text', index_prefixes: {} }, b: { type: 'text', index_phrases: true }, c: { type: 'text', index_prefixes: {}, index_phrases: true } }),
  search_as_you_type: fields({ a: { type: 'search_as_you_type' }, b: { type: 'search_as_you_type', max_shingle_size: 4 }, c: { type: 'search_as_you_type', fields: { d: { type: 'keyword' } } } }),
  'a multi-field with more below it': fields({ a: { type: 'keyword', fields: { b: { type: 'search_as_you_type' }, c: { type: 'text', index_prefixes: {} } } } }),
  'a join': fields({ a: { type: 'join', relations: { question: ['answer', 'comment'], answer: 'vote' } } }),
  'a percolator': fields({ a: { type: 'percolator' }, b: { type: 'keyword' } }),
  'other types': fields({ a: { type: 'completion' }, b: { type: 'geo_point' }, c: { type: 'geo_shape' }, d: { type: 'rank_features' }, e: { type: 'ip_range' }, f: { type: 'wildcard' }, g: { type: 'match_only_text' }, h: { type: 'constant_keyword', value: 'x' }, i: { type: 'token_count', analyzer: 'standard' } }),
  'derived fields': { ...fields({ a: { type: 'keyword' } }), derived: { b: { type: 'keyword', script: { source: "emit('b')" } }, c: { type: 'object', properties: { d: 'keyword' }, script: { source: 'emit("{}")' } } } },
  'what is no field': { ...fields({ a: { type: 'keyword' } }), _routing: { required: true }, _source: { excludes: ['a'] }, _meta: { a: 1 }, dynamic_templates: [{ a: { match: 'x*', mapping: { type: 'keyword' } } }] },
};

describe('the limits of a mapping, as OpenSearch counts them', () => {
  let server: StartedOpenSearch | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.6' });
    client = new Client({ node: server.url });
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  /** Empty when the server takes it, else its reason. */
  async function refusal(mappings: JsonObject, settings: JsonObject): Promise<string> {
    await client.indices.delete({ index: INDEX, ignore_unavailable: true });
    const { body, statusCode } = await client.transport.request({ method: 'PUT', path: `/${INDEX}`, body: { settings: { number_of_shards: 1, number_of_replicas: 0, ...settings }, mappings } }, { ignore: [400] });
    return statusCode === 200 ? '' : JSON.stringify(body);
  }

  it.each(Object.entries(MAPPINGS))('takes %s at just the number that is counted here', async (_what, mapping) => {
    const { fields: count } = sizeOfMapping(mapping);
    expect(await refusal(mapping, { 'index.mapping.total_fields.limit': count })).toBe('');
    expect(await refusal(mapping, { 'index.mapping.total_fields.limit': count - 1 })).toContain(`Limit of total fields [${count - 1}] has been exceeded`);
  });

  it.each([
    ['depth', 'depth', MAPPINGS['objects']],
    ['depth of dotted names', 'depth', MAPPINGS['dotted names']],
    ['nested fields', 'nested_fields', MAPPINGS['nested']],
    ['length of names', 'field_name_length', fields({ abc: { properties: { 'a-name-that-is-longer-than-those-of-the-server': { type: 'keyword' } } } })],
    ['length of the names of multi-fields', 'field_name_length', fields({ abc: { type: 'keyword', fields: { 'a-name-that-is-longer-than-those-of-the-server': { type: 'text' } } } })],
  ] as const)('takes just the %s that is counted here', async (_what, limit, mapping = {}) => {
    const { depth, nested, longestName } = sizeOfMapping(mapping);
    const count = { depth, nested_fields: nested, field_name_length: longestName.length }[limit];
    expect(await refusal(mapping, { [`index.mapping.${limit}.limit`]: count })).toBe('');
    expect(await refusal(mapping, { [`index.mapping.${limit}.limit`]: count - 1 })).toMatch(/has been exceeded|is longer than the limit/u);
  });

  it('has the limits that are reckoned with where a template sets none', async () => {
    await client.indices.delete({ index: INDEX, ignore_unavailable: true });
    await client.indices.create({ index: INDEX });
    const { body } = await client.transport.request({ method: 'GET', path: `/${INDEX}/_settings?include_defaults=true&flat_settings=true` });
    const defaults = (body as Readonly<Record<string, { readonly defaults: Readonly<Record<string, string>> }>>)[INDEX]?.defaults ?? {};
    expect(Object.values(LIMITS).map(({ setting, usual }) => [setting, usual])).toEqual(Object.values(LIMITS).map(({ setting }) => [setting, Number(defaults[setting])]));
  });

  it('refuses a template that the estimate warns of, and takes it with one field less', async () => {
    const template = (count: number) => ({
      index_patterns: ['podscope-wide-*'],
      data_stream: {},
      template: { mappings: { properties: Object.fromEntries(Array.from({ length: count }, (_, at): [string, JsonObject] => [`f${at}`, { type: 'keyword' }])) } },
    });
    const put = async (count: number) => {
      const { statusCode } = await client.transport.request({ method: 'PUT', path: '/_index_template/podscope-wide', body: template(count) }, { ignore: [400] });
      if (statusCode !== 200) return false;
      const stream = await client.transport.request({ method: 'PUT', path: '/_data_stream/podscope-wide-a' }, { ignore: [400] });
      if (stream.statusCode === 200) await client.transport.request({ method: 'DELETE', path: '/_data_stream/podscope-wide-a' });
      return stream.statusCode === 200;
    };
    const warned = (count: number) => {
      const setup = defineIndexSetup({ indexTemplates: { wide: template(count) }, dataStreams: ['podscope-wide-a'] });
      return estimateIndexSetup(setup, { streams: { 'podscope-wide-a': { documentsPerDay: 1, bytesPerDocument: 1 } } }).warnings.some(({ kind }) => kind === 'field-limit');
    };
    expect([await put(999), warned(999)]).toEqual([true, false]);
    expect([await put(1000), warned(1000)]).toEqual([false, true]);
  });

  it('predicts the store of many documents from that of a few, within a fifth', async () => {
    const mappings = { properties: { '@timestamp': { type: 'date' }, message: { type: 'text' }, url: { type: 'keyword' }, status: { type: 'short' }, bytes: { type: 'long' }, agent: { type: 'keyword' }, pod: { type: 'keyword' } } };
    const store = async (index: string, count: number): Promise<{ readonly json: number; readonly stored: number }> => {
      await client.indices.create({ index, body: { settings: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: -1 }, mappings } } as never);
      const lines = logDocuments(count).map((document) => JSON.stringify(document));
      for (let from = 0; from < count; from += 5000) {
        const bulkBody = lines.slice(from, from + 5000).flatMap((line) => ['{"index":{}}', line]);
        await client.transport.request({ method: 'POST', path: `/${index}/_bulk`, bulkBody });
      }
      await client.indices.flush({ index });
      await client.indices.forcemerge({ index, max_num_segments: 1 });
      await client.indices.refresh({ index });
      const { body } = await client.indices.stats({ index, metric: ['store'] });
      return { json: lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0), stored: Number(body._all.primaries?.store?.size_in_bytes) };
    };
    const few = await store('podscope-store-few', 10_000);
    const many = await store('podscope-store-many', 60_000);
    const setup = defineIndexSetup({ indexTemplates: { store: { index_patterns: ['podscope-store-*'], template: { settings: { number_of_replicas: 0 } } } } });
    const estimate = estimateIndexSetup(setup, { streams: { 'podscope-store-many': { documentsPerDay: 60_000, bytesPerDay: many.json } }, storedRatio: few.stored / few.json, horizonDays: 1 });
    expect(estimate.bytes / many.stored).toBeGreaterThan(0.8);
    expect(estimate.bytes / many.stored).toBeLessThan(1.2);
    // The default of 1.1 is on the safe side.
    expect(many.stored / many.json).toBeLessThan(1.1);
  });
});
