import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkSavedObjects } from '../check/checkSavedObjects.ts';
import { convertSavedObjects } from '../convert/convertSavedObjects.ts';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { readSavedObjects } from './readSavedObjects.ts';
import type { StoredObject } from './storedObject.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const inner = fc.jsonValue({ maxDepth: 4 });
/** Objects with plausible members, and anything in them. */
const object = fc.record(
  {
    type: fc.constantFrom('visualization', 'dashboard', 'search', 'index-pattern', 'lens', '__proto__'),
    id: text,
    attributes: fc.record(
      {
        title: text,
        visState: fc.oneof(inner.map((value) => JSON.stringify(value)), inner, fc.record({ type: fc.constantFrom('pie', 'table', 'metrics', 'vega', 'input_control_vis'), params: inner, aggs: fc.array(fc.oneof(inner, fc.record({ type: fc.constantFrom('terms', 'filters', 'date_histogram'), schema: text, params: inner }))) }).map((value) => JSON.stringify(value))),
        panelsJSON: fc.oneof(inner, fc.array(fc.oneof(inner, fc.record({ row: fc.oneof(fc.integer(), inner), col: inner, panelIndex: inner, version: text }))).map((value) => JSON.stringify(value))),
        fields: inner.map((value) => JSON.stringify(value)),
        columns: inner,
        sort: inner,
        kibanaSavedObjectMeta: fc.oneof(inner, fc.record({ searchSourceJSON: fc.oneof(inner, fc.record({ index: inner, filter: inner, query: inner }).map((value) => JSON.stringify(value))) })),
      },
      { requiredKeys: [] },
    ),
    references: fc.oneof(inner, fc.array(fc.record({ name: text, type: text, id: text }))),
    migrationVersion: fc.oneof(inner, fc.record({ visualization: fc.constantFrom('6.0.0', '7.10.0', 'x') })),
  },
  { requiredKeys: ['type', 'attributes'] },
);

/** Everything that is done to what somebody gives. */
function useAll(given: string): void {
  const { objects, problems } = readSavedObjects(given, { file: 'given.ndjson' });
  for (const { place } of [...objects, ...problems]) expect(place.line).toBeGreaterThan(0);
  const migrated = objects.map((each) => ({ ...each, object: migrateSavedObject(each.object) }));
  for (const { object: one } of migrated) expect(migrateSavedObject(one)).toEqual(one);
  checkSavedObjects(migrated, { target: 'opensearch-dashboards@2' });
}

it('any JSON in the place of objects is read, migrated and checked without a throw', () => {
  fc.assert(fc.property(fc.array(fc.oneof(object, inner), { maxLength: 4 }), (objects) => useAll(objects.map((each) => JSON.stringify(each)).join('\n'))), { numRuns: 400 });
});

it('a text that is cut, or has anything put into it, never throws', () => {
  const lines = fc.array(object, { minLength: 1, maxLength: 3 }).map((objects) => objects.map((each) => JSON.stringify(each)).join('\n'));
  fc.assert(
    fc.property(lines, fc.nat(), fc.nat(), text, (whole, at, length, put) => {
      const from = at % (whole.length + 1);
      useAll(whole.slice(0, from));
      useAll(whole.slice(0, from) + put + whole.slice(from + (length % 20)));
    }),
    { numRuns: 300 },
  );
});

it('names what nothing carries as a whole, and reads what is beside it', () => {
  const of = (id: string, state: string): string => `{"type":"lens","id":"${id}","attributes":{"title":"T","state":${state}}}`;
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  const { objects, problems } = readSavedObjects([of('deep', deep), of('huge', '[1e400]'), of('good', `${'['.repeat(190)}${']'.repeat(190)}`)].join('\n'));
  expect(objects.map(({ object: { id } }) => id)).toEqual(['good']);
  expect(problems).toEqual([
    { place: { file: undefined, line: 1 }, what: 'lens deep holds more than 200 lists and objects within each other' },
    { place: { file: undefined, line: 2 }, what: 'lens huge holds a number beyond ±1.8e308, which becomes null where it is stored' },
  ]);
});

it('inner JSON that nothing carries stays as it is while its object is migrated, and is found', () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  const attributes = { title: 'D', visState: deep, uiStateJSON: deep, panelsJSON: `[${deep}]`, optionsJSON: '{"a":1e400}', kibanaSavedObjectMeta: { searchSourceJSON: deep } };
  const objects = ['visualization', 'dashboard'].map((type) => migrateSavedObject({ type, id: 'd', attributes, references: [], rest: {} }));
  for (const { attributes: after } of objects) expect(after).toEqual(attributes);
  const found = checkSavedObjects(objects.map((each) => ({ object: each, place: { file: undefined, line: 1 } })), { target: 'opensearch-dashboards@2' });
  expect(found.filter(({ rule }) => rule === 'bad-inner-json').map(({ path, what }) => [path, what])).toEqual(expect.arrayContaining([
    ['attributes.visState', 'attributes.visState holds more than 200 lists and objects within each other'],
    ['attributes.optionsJSON', 'attributes.optionsJSON holds a number beyond ±1.8e308, which becomes null where it is stored'],
  ]));
});

it('an object in the place of a text is no error, whatever its members are called', () => {
  const odd = { toString: 0, valueOf: 0 };
  const panelsJSON = JSON.stringify([{ panelIndex: odd, version: odd, panelRefName: 'panel_0', gridData: {} }, { panelIndex: odd, type: odd, embeddableConfig: {} }]);
  const visState = JSON.stringify({ type: odd, params: { index_pattern: odd, palette: { name: odd } }, aggs: [{ id: odd, type: odd, params: { orderBy: odd } }, { id: odd }] });
  for (const version of ['6.0.0', '7.10.0', '8.5.0']) {
    const objects = ['visualization', 'dashboard'].map((type): StoredObject => ({ type, id: 'o', attributes: { title: 'O', panelsJSON, visState, kibanaSavedObjectMeta: { searchSourceJSON: '{}' } }, references: [], migrationVersion: { [type]: version }, rest: {} }));
    expect(convertSavedObjects(objects, { to: 'opensearch-dashboards@2' }).objects).toHaveLength(2);
    expect(checkSavedObjects(objects.map((each) => ({ object: migrateSavedObject(each), place: { file: undefined, line: 1 } })), { target: 'opensearch-dashboards@2' })).not.toEqual([]);
  }
});
