import { date, defineFields } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { count } from './aggregations/metricBuilders.ts';
import { dateHistogram } from './aggregations/histograms.ts';
import { bundle } from './bundle.ts';
import { checkSavedObjects } from './check/checkSavedObjects.ts';
import { convertSavedObjects } from './convert/convertSavedObjects.ts';
import { dataView } from './dataView.ts';
import { decompileSavedObjects } from './decompile/decompileSavedObjects.ts';
import { diffSavedObjects } from './diff/diffSavedObjects.ts';
import { line } from './kinds/xy.ts';
import { toNdjson } from './ndjson.ts';
import { TARGETS } from './products/targets.ts';
import { readSavedObjects } from './read/readSavedObjects.ts';
import type { JsonObject, StoredObject } from './read/storedObject.ts';
import type { Definition } from './savedObject.ts';

const object = (attributes: JsonObject): StoredObject => ({ type: 'query', id: 'q', attributes, references: [], rest: { coreMigrationVersion: '8.8.0', typeMigrationVersion: '10.2.0' } });

describe('an export file', () => {
  it.each(Object.keys(TARGETS) as (keyof typeof TARGETS)[])('for %s carries every member along, and reads back the same', (target) => {
    const objects = [object({ title: 'Q' }), { ...object({ title: 'ü ☂ \u2028' }), id: 'r', references: [{ name: 'a', type: 'index-pattern', id: 'p' }] }];
    const text = toNdjson({ objects }, { target });
    expect(readSavedObjects(text).objects.map((each) => each.object)).toEqual(objects);
    expect(text.split('\n')).toHaveLength(4);
  });

  it('of attributes within themselves is an error that names the object', () => {
    const attributes: Record<string, JsonObject> = {};
    attributes['self'] = attributes;
    expect(() => toNdjson({ objects: [object({ title: 'Q' }), object(attributes)] }, { target: 'kibana@8' })).toThrow(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID', message: expect.stringContaining('query "q" cannot be written as JSON') as string }));
  });
});

it('definitions that use each other are collected once, and without end in sight', () => {
  const uses: Definition[] = [];
  const one: Definition = { object: { type: 'index-pattern', id: 'p', attributes: { title: 'p' }, references: [], migrationVersion: {} }, uses };
  uses.push({ ...one, uses: [one] }, one);
  expect(bundle(one).objects).toHaveLength(1);
});

it('objects that no builder made keep all their members, frozen or not', () => {
  const line = { type: 'search', id: 's', attributes: { title: 'S' }, references: [], updated_at: '2026-11-23T00:00:00.000Z' } as never;
  for (const object of [line, Object.freeze({ ...(line as object) }) as never]) {
    expect(JSON.parse(toNdjson({ objects: [object] }, { target: 'opensearch-dashboards@2' }).split('\n')[0] ?? '')).toEqual(line);
  }
});

it('says of each object what it refers to', () => {
  const other = dataView('other-*', { fields: defineFields({ '@timestamp': date() }) });
  const chart = (id: string, view: typeof other) => line(id, id, view, { x: dateHistogram('@timestamp'), y: count() });
  const one = dataView('one-*', { fields: defineFields({ '@timestamp': date() }) });
  const lines = toNdjson(bundle(chart('a', one), chart('b', one), chart('c', other), chart('d', one)), { target: 'opensearch-dashboards@2' }).split('\n');
  const read = lines.slice(0, -2).map((text) => JSON.parse(text) as { id: string; references: { id: string }[] });
  expect(read.map(({ id, references }) => [id, references.map((each) => each.id)])).toEqual([['one-*', []], ['other-*', []], ['a', ['one-*']], ['b', ['one-*']], ['c', ['other-*']], ['d', ['one-*']]]);
});

it('what builders made can be checked, converted, compared and decompiled as it is', () => {
  const view = dataView('one-*', { fields: defineFields({ '@timestamp': date() }) });
  const { objects } = bundle(line('a', 'A', view, { x: dateHistogram('@timestamp'), y: count() }));
  expect(checkSavedObjects(objects, { target: 'kibana@8' })).toEqual([]);
  expect(convertSavedObjects(objects, { to: 'kibana@8' }).objects.map(({ id }) => id)).toEqual(['one-*', 'a']);
  expect(diffSavedObjects(objects, readSavedObjects(toNdjson({ objects }, { target: 'kibana@8' })).objects.map(({ object: each }) => each))).toEqual([]);
  expect(decompileSavedObjects(objects).raw).toEqual([]);
});
