import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as library from '../index.ts';
import { withoutServersOwn } from '../diff/serversOwn.ts';
import { Hjson } from '../hjson.ts';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import type { Json, JsonObject, StoredObject } from '../read/storedObject.ts';
import { decompileSavedObjects, type SourceFile } from './decompileSavedObjects.ts';

/** Runs the files as one, in which every constant has a name of its own. */
function evaluated(files: readonly SourceFile[]): readonly StoredObject[] {
  const bodies = files.map(({ text }) => text.slice(text.indexOf('\n\n')).replaceAll(/^export const (?=\w+ = (?:stored\w+\(|\{ ?$|\{ objects))/gm, 'const '));
  const imported = Object.entries(library).filter(([name]) => name === 'raw' || name.startsWith('stored'));
  const run = new Function(...imported.map(([name]) => name), `'use strict';${bodies.join('\n')}\nreturn savedObjects.objects;`) as (...names: readonly unknown[]) => readonly StoredObject[];
  return run(...imported.map(([, member]) => member));
}

/** What an object says, without what servers write. */
function meaning(object: StoredObject): unknown {
  const { type, id, attributes, references, migrationVersion = {}, rest } = withoutServersOwn(object);
  const inOrder = [...references].map((each) => JSON.stringify([each.name, each.type, each.id])).sort();
  return opened([type, id, attributes, inOrder, migrationVersion, rest]);
}

/** With the JSON inside of texts taken apart, at any depth and in any place; a specification in HJSON, too. */
function opened(value: unknown): unknown {
  if (typeof value === 'string') return /^\s*[[{]/u.test(value) ? openedText(value) : value;
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, opened(member)]));
}

function openedText(text: string): unknown {
  for (const parse of [JSON.parse, (each: string): unknown => Hjson.parse(each, { legacyRoot: false })]) {
    try {
      return opened(parse(text));
    } catch {
      // It is what the next one reads, or text.
    }
  }
  return text;
}

function comesThrough(text: string): void {
  const objects = readSavedObjects(text).objects.map(({ object }) => library.migrateSavedObject(object));
  const made = evaluated(decompileSavedObjects(objects).files);
  expect(made.map(meaning)).toEqual(objects.map(meaning));
}

/** Everything else that is done to what somebody gives. */
function useAll(text: string): void {
  const read = readSavedObjects(text).objects;
  const objects = read.map(({ object }) => object);
  const migrated = read.map((each) => ({ ...each, object: library.migrateSavedObject(each.object) }));
  for (const target of ['opensearch-dashboards@2', 'kibana@8'] as const) {
    library.checkSavedObjects(migrated, { target });
    const { objects: converted } = library.convertSavedObjects(objects, { to: target });
    expect(readSavedObjects(library.toNdjson({ objects: converted }, { target })).problems).toEqual([]);
  }
  library.diffSavedObjects(objects, migrated.map(({ object }) => object));
}

const HOSTILE = ['__proto__', 'constructor', 'toString', 'shows', 'view', 'raw', 'class', 'a\nb', '`${x}`', '\u2028', '*/', '\\', "'", '"', 'a/b:c', '日本', '😀', '404', '', ' ', '!', 'panel_0', 'savedObjects', 'data-views', 'index', '{', '{"a":1}', '[null]', '# c'];
const MEMBERS = ['type', 'id', 'params', 'aggs', 'schema', 'field', 'json', 'customMetric', 'orderAgg', 'spec', 'panelIndex', 'panelRefName', 'gridData', 'embeddableConfig', 'savedVis', 'filter', 'filters', 'meta', 'value', 'query', 'language', 'indexRefName', 'series', 'metrics', 'title', 'name', '$schema', 'data', 'searchSource', 'version', 'col', 'row', 'size_x', 'size_y'];
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('vega', 'metrics', 'histogram', 'table', 'markdown', 'terms', 'count', 'kuery'));
const name = fc.oneof(fc.constantFrom(...MEMBERS), fc.constantFrom(...HOSTILE), text);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(-0, 2 ** 60, 5e-324, 1e21));

/** Members in a list, so that `__proto__` is one like any other. */
const objectOf = <T>(members: fc.Arbitrary<readonly (readonly [string, T])[]>): fc.Arbitrary<Readonly<Record<string, T>>> => members.map((entries) => Object.fromEntries(entries) as Readonly<Record<string, T>>);
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.oneof(text, number, fc.boolean(), fc.constant(null)), fc.array(tie('value'), { maxLength: 4 }), objectOf(fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }))),
})).value;
/** JSON as text, or what stands in its place. */
const innerText = fc.oneof({ weight: 5, arbitrary: json.map((value) => JSON.stringify(value)) }, { weight: 1, arbitrary: json }, { weight: 1, arbitrary: fc.constantFrom('{"a": 1e400}', '[-0]', '{', 'null', '') });
const visState = fc.record({ title: text, type: fc.oneof(text, json), params: json, aggs: fc.array(json, { maxLength: 3 }) }, { requiredKeys: [] }).map((state) => JSON.stringify(state));
const vega = text.chain((spec) => fc.constant(JSON.stringify({ type: 'vega', params: { spec: `{${spec}}` } })));
const panels = fc.array(fc.oneof(json, objectOf(fc.array(fc.tuple(fc.constantFrom('shows', 'panelRefName', 'panelIndex', 'gridData', 'embeddableConfig', '__proto__'), fc.oneof(fc.constantFrom<Json>('panel_0', 'panel_1'), json)), { maxLength: 4 }))), { maxLength: 3 }).map((list) => JSON.stringify(list));
const attributes: fc.Arbitrary<JsonObject> = fc.record(
  {
    title: fc.oneof(text, json),
    visState: fc.oneof(visState, vega, innerText),
    uiStateJSON: innerText,
    panelsJSON: fc.oneof(panels, innerText),
    optionsJSON: innerText,
    fields: innerText,
    fieldFormatMap: innerText,
    columns: json,
    sort: json,
    filters: json,
    controlGroupInput: json,
    state: json,
    kibanaSavedObjectMeta: fc.oneof(fc.record({ searchSourceJSON: innerText }), json),
  },
  { requiredKeys: [] },
).chain((known) => fc.array(fc.tuple(name, json), { maxLength: 2 }).map((more): JsonObject => ({ ...known, ...Object.fromEntries(more) })));

const type = fc.oneof(fc.constantFrom('visualization', 'dashboard', 'search', 'index-pattern', 'query', 'url', 'config', 'lens', 'map'), text.filter((each) => each !== ''));
const id = text.filter((each) => each !== '');
const reference = fc.record({ name: fc.oneof(fc.constantFrom('panel_0', 'panel_1', 'kibanaSavedObjectMeta.searchSourceJSON.index'), text), type, id: fc.oneof(fc.constantFrom('0', '1', '2'), id) });
const versions = fc.oneof(fc.constant(undefined), fc.constant({ visualization: '7.10.0', dashboard: '7.9.3', search: '7.9.3', 'index-pattern': '7.6.0' }), objectOf(fc.array(fc.tuple(type, fc.constantFrom('6.0.0', '7.3.0', '8.0.0', 'x')), { maxLength: 2 })));
const rest = objectOf(fc.array(fc.tuple(fc.oneof(fc.constantFrom('typeMigrationVersion', 'col', 'row', '__proto__', 'extra'), name), json), { maxLength: 2 }));
const object = fc.record({ type, attributes, references: fc.array(reference, { maxLength: 3 }), migrationVersion: versions, rest });
const file = fc.array(object, { minLength: 1, maxLength: 3 }).map((objects) => objects.map(({ rest: more, ...each }, index) => JSON.stringify({ ...more, ...each, id: String(index) })).join('\n'));

it('any JSON in any place of a saved object comes through decompiling and running', () => {
  fc.assert(fc.property(file, (each) => comesThrough(each)), { numRuns: 400 });
});

it('any JSON in any place of a saved object is checked, converted, written and compared without a throw', () => {
  fc.assert(fc.property(file, (each) => useAll(each)), { numRuns: 400 });
});
