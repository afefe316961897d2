import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { TEMPLATE_FEATURES } from './features.ts';
import { FOREIGN_TEMPLATES } from './fixtures/foreign-templates.ts';
import { composableOf, isLegacy, translateTemplate } from './translate.ts';

const NOTHING = { lacks: [] };
const ALL = { lacks: TEMPLATE_FEATURES };
const OPENSEARCH = { lacks: TEMPLATE_FEATURES.filter((name) => !['type:flat_object', 'type:match_only_text', 'type:wildcard', 'parameter:derived', 'member:data_stream'].includes(name)) };
const rulesOf = (template: JsonObject, features = ALL) => [...new Set(translateTemplate(template, features).applied.map(({ rule }) => rule))].sort();

describe('translateTemplate', () => {
  it.each(Object.keys(FOREIGN_TEMPLATES))('names every rule that it applies to %s', (name) => {
    const { template, rules } = FOREIGN_TEMPLATES[name] as { readonly template: JsonObject; readonly rules: readonly string[] };
    const applied = new Set([ALL, OPENSEARCH, NOTHING, { lacks: ['type:flat_object'] }].flatMap((features) => rulesOf(template, features)));
    expect([...applied].sort()).toEqual([...rules].sort());
  });

  it('leaves alone what the server understands', () => {
    const { template } = FOREIGN_TEMPLATES['objects'] as { readonly template: JsonObject };
    expect(translateTemplate(template, NOTHING)).toEqual({ template, applied: [], refused: [] });
  });

  it('takes flat_object for flattened, and says what that loses', () => {
    const field = { type: 'flattened', depth_limit: 5 };
    const { template, applied } = translateTemplate({ template: { mappings: { properties: { a: { properties: { labels: field } } } } } }, OPENSEARCH);
    expect(template).toEqual({ template: { mappings: { properties: { a: { properties: { labels: { type: 'flat_object' } } } } } } });
    expect(applied).toEqual([{ rule: 'flattened-to-flat_object', path: 'template.mappings.properties.a.properties.labels', why: 'flat_object is what OpenSearch calls it; without depth_limit' }]);
  });

  it('never leaves out a field that is called like a parameter', () => {
    const template = { template: { mappings: { properties: { type: { type: 'keyword' }, runtime: { type: 'keyword' }, _all: { type: 'keyword' }, synthetic_source_keep: { type: 'keyword' }, subobjects: { properties: { include_in_all: { type: 'date' } } } } } } };
    expect(translateTemplate(template, ALL)).toEqual({ template, applied: [], refused: [] });
  });

  it.each(['dense_vector', 'knn_vector', 'sparse_vector', 'semantic_text', 'geo_shape', 'murmur3'])('refuses %s, which nothing stands for', (type) => {
    const { refused } = translateTemplate({ template: { mappings: { properties: { f: { type } } } } }, ALL);
    expect(refused).toEqual([{ path: 'template.mappings.properties.f', why: expect.stringContaining(`no type ${type}, and none that holds`) as string }]);
  });

  it('refuses an object as a multi-field, and runtime fields where there are no derived ones', () => {
    const subfield = { template: { mappings: { properties: { f: { type: 'keyword', fields: { all: { type: 'flattened' } } } } } } };
    expect(translateTemplate(subfield, ALL).refused).toHaveLength(1);
    expect(translateTemplate({ template: { mappings: { runtime: { day: { type: 'keyword', script: {} } } } } }, ALL).refused).toHaveLength(1);
    expect(translateTemplate({ template: { mappings: { runtime: { day: { type: 'keyword' } } } } }, OPENSEARCH).refused).toHaveLength(1);
  });

  it('renames settings where the server has them under another name', () => {
    const settings = { lifecycle: { rollover_alias: 'logs' }, refresh_interval: '5s' };
    const { template } = translateTemplate({ template: { settings } }, { lacks: ['setting:lifecycle.name'] });
    expect(template['template']).toEqual({ settings: { 'index.plugins.index_state_management.rollover_alias': 'logs', 'index.refresh_interval': '5s' } });
  });

  it('keeps what a template of old types says', () => {
    const { template, refused } = translateTemplate((FOREIGN_TEMPLATES['a legacy template of Elasticsearch 2'] as { readonly template: JsonObject }).template, ALL);
    expect(refused).toEqual([]);
    expect(template['mappings']).toEqual({
      dynamic_templates: [{ strings: { match: '*', match_mapping_type: 'string', mapping: { type: 'text', norms: false } } }],
      properties: {
        at: { type: 'date' },
        line: { type: 'text', norms: false, position_increment_gap: 100 },
        code: { type: 'keyword' },
        place: { type: 'geo_point' },
        bytes: { type: 'long', index: false },
      },
    });
  });

  it('makes one regular expression of many patterns, and one template for each kind that is not left out', () => {
    const { template } = translateTemplate((FOREIGN_TEMPLATES['lists of patterns'] as { readonly template: JsonObject }).template, ALL);
    const templates = ((template['template'] as JsonObject)['mappings'] as JsonObject)['dynamic_templates'] as readonly JsonObject[];
    expect(templates.map((each) => Object.keys(each)[0])).toEqual(['ids_string', 'ids_long', 'ids_double', 'ids_boolean', 'ids_date', 'ids_binary', 'words']);
    expect(templates[0]).toEqual({ ids_string: { match_pattern: 'regex', path_match: String.raw`.*\.id|trace\.id`, path_unmatch: String.raw`raw\..*`, match_mapping_type: 'string', mapping: { type: 'keyword' } } });
    expect(templates.at(-1)).toEqual({ words: { match_pattern: 'regex', match: 'message|.*_text', match_mapping_type: 'string', mapping: { type: 'text' } } });
  });

  it('renames the parts of analysers, but not what the template calls so itself', () => {
    const settings = { analysis: { filter: { standard: { type: 'stop' }, grams: { type: 'nGram', min_gram: 1, max_gram: 2 } }, analyzer: { a: { tokenizer: 'edgeNGram', filter: ['standard', 'grams'] } } } };
    const { template } = translateTemplate({ template: { settings } }, ALL);
    expect((template['template'] as JsonObject)['settings']).toEqual({
      'index.analysis.filter.standard.type': 'stop',
      'index.analysis.filter.grams.type': 'ngram',
      'index.analysis.filter.grams.min_gram': '1',
      'index.analysis.filter.grams.max_gram': '2',
      'index.analysis.analyzer.a.tokenizer': 'edge_ngram',
      'index.analysis.analyzer.a.filter': ['standard', 'grams'],
    });
  });

  it('takes the text of a number for the number', () => {
    expect(translateTemplate({ index_patterns: 'a-*', priority: '12', version: 3, composed_of: 'base', template: {} }, NOTHING)).toMatchObject({
      template: { index_patterns: ['a-*'], priority: 12, version: 3, composed_of: ['base'] },
      applied: [{ rule: 'text-to-number', path: 'priority' }],
    });
    expect(translateTemplate({ index_patterns: ['a-*'], order: '7', settings: {} }, NOTHING).template).toEqual({ index_patterns: ['a-*'], order: 7, settings: {} });
  });

  it('takes the next compression that the server has', () => {
    const settingsOf = (codec: string, lacks: readonly string[]) => (translateTemplate({ template: { settings: { codec } } }, { lacks }).template['template'] as JsonObject)['settings'];
    expect(settingsOf('zstd', ['setting:codec=zstd'])).toEqual({ 'index.codec': 'best_compression' });
    expect(settingsOf('lz4', ['setting:codec=lz4'])).toEqual({ 'index.codec': 'default' });
    expect(settingsOf('zlib', ['setting:codec=zstd'])).toEqual({ codec: 'zlib' });
  });

  it('gives a data stream its time field where there are none', () => {
    const { template } = translateTemplate({ index_patterns: ['a-*'], data_stream: { timestamp_field: { name: 'at' } } }, ALL);
    expect(template).toEqual({ index_patterns: ['a-*'], template: { mappings: { properties: { at: { type: 'date' } } } } });
  });
});

describe('legacy templates', () => {
  it('are told apart by their form', () => {
    expect(isLegacy({ index_patterns: ['a'], mappings: {} })).toBe(true);
    expect(isLegacy({ template: 'a-*' })).toBe(true);
    expect(isLegacy({ index_patterns: ['a'], template: { mappings: {} } })).toBe(false);
  });

  it('become composable ones', () => {
    expect(composableOf({ template: 'a-*', order: 3, version: 2, settings: { number_of_shards: 1 }, mappings: {} })).toEqual({
      index_patterns: ['a-*'],
      priority: 3,
      template: { settings: { number_of_shards: 1 }, mappings: {} },
      version: 2,
    });
  });
});
