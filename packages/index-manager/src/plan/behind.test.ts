import { describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import type { IndexSetupInput, JsonObject } from '../model.ts';
import { behindTemplate, differencesOf, takesInPlace } from './behind.ts';
import { observing } from './fixtures/observing.ts';
import { fingerprint } from './fingerprint.ts';
import { markTemplate } from './ownership.ts';
import { planIndices } from './plan.ts';
import { resolveTemplate } from './resolve.ts';

const input: IndexSetupInput = {
  componentTemplates: {
    base: { template: { settings: { refresh_interval: '1s', number_of_shards: 1 }, mappings: { dynamic: 'strict', properties: { a: { type: 'text', norms: true }, o: { properties: { x: { type: 'long' } } } } } } },
    more: { template: { settings: { index: { refresh_interval: '5s' } }, mappings: { properties: { a: { type: 'keyword' }, 'o.y': { type: 'long' } } } } },
  },
  indexTemplates: { web: { index_patterns: ['web-*'], composed_of: ['base', 'more'], data_stream: {}, template: { mappings: { properties: { b: { type: 'keyword', ignore_above: 9 } } } } } },
  dataStreams: ['web-shop'],
};
const setup = defineIndexSetup(input);
const resolved = resolveTemplate(setup, 'web-shop');
if (resolved === undefined) throw new Error('the template holds for the stream');

/** What a server makes of the template. */
const mappings: JsonObject = {
  dynamic: 'strict',
  _data_stream_timestamp: { enabled: true },
  properties: { '@timestamp': { type: 'date' }, a: { type: 'keyword' }, o: { properties: { x: { type: 'long' }, y: { type: 'long' } } }, b: { type: 'keyword', ignore_above: 9 } },
};
const settings: JsonObject = { 'index.refresh_interval': '5s', 'index.number_of_shards': '1', 'index.uuid': 'u', 'index.number_of_replicas': '3' };
const with_ = (properties: JsonObject): JsonObject => ({ ...mappings, properties: { ...(mappings['properties'] as JsonObject), ...properties } });

describe('resolveTemplate', () => {
  it('lets later component templates win field by field, and the template last', () => {
    expect(resolved.settings).toEqual({ 'index.refresh_interval': '5s', 'index.number_of_shards': '1' });
    expect(resolved.mapping['properties']).toEqual({ a: { type: 'keyword' }, o: { properties: { x: { type: 'long' }, y: { type: 'long' } } }, b: { type: 'keyword', ignore_above: '9' } });
    expect(resolved.mappingBody['properties']).toMatchObject({ b: { type: 'keyword', ignore_above: 9 } });
  });
});

describe('behindTemplate', () => {
  const look = (mapping: JsonObject, own: JsonObject = settings) => {
    const behind = behindTemplate({ mappings: mapping, settings: own }, resolved);
    return { found: differencesOf([...behind.mapping, ...behind.settings]).map(({ path }) => path), inPlace: takesInPlace(behind) };
  };

  it('finds nothing where the server made the index from the template', () => {
    expect(look(mappings).found).toEqual([]);
    expect(look(with_({ fromDocuments: { type: 'text' } })).found).toEqual([]);
    const dated = { ...resolved, mapping: { ...resolved.mapping, properties: { '@timestamp': { type: 'date', format: 'strict_date_optional_time||epoch_millis' } } } };
    expect(behindTemplate({ mappings, settings }, dated).mapping).toEqual([]);
  });

  it.each([
    ['a new field', { ...mappings, properties: { a: { type: 'keyword' }, o: (mappings['properties'] as JsonObject)['o'] } }, settings, 'b', true],
    ['another limit', with_({ b: { type: 'keyword', ignore_above: 8 } }), settings, 'b.ignore_above', true],
    ['another type', with_({ a: { type: 'text' } }), settings, 'a.type', false],
    ['a setting of an open index', mappings, { ...settings, 'index.refresh_interval': '1s' }, 'index.refresh_interval', true],
    ['a setting of a new index', mappings, { ...settings, 'index.number_of_shards': '2' }, 'index.number_of_shards', false],
  ])('knows %s', (_, mapping, own, path, inPlace) => {
    expect(look(mapping as JsonObject, own)).toEqual({ found: [path], inPlace });
  });
});

describe('a stream that is behind', () => {
  const observed = (mapping: JsonObject, ledger = '') =>
    observing({
      componentTemplates: { base: markTemplate(setup.componentTemplates['base'] ?? { template: {} }), more: markTemplate(setup.componentTemplates['more'] ?? { template: {} }) },
      indexTemplates: { web: markTemplate(setup.indexTemplates['web'] ?? { index_patterns: [] }) },
      dataStreams: { 'web-shop': { template: 'web', indices: ['.ds-1', '.ds-2'], writeIndex: '.ds-2' } },
      indices: { '.ds-1': { mappings: with_({ a: { type: 'text' } }), settings }, '.ds-2': { mappings: mapping, settings } },
      ledger: { resources: {}, streams: ledger === '' ? {} : { 'web-shop': ledger } },
    });
  const changes = (mapping: JsonObject, behind: 'name' | 'catch-up' | 'rewrite', ledger?: string) =>
    planIndices(observed(mapping, ledger), setup, { behind }).changes.filter(({ kind }) => kind === 'data-stream').map(({ action, touches }) => `${action} ${touches.join()}`);

  it('is named, changed in place or rolled over, and its past is named for a reindex', () => {
    const narrower = with_({ b: { type: 'keyword' } });
    const other = with_({ a: { type: 'text' } });
    expect(changes(mappings, 'catch-up')).toEqual(['none ']);
    expect(changes(narrower, 'name')).toEqual(['none .ds-2']);
    expect(changes(narrower, 'catch-up')).toEqual(['put-mapping .ds-2']);
    expect(changes(other, 'catch-up')).toEqual(['rollover .ds-2']);
    expect(changes(other, 'rewrite')).toEqual(['rollover .ds-2', 'reindex .ds-1', 'reindex .ds-2']);
    expect(changes(mappings, 'rewrite')).toEqual(['reindex .ds-1']);
  });

  it('is not named for a reindex that the server can not make, which the plan says', () => {
    const seen = observed(mappings);
    const plan = planIndices({ ...seen, capabilities: { ...seen.capabilities, modifyDataStream: false } }, setup, { behind: 'rewrite' });
    expect(plan.changes.filter(({ action }) => action !== 'none')).toEqual([]);
    expect(plan.notes).toEqual([expect.stringContaining("data stream web-shop: .ds-1 can't be rewritten")]);
  });

  it('says which change of an open index can not be taken back', () => {
    const edited = defineIndexSetup({ ...input, componentTemplates: { ...input.componentTemplates, more: { template: { mappings: { properties: { a: { type: 'text', norms: false } } } } } } });
    const plan = planIndices(observed(with_({ a: { type: 'text' } })), edited);
    expect(plan.changes.at(-1)).toMatchObject({
      action: 'put-mapping',
      risk: 'careful',
      reason: expect.stringContaining('one-way: a.norms (norms can go this way, and never back without a reindex)') as unknown,
      desired: { index: '.ds-2', mappings: { properties: { a: { type: 'text', norms: false } } } },
    });
    expect(plan.changes.at(-1)?.differences?.find(({ path }) => path === 'a.norms')?.note).toMatch(/^one-way: /u);
  });

  it('is left alone once the ledger says that it agreed with its template', () => {
    const agreed = fingerprint({ settings: resolved.settings, mapping: resolved.mapping });
    expect(changes(with_({ a: { type: 'text' } }), 'catch-up', agreed)).toEqual(['none ']);
    expect(changes(with_({ a: { type: 'text' } }), 'catch-up', 'another')).toEqual(['rollover .ds-2']);
  });
});
