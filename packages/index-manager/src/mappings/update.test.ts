import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { classifyMappingChange } from './classify.ts';
import { mappingUpdate } from './update.ts';

const update = (live: JsonObject, wanted: JsonObject): JsonObject => mappingUpdate(live, wanted, classifyMappingChange(live, wanted));

/** What a real server does with such requests, `npm run test:conformance` tries for every parameter. */
describe('mappingUpdate', () => {
  const live: JsonObject = {
    dynamic: 'strict',
    date_detection: false,
    properties: {
      at: { type: 'date' },
      message: { type: 'text', fields: { keyword: { type: 'keyword', ignore_above: 256 } } },
      host: { properties: { name: { type: 'keyword', ignore_above: 1 }, ip: { type: 'ip' } } },
      parts: { type: 'nested', include_in_root: true, properties: { a: { type: 'long' } } },
      path: { type: 'wildcard', doc_values: false, ignore_above: 9 },
    },
  };
  const properties = live['properties'] as JsonObject;
  const with_ = (over: JsonObject, root: JsonObject = {}): JsonObject => ({ ...live, ...root, properties: { ...properties, ...over } });

  it('says nothing where nothing changes, or a field is gone', () => {
    expect(update(live, live)).toEqual({});
    expect(update(live, { dynamic: 'strict', date_detection: false })).toEqual({});
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['a new field alone', with_({ later: { type: 'long' } }), { properties: { later: { type: 'long' } } }],
    ['a new field in an object', with_({ 'host.os.name': { type: 'keyword' } }), { properties: { host: { type: 'object', properties: { os: { properties: { name: { type: 'keyword' } } } } } } }],
    ['a new field in a nested one, which says what it is', with_({ parts: { type: 'nested', include_in_root: true, properties: { a: { type: 'long' }, b: { type: 'ip' } } } }), { properties: { parts: { type: 'nested', include_in_root: true, properties: { b: { type: 'ip' } } } } }],
    ['a changed field in whole, the others not', with_({ host: { properties: { name: { type: 'keyword', ignore_above: 2, doc_values: true }, ip: { type: 'ip' } } } }), { properties: { host: { type: 'object', properties: { name: { type: 'keyword', ignore_above: 2, doc_values: true } } } } }],
    ['a parameter that is left out by leaving it out', with_({ host: { properties: { name: { type: 'keyword' }, ip: { type: 'ip' } } } }), { properties: { host: { type: 'object', properties: { name: { type: 'keyword' } } } } }],
    ['an object without its fields', with_({ host: { dynamic: 'false', properties: (properties['host'] as JsonObject)['properties'] as JsonObject } }), { properties: { host: { type: 'object', dynamic: 'false' } } }],
    ['a new object without fields', with_({ none: { dynamic: false } }), { properties: { none: { type: 'object', dynamic: false } } }],
    ['a multi-field under its field', with_({ message: { type: 'text', norms: false, fields: { keyword: { type: 'keyword', ignore_above: 512 }, raw: { type: 'wildcard' } } } }), { properties: { message: { type: 'text', norms: false, fields: { keyword: { type: 'keyword', ignore_above: 512 }, raw: { type: 'wildcard' } } } } }],
    ['what differs from server to server as the index has it', with_({ path: { type: 'wildcard', ignore_above: 10 } }), { properties: { path: { type: 'wildcard', doc_values: false, ignore_above: 10 } } }],
    ['the mapping itself', with_({}, { dynamic: false }), { dynamic: false }],
  ])('says %s', (_, wanted, expected) => {
    expect(update(live, wanted)).toEqual(expected);
  });

  it('says the default where leaving a parameter out would keep the old value', () => {
    const { date_detection: _, ...without } = live;
    expect(update(live, without)).toEqual({ date_detection: 'true' });
    const strict = with_({ host: { dynamic: 'false', properties: properties['host'] as JsonObject } });
    expect(update(strict, with_({ host: { properties: properties['host'] as JsonObject } }))).toEqual({ properties: { host: { type: 'object', dynamic: 'strict' } } });
  });

  it('keeps fields with the names of members of every object apart', () => {
    const odd = JSON.parse('{"properties":{"__proto__":{"type":"keyword"},"constructor":{"properties":{"fields":{"type":"ip"}}}}}') as JsonObject;
    expect(JSON.stringify(update({}, odd))).toBe(JSON.stringify(odd));
  });
});
