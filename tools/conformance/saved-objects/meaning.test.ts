import { expect, it } from 'vitest';
import type { StoredObject } from '../../../packages/saved-objects/src/index.ts';
import { meansTheSame } from './meaning.ts';
import { mutated } from './mutation.ts';

const object: StoredObject = {
  type: 'visualization',
  id: 'v',
  attributes: { title: 'V', version: 1, visState: JSON.stringify({ type: 'vega', params: { spec: '{a: 1, b: ["x", "y"]}' }, aggs: [] }), kibanaSavedObjectMeta: { searchSourceJSON: '{"query":{"query":"","language":"kuery"}}' } },
  references: [{ name: 'n', type: 'search', id: 's' }],
  migrationVersion: { visualization: '7.10.0' },
  rest: { updated_at: '2026-01-01' },
};

const withAttributes = (attributes: StoredObject['attributes']): StoredObject => ({ ...object, attributes: { ...object.attributes, ...attributes } });

it('compares what texts hold, not how they are written, and nothing that servers write', () => {
  expect(meansTheSame(object, { ...object, rest: {} })).toBe(true);
  expect(meansTheSame(object, withAttributes({ visState: JSON.stringify({ aggs: [], params: { spec: '{"b": ["x", "y"], /* why */ "a": 1}' }, type: 'vega' }) }))).toBe(true);
  expect(meansTheSame(object, withAttributes({ visState: JSON.stringify({ type: 'vega', params: { spec: '{a: 1, b: ["y", "x"]}' }, aggs: [] }) }))).toBe(false);
  expect(meansTheSame(withAttributes({ version: 0 }), withAttributes({ version: -0 }))).toBe(true);
  expect(meansTheSame(object, withAttributes({ description: '' }))).toBe(false);
  expect(meansTheSame(object, { ...object, rest: { col: 1 } })).toBe(false);
  expect(meansTheSame(object, { ...object, references: [] })).toBe(false);
  expect(meansTheSame(object, { ...object, migrationVersion: {} })).toBe(false);
});

it('notices any leaf that is changed', () => {
  for (let seed = 0; seed < 12; seed += 1) expect(meansTheSame(object, mutated(object, seed) ?? object)).toBe(false);
  expect(mutated({ ...object, attributes: {}, references: [] }, 1)).toBeUndefined();
});
