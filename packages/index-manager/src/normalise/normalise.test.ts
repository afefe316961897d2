import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { normaliseMapping } from './mappings.ts';
import { normaliseSettings } from './settings.ts';
import { normaliseComponentTemplate, normaliseIndexTemplate, normalisePipeline } from './templates.ts';

describe('normaliseSettings', () => {
  it.each<JsonObject>([
    { number_of_shards: 1, refresh_interval: '2s' },
    { index: { number_of_shards: '1', refresh_interval: '2s' } },
    { 'index.number_of_shards': 1, index: { refresh_interval: '2s' } },
  ])('gives one form to %j', (settings) => {
    expect(normaliseSettings(settings)).toEqual({ 'index.number_of_shards': '1', 'index.refresh_interval': '2s' });
  });

  it('keeps lists and null', () => {
    expect(normaliseSettings({ query: { default_field: ['a', 'b'] }, codec: null })).toEqual({
      'index.query.default_field': ['a', 'b'],
      'index.codec': null,
    });
  });
});

describe('normaliseMapping', () => {
  it('joins dotted and nested names', () => {
    const expected = {
      properties: { url: { properties: { path: { type: 'keyword', ignore_above: '256' }, query: { type: 'keyword' } } } },
    };
    expect(
      normaliseMapping({
        properties: { 'url.path': { type: 'keyword', ignore_above: 256 }, url: { type: 'object', properties: { query: { type: 'keyword' } } } },
      }),
    ).toEqual(expected);
    expect(normaliseMapping({ _doc: expected })).toEqual(expected);
  });

  it('takes fields that are called like parameters for fields', () => {
    const mapping = { properties: { type: { type: 'keyword' }, properties: { properties: { fields: { type: 'date' } } } } };
    expect(normaliseMapping(mapping)).toEqual(mapping);
  });

  it('keeps a field named __proto__ a field', () => {
    const mapping = JSON.parse('{"properties":{"__proto__":{"type":"keyword"}}}') as JsonObject;
    expect(JSON.stringify(normaliseMapping(mapping))).toBe('{"properties":{"__proto__":{"type":"keyword"}}}');
  });

  it('leaves out what is the default, and nothing else', () => {
    expect(normaliseMapping({ dynamic: false, properties: { a: { type: 'nested' }, b: { type: 'object', properties: {} } } })).toEqual({
      dynamic: 'false',
      properties: { a: { type: 'nested' }, b: {} },
    });
  });
});

describe('templates and pipelines', () => {
  it('splits the routing of an alias', () => {
    expect(normaliseComponentTemplate({ template: { aliases: { a: { routing: 1 } } } })).toEqual(
      normaliseComponentTemplate({ template: { aliases: { a: { index_routing: '1', search_routing: '1' } } } }),
    );
  });

  it('fills the timestamp field and drops empty members', () => {
    expect(
      normaliseIndexTemplate({ index_patterns: ['b', 'a'], composed_of: [], data_stream: {}, template: { settings: {} }, created_by_server: 1 }),
    ).toEqual({ index_patterns: ['a', 'b'], data_stream: { timestamp_field: { name: '@timestamp' } } });
  });

  it('keeps the order of component templates and the types in processors', () => {
    expect(normaliseIndexTemplate({ index_patterns: ['a'], composed_of: ['z', 'b'] })['composed_of']).toEqual(['z', 'b']);
    expect(normalisePipeline({ processors: [{ set: { field: 'a', value: 1 } }] })).not.toEqual(
      normalisePipeline({ processors: [{ set: { field: 'a', value: '1' } }] }),
    );
  });
});
