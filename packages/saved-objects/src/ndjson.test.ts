import { describe, expect, it } from 'vitest';
import { bundle } from './bundle.ts';
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
