import { expect, it } from 'vitest';
import type { StoredObject } from '../read/storedObject.ts';
import { diffSavedObjects, formatObjectDiffs } from './diffSavedObjects.ts';

const chart = (state: string, more: Partial<StoredObject> = {}): StoredObject => ({
  type: 'visualization', id: 'v', references: [{ name: 'a', type: 'search', id: '1' }, { name: 'b', type: 'search', id: '2' }], rest: {}, ...more,
  attributes: { title: 'V', visState: state, kibanaSavedObjectMeta: { searchSourceJSON: '{"filter":[]}' } },
});

it('finds no difference in spaces, the order of references, and what servers write', () => {
  const other = chart('{ "params": { "b": 1 }, "type": "pie" }', {
    references: [{ name: 'b', type: 'search', id: '2' }, { name: 'a', type: 'search', id: '1' }],
    rest: { updated_at: 'now', version: 'WzFd', namespaces: ['default'] },
  });
  expect(diffSavedObjects([chart('{"type":"pie","params":{"b":1}}')], [other])).toEqual([]);
  const pattern = (count: number): StoredObject => ({ type: 'index-pattern', id: 'p', references: [], rest: {}, attributes: { title: 'x', fields: JSON.stringify([{ name: 'a', count }]) } });
  expect(diffSavedObjects([pattern(0)], [pattern(7)])).toEqual([]);
});

it('says where two objects differ, inside their inner JSON, too', () => {
  const diffs = diffSavedObjects([chart('{"type":"pie","params":{"rows":[1,2]}}')], [chart('{"type":"pie","params":{"rows":[1]},"aggs":[]}', { references: [{ name: 'a', type: 'search', id: '9' }] })]);
  expect(diffs).toEqual([
    {
      type: 'visualization', id: 'v', change: 'changed',
      differences: [
        { path: 'attributes.visState.params.rows[1]', before: 2, after: undefined },
        { path: 'attributes.visState.aggs', before: undefined, after: [] },
        { path: 'references.a', before: 'search:1', after: 'search:9' },
        { path: 'references.b', before: 'search:2', after: undefined },
      ],
    },
  ]);
});

it('tells that one of two references of a name is gone', () => {
  const two = [{ name: 'a', type: 'search', id: '1' }, { name: 'a', type: 'search', id: '2' }];
  expect(diffSavedObjects([chart('{}', { references: two })], [chart('{}', { references: two.slice(1) })])).toMatchObject([{ differences: [{ path: 'references.a', before: 'search:1, search:2', after: 'search:2' }] }]);
});

it('names what is added and removed, and keeps text that is no JSON as it is', () => {
  const one = chart('{oops');
  expect(diffSavedObjects([one], [{ ...one, id: 'w' }])).toMatchObject([{ id: 'v', change: 'removed' }, { id: 'w', change: 'added' }]);
  expect(diffSavedObjects([one], [chart('{ooops')])).toMatchObject([{ differences: [{ path: 'attributes.visState', before: '{oops', after: '{ooops' }] }]);
});

it('reads like a diff', () => {
  const text = formatObjectDiffs(diffSavedObjects([chart('{"a":1}')], [chart(`{"a":"${'x'.repeat(200)}"}`), chart('{}', { id: 'n' })]));
  expect(text).toBe(`~ visualization v\n    attributes.visState.a: 1 → "${'x'.repeat(79)}…\n+ visualization n\n1 added, 1 changed, 0 removed.\n`);
  expect(formatObjectDiffs([])).toBe('No differences.\n');
});
