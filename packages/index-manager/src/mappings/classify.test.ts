import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { classifyMappingChange, worstClass } from './classify.ts';
import { classifySettingChange, settingFacts } from './classify-settings.ts';
import { SETTING_TRIALS } from './fixtures/setting-trials.ts';
import { mappingOfTrial, TRIALS } from './fixtures/trials.ts';
import { MAPPING_PARAMETERS } from './parameters.ts';
import { INDEX_SETTINGS } from './setting-table.ts';

const field = (f: JsonObject): JsonObject => ({ properties: { f } });
const brief = (before: JsonObject, after: JsonObject): readonly string[] => classifyMappingChange(before, after).map((change) => `${change.path} ${change.parameter} ${change.class}`);

describe('the tables', () => {
  it('have a trial for every row, and no row twice', () => {
    const rows = MAPPING_PARAMETERS.map((row) => `${row.type}.${row.parameter}`).sort();
    const tried = new Set(TRIALS.map((trial) => `${trial.type}.${trial.parameter}`));
    expect(new Set(rows).size).toBe(rows.length);
    // Both are wherever an analyzer is.
    expect(rows.filter((row) => !tried.has(row))).toEqual(['match_only_text.search_quote_analyzer']);
    expect([...tried].filter((each) => !rows.includes(each))).toEqual([]);
    expect(INDEX_SETTINGS.map(({ setting }) => setting).sort()).toEqual(Object.keys(SETTING_TRIALS).sort());
  });

  it('are tried with values that differ', () => {
    for (const trial of TRIALS) expect(brief(mappingOfTrial(trial, trial.one), mappingOfTrial(trial, trial.other)), `${trial.type}.${trial.parameter}`).not.toEqual([]);
  });
});

describe('classifyMappingChange', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['dots and nesting', { properties: { 'a.b': { type: 'keyword' } } }, { properties: { a: { type: 'object', properties: { b: { type: 'keyword' } } } } }],
    ['defaults', field({ type: 'keyword', doc_values: true, index: 'true', boost: 1 }), field({ type: 'keyword' })],
    ['one target of copy_to', field({ type: 'keyword', copy_to: 'all' }), field({ type: 'keyword', copy_to: ['all'] })],
    ['a search analyzer that is the analyzer', field({ type: 'text', analyzer: 'simple', search_analyzer: 'simple' }), field({ type: 'text', analyzer: 'simple' })],
    ['what prefixes have that says nothing', field({ type: 'text', index_prefixes: {} }), field({ type: 'text', index_prefixes: { min_chars: 2, max_chars: '5' } })],
    ['the format and the locale of dates', field({ type: 'date', format: 'strict_date_optional_time||epoch_millis', locale: 'ROOT' }), field({ type: 'date' })],
    ['an inherited dynamic', { dynamic: 'strict', properties: { f: { dynamic: 'strict', properties: {} } } }, { dynamic: 'strict', properties: { f: { properties: {} } } }],
    ['a wrapper of a type', { _doc: field({ type: 'date' }) }, field({ type: 'date' })],
  ])('finds no change in %s', (_, one, other) => {
    expect(brief(one, other)).toEqual([]);
    expect(brief(other, one)).toEqual([]);
  });

  it('names the field, the parameter and the class', () => {
    const before = { properties: { message: { type: 'text', norms: true, fields: { keyword: { type: 'keyword', ignore_above: 256 } } }, status: { type: 'integer' }, gone: { type: 'ip' } } };
    const after = {
      properties: {
        message: { type: 'text', norms: false, analyzer: 'simple', fields: { keyword: { type: 'keyword', ignore_above: 512 }, raw: { type: 'wildcard' } } },
        status: { type: 'short' },
        url: { properties: { path: { type: 'keyword' } } },
      },
    };
    expect(brief(before, after)).toEqual([
      'gone properties reindex',
      'message analyzer reindex',
      'message.keyword ignore_above free',
      'message.raw fields free',
      'message norms one-way',
      'status type reindex',
      'url properties free',
    ]);
    expect(worstClass(classifyMappingChange(before, after))).toBe('reindex');
  });

  it('says what must be sent where leaving out keeps the old value', () => {
    const sent = (before: JsonObject, after: JsonObject) => classifyMappingChange(before, after).map(({ send }) => send);
    expect(sent({ date_detection: false }, {})).toEqual(['true']);
    expect(sent({ dynamic_templates: [{ a: { match: 'x', mapping: {} } }] }, {})).toEqual([[]]);
    expect(sent({ dynamic: 'strict', properties: { f: { dynamic: false, properties: {} } } }, { dynamic: 'strict', properties: { f: { properties: {} } } })).toEqual(['strict']);
    expect(sent(field({ type: 'keyword', ignore_above: 5 }), field({ type: 'keyword' }))).toEqual([undefined]);
  });

  it('takes what it does not know for what needs a reindex', () => {
    expect(brief(field({ type: 'knn_vector', dimension: 3 }), field({ type: 'knn_vector', dimension: 4 }))).toEqual(['f dimension reindex']);
  });

  it.each<[JsonObject, JsonObject, string]>([
    [{ _source: { enabled: false } }, {}, 'impossible'],
    [{}, { _source: { enabled: false } }, 'reindex'],
    [{ _source: { excludes: ['a', 'b'] } }, { _source: { excludes: ['a'] } }, 'impossible'],
    [{ _source: { excludes: ['a'] } }, { _source: { excludes: ['a', 'b'] } }, 'reindex'],
    [{ _source: { includes: ['a'] } }, {}, 'impossible'],
    [{ _routing: { required: true } }, {}, 'reindex'],
  ])('knows what %j → %j takes', (before, after, expected) => {
    expect(worstClass(classifyMappingChange(before, after))).toBe(expected);
  });

  it('keeps fields with the names of members of every object apart', () => {
    const odd = JSON.parse('{"properties":{"__proto__":{"type":"keyword"},"constructor":{"type":"keyword"}}}') as JsonObject;
    expect(brief({}, odd)).toEqual(['__proto__ properties free', 'constructor properties free']);
    expect(brief(odd, odd)).toEqual([]);
  });
});

describe('classifySettingChange', () => {
  it('compares by meaning and names the class', () => {
    expect(classifySettingChange({ index: { number_of_replicas: 1 } }, { 'index.number_of_replicas': '1' })).toEqual([]);
    const changes = classifySettingChange({ number_of_shards: 1, refresh_interval: '1s' }, { number_of_shards: 2, codec: 'best_compression', 'plugin.unheard': 1 });
    expect(changes.map((change) => `${change.setting} ${change.class}`)).toEqual(['index.codec close', 'index.number_of_shards reindex', 'index.plugin.unheard reindex', 'index.refresh_interval free']);
  });

  it('finds the nearest row', () => {
    expect(settingFacts('index.search.slowlog.threshold.fetch.warn')?.class).toBe('free');
    expect(settingFacts('analysis.filter.mine.type')?.class).toBe('close');
    expect(settingFacts('unheard')).toBeUndefined();
  });
});
