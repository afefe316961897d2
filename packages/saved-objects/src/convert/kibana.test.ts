import { describe, expect, it } from 'vitest';
import { date, defineFields, keyword } from '@podscope/core';
import { checkSavedObjects } from '../check/checkSavedObjects.ts';
import { bundle, count, dashboard, dataView, dateHistogram, line, row, terms, toNdjson } from '../index.ts';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { shapeVersion } from '../migrate/version.ts';
import { type Target, TARGETS } from '../products/targets.ts';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import type { JsonObject, StoredObject, StoredReference } from '../read/storedObject.ts';
import { convertSavedObjects } from './convertSavedObjects.ts';

const INDEX: StoredReference = { name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern', id: 'p' };
const meta = (source: object) => ({ kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) } });
const PLACE = { x: 0, y: 0, w: 24, h: 15 };
const inner = (object: StoredObject | undefined, name: string): unknown => JSON.parse(String(object?.attributes[name]));
/** Panels without their place, which no conversion touches. */
const panelsOf = (object: StoredObject | undefined): readonly object[] =>
  (inner(object, 'panelsJSON') as readonly { readonly gridData: object }[]).map(({ gridData, ...panel }) => {
    expect(gridData).toEqual(PLACE);
    return panel;
  });
const stored = (type: string, id: string, attributes: JsonObject, more: Partial<StoredObject> = {}): StoredObject => ({ type, id, attributes, references: [], rest: {}, ...more });
/** As Kibana since 8.8 exports it. */
const since88 = (typeMigrationVersion: string): JsonObject => ({ coreMigrationVersion: '8.8.0', typeMigrationVersion, managed: false });
const pattern = stored('index-pattern', 'p', { title: 'logs-*', name: 'Logs', allowHidden: false }, { rest: since88('8.0.0') });
const pie = (more: Partial<StoredObject> = {}) =>
  stored('visualization', 'v', { title: 'V', uiStateJSON: '{}', visState: JSON.stringify({ type: 'pie', params: { type: 'pie', legendDisplay: 'hide', legendSize: 'auto' }, aggs: [{ id: '1', type: 'count', schema: 'metric', params: {} }] }), ...meta({ indexRefName: INDEX.name }) }, { references: [INDEX], rest: since88('8.5.0'), ...more });
const lens = (version: string) => stored('lens', 'l', { title: 'L', visualizationType: 'lnsXY', state: { datasourceStates: {} } }, { references: [{ name: 'indexpattern-datasource-layer-1', type: 'index-pattern', id: 'p' }], rest: since88(version) });
const board = (panels: readonly object[], references: readonly StoredReference[], attributes: JsonObject = {}, more: Partial<StoredObject> = {}) =>
  stored('dashboard', 'd', { title: 'D', panelsJSON: JSON.stringify(panels.map((panel) => ({ ...panel, gridData: PLACE }))), optionsJSON: '{}', ...meta({}), ...attributes }, { references, rest: since88('10.2.0'), ...more });

const convert = (to: Target, ...objects: readonly StoredObject[]) => convertSavedObjects([pattern, ...objects], { to });

describe('what Kibana has exported since 8.8', () => {
  it('says its age by another member: older steps are not taken again', () => {
    expect(shapeVersion(pie())).toBe('8.5.0');
    expect(migrateSavedObject(pie())).toEqual(pie());
    const old = stored('visualization', 'v', { visState: JSON.stringify({ type: 'gauge', params: { gauge: { verticalSplit: true } } }), ...meta({}) }, { rest: since88('7.2.0') });
    expect(migrateSavedObject(old)).toMatchObject({ migrationVersion: { visualization: '7.10.0' }, rest: { managed: false } });
    expect(migrateSavedObject(old).rest).not.toHaveProperty('typeMigrationVersion');
  });

  it('stays as it is for Kibana 8', () => {
    const all = [pie(), lens('8.9.0'), stored('tag', 't', { name: 'team', color: '#fff', description: '' }, { rest: since88('8.0.0') }), stored('map', 'm', { title: 'M', layerListJSON: '[]', mapStateJSON: '{}', uiStateJSON: '{}' }, { rest: since88('8.4.0') }), board([{ panelIndex: 'a', type: 'lens', panelRefName: 'panel_a' }], [{ name: 'a:panel_a', type: 'lens', id: 'l' }, { name: 'tag-ref-t', type: 'tag', id: 't' }], { controlGroupInput: { controlStyle: 'oneLine' } })];
    expect(convert('kibana@8', ...all)).toEqual({ objects: [pattern, ...all], changes: [], refused: [] });
    expect(checkSavedObjects([pattern, ...all], { target: 'kibana@8' })).toEqual([]);
    expect(readSavedObjects(toNdjson({ objects: all }, { target: 'kibana@8' })).objects.map(({ object }) => object)).toEqual(all);
  });

  it.each(['opensearch-dashboards@2', 'kibana@7.10', 'kibana@7.17'] as const)('comes to %s in the form that every product reads, and nothing is found wrong then', (to) => {
    const { objects, changes, refused } = convert(to, pie(), board([{ panelIndex: 'a', type: 'visualization', panelRefName: 'panel_a', embeddableConfig: {} }], [{ name: 'a:panel_a', type: 'visualization', id: 'v' }], { controlGroupInput: { controlStyle: 'oneLine', panelsJSON: '{}' } }));
    expect(refused).toEqual([]);
    expect(objects.map(({ type, migrationVersion }) => migrationVersion?.[type])).toEqual(['7.6.0', '7.10.0', '7.9.3']);
    expect(objects.every(({ rest }) => rest['typeMigrationVersion'] === undefined && rest['coreMigrationVersion'] === undefined)).toBe(true);
    expect(inner(objects[1], 'visState')).toMatchObject({ params: { type: 'pie', addLegend: false } });
    expect(changes.map(({ object, rule }) => `${object.type} ${rule}`)).toEqual(['index-pattern attribute-dropped', 'visualization new-defaults', 'visualization new-defaults', 'dashboard controls-dropped', 'dashboard panel-type']);
    expect(checkSavedObjects(objects, { target: to })).toEqual([]);
  });
});

describe('what a target has no way to', () => {
  it('is Lens of a newer shape: it is refused, and panels that show it go', () => {
    const { objects, changes, refused } = convert('kibana@7.17', lens('8.9.0'), pie(), board([{ panelIndex: 'a', type: 'lens', panelRefName: 'panel_a' }, { panelIndex: 'b', type: 'visualization', panelRefName: 'panel_b' }, { panelIndex: 'c', type: 'lens', embeddableConfig: { attributes: {} } }], [{ name: 'a:panel_a', type: 'lens', id: 'l' }, { name: 'b:panel_b', type: 'visualization', id: 'v' }, { name: 'c:indexpattern', type: 'index-pattern', id: 'p' }]));
    expect(refused).toEqual([{ object: { type: 'lens', id: 'l' }, why: 'it has the shape of 8.9.0; kibana@7.17 reads 7.16.0 at most' }]);
    expect(panelsOf(objects[2])).toEqual([{ panelIndex: 'b', panelRefName: 'panel_0' }]);
    expect(objects[2]?.references).toEqual([{ name: 'panel_0', type: 'visualization', id: 'v' }]);
    expect(changes.filter(({ rule }) => rule === 'panel-dropped').map(({ what }) => what)).toEqual(['panel a shows lens "l"', 'panel c holds a lens']);
    expect(checkSavedObjects(objects, { target: 'kibana@7.17' })).toEqual([]);
  });

  it('is Lens of 7.16 for 7.12, and none for 7.17', () => {
    const one = { ...lens('7.16.0'), rest: {}, migrationVersion: { lens: '7.16.0' } };
    expect(convert('kibana@7.12', one).refused).toHaveLength(1);
    expect(convert('kibana@7.17', one)).toMatchObject({ refused: [], changes: [{ object: { type: 'index-pattern' } }] });
  });

  it.each<[Target, JsonObject, string]>([
    ['kibana@8', { title: 'M', layerList: '[]', mapState: '{}' }, 'it is a map of OpenSearch Dashboards, which kibana@8 cannot read'],
    ['opensearch-dashboards@2', { title: 'M', layerListJSON: '[]', mapStateJSON: '{}' }, 'it is a map of Kibana, which opensearch-dashboards@2 cannot read'],
  ])('is the other product’s map, in %s', (to, attributes, why) => {
    expect(convert(to, stored('map', 'm', attributes)).refused).toEqual([{ object: { type: 'map', id: 'm' }, why }]);
  });

  it.each<[Target, string, string]>([
    ['kibana@7.17', 'visualization-visbuilder', 'VisBuilder'],
    ['kibana@8', 'data-source', 'data sources'],
    ['opensearch-dashboards@3', 'tag', 'tags'],
  ])('%s has no %s, and says why', (to, type, words) => {
    expect(convert(to, stored(type, 'x', { title: 'X' })).refused).toEqual([{ object: { type, id: 'x' }, why: expect.stringMatching(new RegExp(`^${to} has no saved objects of type "${type}": .*${words}`, 'u')) as string }]);
  });

  it('is a panel of VisBuilder on an old dashboard, too', () => {
    const old = board([{ panelIndex: '1', panelRefName: 'panel_0' }, { panelIndex: '2', panelRefName: 'panel_1' }], [{ name: 'panel_0', type: 'visualization-visbuilder', id: 'x' }, { name: 'panel_1', type: 'visualization', id: 'v' }], {}, { rest: {}, migrationVersion: { dashboard: '7.9.3' } });
    const { objects, changes } = convert('kibana@8', stored('visualization-visbuilder', 'x', {}), pie(), old);
    expect(panelsOf(objects[2])).toEqual([{ panelIndex: '2', panelRefName: 'panel_1' }]);
    expect(changes).toEqual([{ object: { type: 'dashboard', id: 'd' }, rule: 'panel-dropped', what: 'panel 1 shows visualization-visbuilder "x"' }]);
  });
});

describe('from OpenSearch Dashboards to Kibana 8', () => {
  const off = (name: string) => stored('visualization', 'v', { title: 'V', visState: JSON.stringify({ type: 'line', params: { type: 'line' }, aggs: [{ id: '1', type: 'count', schema: 'metric', params: {} }, { id: '2', type: 'date_histogram', schema: 'segment', params: { field: '@timestamp', [name]: false } }] }), ...meta({ indexRefName: INDEX.name }) }, { references: [INDEX], migrationVersion: { visualization: '7.10.0' } });

  it('keeps its form: Kibana migrates it at import', () => {
    const view = dataView('logs-*', { fields: defineFields({ '@timestamp': date(), host: keyword() }) });
    const { objects } = bundle(dashboard('b', 'B', [row(line('c', 'C', view, { x: dateHistogram('@timestamp'), y: count(), split: terms('host') }))]));
    const own = readSavedObjects(toNdjson({ objects }, { target: 'opensearch-dashboards@2' })).objects.map(({ object }) => object);
    for (const to of Object.keys(TARGETS) as Target[]) {
      expect(convertSavedObjects(own, { to })).toEqual({ objects: own, changes: [], refused: [] });
      expect(checkSavedObjects(own, { target: to })).toEqual([]);
    }
  });

  it('calls the option of intervals by its other name, and back', () => {
    const there = convert('kibana@8', off('useNormalizedOpenSearchInterval'));
    expect(inner(there.objects[1], 'visState')).toMatchObject({ aggs: [{}, { params: { useNormalizedEsInterval: false } }] });
    expect(there.changes).toEqual([{ object: { type: 'visualization', id: 'v' }, rule: 'interval-renamed', what: 'useNormalizedOpenSearchInterval is useNormalizedEsInterval' }]);
    const back = convertSavedObjects(there.objects, { to: 'opensearch-dashboards@2' });
    expect(inner(back.objects[1], 'visState')).toEqual(inner(off('useNormalizedOpenSearchInterval'), 'visState'));
  });

  it('goes without its data source, and says so', () => {
    const elsewhere = { ...stored('index-pattern', 'e', { title: 'e-*' }, { migrationVersion: { 'index-pattern': '7.6.0' } }), references: [{ name: 'dataSource', type: 'data-source', id: 'far' }] };
    const { objects, changes } = convert('kibana@8', elsewhere);
    expect(objects[1]?.references).toEqual([]);
    expect(changes).toEqual([{ object: { type: 'index-pattern', id: 'e' }, rule: 'reference-dropped', what: 'without the data-source "far"' }]);
  });

  it('says that a region map over a layer of its own stays empty; one over Elastic’s layers, and other kinds, stay', () => {
    const map = (isEMS: boolean, type = 'region_map') => stored('visualization', 'r', { title: 'R', visState: JSON.stringify({ type, params: { selectedLayer: { isEMS, name: 'shires' } }, aggs: [] }), ...meta({}) }, { migrationVersion: { visualization: '7.10.0' } });
    expect(convert('kibana@8', map(false)).changes).toEqual([{ object: { type: 'visualization', id: 'r' }, rule: 'region-layer', what: 'the layer "shires" is not drawn' }]);
    const found = (target: Target, isEMS: boolean) => checkSavedObjects([map(isEMS)], { target }).map(({ rule }) => rule).filter((rule) => rule === 'region-layer');
    expect([found('kibana@8', false), found('kibana@8', true), found('kibana@7.17', false)]).toEqual([['region-layer'], [], []]);
    expect(convert('kibana@8', map(true)).changes).toEqual([]);
    expect(convert('kibana@7.17', map(false)).objects[1]).toEqual(map(false));
    for (const type of ['tile_map', 'timelion', 'input_control_vis']) expect(convert('kibana@8', map(true, type)).objects[1]).toEqual(map(true, type));
  });
});

it.each(Object.keys(TARGETS) as Target[])('makes visualizations and a dashboard of a sheet of the Timelion app, for %s', (to) => {
  const sheet = stored('timelion-sheet', 'my_sheet', { title: 'Sheet', description: 'Old', hits: 0, timelion_sheet: ['.es(*)', '.es(index=logs-*).label(a)', '', '.static(1)'], timelion_interval: 'other', timelion_other_interval: '5m', timelion_columns: 2, timelion_rows: 2, timelion_chart_height: 300, version: 1 });
  const { objects, changes, refused } = convertSavedObjects([sheet], { to });
  expect(refused).toEqual([]);
  expect(changes).toEqual([{ object: { type: 'timelion-sheet', id: 'my_sheet' }, rule: 'timelion-sheet', what: '3 visualizations and dashboard "my-sheet"' }]);
  expect(objects.map(({ type, id }) => `${type} ${id}`)).toEqual(['visualization my-sheet-chart-1', 'visualization my-sheet-chart-2', 'visualization my-sheet-chart-3', 'dashboard my-sheet']);
  expect(inner(objects[1], 'visState')).toMatchObject({ type: 'timelion', params: { expression: '.es(index=logs-*).label(a)', interval: '5m' } });
  expect((inner(objects[3], 'panelsJSON') as readonly { readonly gridData: object }[]).map(({ gridData }) => gridData)).toMatchObject([{ x: 0, y: 0, w: 24, h: 15 }, { x: 24, y: 0 }, { x: 0, y: 15 }]);
  expect(checkSavedObjects(objects, { target: to })).toEqual([]);
});

it('makes the same of a sheet of OpenSearch Dashboards’ Timeline app', () => {
  const { objects } = convertSavedObjects([stored('timeline-sheet', 't', { title: 'T', timeline_sheet: ['.es(*)'], timeline_interval: '1h', timeline_columns: 1 })], { to: 'opensearch-dashboards@2' });
  expect(inner(objects[0], 'visState')).toMatchObject({ params: { expression: '.es(*)', interval: '1h' } });
  expect(objects.map(({ type }) => type)).toEqual(['visualization', 'dashboard']);
});

it('gives the filters of a saved query their index pattern back', () => {
  const query = stored('query', 'q', { title: 'Q', description: '', query: { query: '', language: 'kuery' }, filters: [{ meta: { index: 'ref-1' }, query: {} }] }, { references: [{ name: 'ref-1', type: 'index-pattern', id: 'p' }], rest: since88('10.2.0') });
  const { objects, changes } = convert('opensearch-dashboards@2', query);
  expect(objects[1]).toMatchObject({ attributes: { filters: [{ meta: { index: 'p' }, query: {} }] }, references: [] });
  expect(changes.at(-1)).toEqual({ object: { type: 'query', id: 'q' }, rule: 'filter-reference', what: 'a filter names the index pattern "p"' });
  expect(checkSavedObjects(objects, { target: 'opensearch-dashboards@2' })).toEqual([]);
});

it.each<[Target, readonly string[]]>([
  ['kibana@8', []],
  ['kibana@7.17', ['without "viewMode"', 'without "rowHeight"']],
  ['kibana@7.12', ['without "viewMode"', 'without "rowHeight"', 'without "grid"']],
  ['opensearch-dashboards@2', ['without "hideChart"', 'without "viewMode"', 'without "rowHeight"', 'without "grid"']],
])('a saved search of Kibana 8 goes to %s without what that does not keep, each by name', (to, lost) => {
  const search = stored('search', 's', { title: 'S', columns: [], sort: [], hideChart: true, viewMode: 'documents', rowHeight: 3, grid: { columns: { a: { width: 9 } } }, isTextBasedQuery: false, ...meta({ indexRefName: INDEX.name }) }, { references: [INDEX], rest: since88('10.5.0') });
  const { objects, changes } = convert(to, search);
  expect(changes.filter(({ object }) => object.type === 'search').map(({ what }) => what)).toEqual(lost);
  expect(checkSavedObjects(objects, { target: to })).toEqual([]);
});

it('finds what is too new by either member', () => {
  const found = (target: Target, object: StoredObject) => checkSavedObjects([object], { target, existing: [{ type: 'index-pattern', id: 'p' }] }).filter(({ rule }) => rule === 'version-too-new').map(({ path }) => path);
  expect(found('kibana@7.17', pie())).toEqual(['typeMigrationVersion', 'coreMigrationVersion']);
  expect(found('opensearch-dashboards@2', pie())).toEqual(['typeMigrationVersion']);
  expect(found('kibana@8', pie({ rest: { coreMigrationVersion: '9.0.0', typeMigrationVersion: '8.5.0' } }))).toEqual(['coreMigrationVersion']);
});
