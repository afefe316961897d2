import { describe, expect, it } from 'vitest';
import { fieldsOf, mappingOf } from '../index.ts';
import { everyKind, flatRoot } from './liveMapping.fixture.ts';

describe('fieldsOf', () => {
  const { fields, root, notes } = fieldsOf(everyKind);

  it('gives a mapping back as it was', () => {
    expect(mappingOf(fields, { root })).toEqual(everyKind);
  });

  it('lists fields by their dotted names, objects only where they say something', () => {
    expect(Object.keys(fields)).toContain('http.response.status_code');
    expect(Object.keys(fields)).not.toContain('http');
    expect(fields['labels']).toMatchObject({ type: 'object', parameters: { dynamic: 'true' } });
    expect(fields['answers']?.type).toBe('nested');
    expect(fields['answers.name']?.type).toBe('keyword');
    expect(fields['embedding']).toMatchObject({ type: 'other', parameters: { type: 'some_plugin_type', model: { id: 'm', layers: [1, 2] } } });
  });

  it('says what is special', () => {
    expect(notes).toEqual([
      { kind: 'multi-fields', name: 'message', detail: 'keyword, shingles' },
      { kind: 'alias', name: 'status', detail: 'http.response.status_code' },
      { kind: 'alias', name: 'exact', detail: 'message.keyword' },
      { kind: 'alias-broken', name: 'lost', detail: 'not.there' },
      { kind: 'unknown-type', name: 'embedding', detail: 'some_plugin_type' },
      { kind: 'flat-object', name: 'metrics', detail: 'time, time.max' },
      { kind: 'nested-multi-field', name: 'chained.a', detail: 'keyword' },
      { kind: 'multi-fields', name: 'chained', detail: 'a' },
      { kind: 'unknown-type', name: 'halved', detail: 'scaled_float without scaling_factor' },
      { kind: 'alias-broken', name: 'every.of_alias', detail: 'of_keyword' },
      { kind: 'dynamic-template', name: 'strings', detail: '' },
      { kind: 'computed-field', name: 'hour', detail: 'long' },
    ]);
  });

  it('reads a dotted name as the object that it means', () => {
    const dotted = fieldsOf({ properties: { a: { properties: { 'b.c': { type: 'ip' } } }, 'a.b': { properties: { d: { type: 'long' } } } } });
    expect(dotted.notes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['dotted-name a.b.c', 'dotted-name a.b']);
    expect(mappingOf(dotted.fields, { root: dotted.root })).toEqual({ properties: { a: { properties: { b: { properties: { c: { type: 'ip' }, d: { type: 'long' } } } } } } });
  });

  it('keeps dotted names where the mapping does', () => {
    const flat = { subobjects: false, properties: { 'a.b': { type: 'ip' }, 'a.c': { type: 'long' } } };
    const read = fieldsOf(flat);
    expect(read.notes).toEqual([]);
    expect(mappingOf(read.fields, { root: read.root })).toEqual(flat);
  });

  it('carries fields below fields where the mapping keeps dotted names', () => {
    const read = fieldsOf({ ...flatRoot, properties: { ...flatRoot.properties, peak: { type: 'alias', path: 'time.max' } } });
    expect(Object.keys(read.fields)).toEqual(['time', 'other.name', 'peak']);
    expect(read.notes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['alias peak', 'flat-object time.max', 'flat-object time.max.at']);
    expect(mappingOf(read.fields, { root: read.root })).toEqual({ ...flatRoot, properties: { ...flatRoot.properties, peak: { type: 'alias', path: 'time.max' } } });
  });

  it('reads a mapping below _doc', () => {
    expect(fieldsOf({ _doc: { dynamic: 'false', properties: { a: { type: 'ip' } } } })).toEqual(fieldsOf({ dynamic: 'false', properties: { a: { type: 'ip' } } }));
  });

  it.each([
    ['no object', 7, /its top: it is no object/],
    ['the answer for whole indices', { 'apache-1': { mappings: { properties: {} } } }, /whole indices/],
    ['the body of an index', { settings: {}, mappings: { properties: { a: { type: 'ip' } } } }, /under `mappings`/],
    ['properties that are a list', { properties: [] }, /`properties` is no object/],
    ['a property that is a text', { properties: { a: { properties: { b: 'keyword' } } } }, /"a\.b": the property is no object/],
    ['a type that is no text', { properties: { a: { type: 1 } } }, /"a": `type` is no text/],
    ['multi-fields that are a list', { properties: { a: { type: 'text', fields: [] } } }, /"a": `fields` is no object/],
    ['a multi-field without a type', { properties: { a: { type: 'text', fields: { b: {} } } } }, /"a\.b": the multi-field has no type/],
    ['a field twice', { properties: { 'a.b': { type: 'ip' }, a: { properties: { b: { type: 'ip' } } } } }, /"a\.b": the field is there twice/],
    ['a field below a keyword', { properties: { a: { type: 'keyword' }, 'a.b': { type: 'ip' } } }, /cannot stand beside/],
  ])('refuses %s', (_, mapping, message) => {
    expect(() => fieldsOf(mapping)).toThrow(message);
  });

  it('refuses what is deeper than any server allows, and does not fall over it', () => {
    const deep = JSON.parse(`${'{"properties":{"a":'.repeat(2_000)}{"type":"ip"}${'}}'.repeat(2_000)}`) as unknown;
    expect(() => fieldsOf(deep)).toThrow(/deeper than 200/);
  });
});
