import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSavedObjects } from '../check/checkSavedObjects.ts';
import { TARGETS } from '../products/targets.ts';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import type { JsonObject, StoredObject, StoredReference } from '../read/storedObject.ts';
import { convertSavedObjects } from './convertSavedObjects.ts';

const pattern: StoredObject = { type: 'index-pattern', id: 'p', attributes: { title: 'logs-*' }, references: [], migrationVersion: { 'index-pattern': '7.11.0' }, rest: {} };
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

function visualization(state: object, references: readonly StoredReference[] = [INDEX]): StoredObject {
  return { type: 'visualization', id: 'v', attributes: { title: 'V', visState: JSON.stringify(state), ...meta(references.includes(INDEX) ? { indexRefName: INDEX.name } : {}) }, references, migrationVersion: { visualization: '7.17.0' }, rest: { coreMigrationVersion: '7.17.0' } };
}

function dashboard(panels: readonly object[], references: readonly StoredReference[], more: JsonObject = {}): StoredObject {
  return { type: 'dashboard', id: 'd_1', attributes: { title: 'D', panelsJSON: JSON.stringify(panels.map((panel) => ({ ...panel, gridData: PLACE }))), ...meta({}), ...more }, references, migrationVersion: { dashboard: '7.17.0' }, rest: {} };
}

const convert = (objects: readonly StoredObject[]) => convertSavedObjects([pattern, ...objects], { to: 'opensearch-dashboards@2' });
const rules = (objects: readonly StoredObject[]) => convert(objects).changes.map(({ rule, what }) => `${rule}: ${what}`);

describe('visualizations of Kibana 7.11 to 7.17', () => {
  it('lose what keeps an older look, and say so', () => {
    const pie = { type: 'pie', aggs: [{ id: '1', type: 'count', schema: 'metric', params: {} }], params: { isDonut: true, palette: { type: 'palette', name: 'kibana_palette' }, distinctColors: true } };
    const { objects, changes } = convert([visualization(pie)]);
    expect(inner(objects[1], 'visState')).toEqual({ ...pie, params: { isDonut: true } });
    expect(objects[1]).toMatchObject({ migrationVersion: { visualization: '7.10.0' }, rest: {} });
    expect(changes).toEqual([
      { object: { type: 'visualization', id: 'v' }, rule: 'new-defaults', what: 'without palette' },
      { object: { type: 'visualization', id: 'v' }, rule: 'new-defaults', what: 'without distinctColors' },
    ]);
    expect(checkSavedObjects(objects, { target: 'opensearch-dashboards@2' })).toEqual([]);
  });

  it('lose a palette of their own', () => {
    expect(rules([visualization({ type: 'tagcloud', params: { palette: { type: 'palette', name: 'temperature' } } })])).toEqual(['palette: the palette "temperature" becomes the product\'s own']);
  });

  it('TSVB names its index patterns, also those of series and annotations', () => {
    const references: readonly StoredReference[] = [{ name: 'metrics_0_index_pattern', type: 'index-pattern', id: 'p' }, { name: 'metrics_1_index_pattern', type: 'index-pattern', id: 'elsewhere' }];
    const state = {
      type: 'metrics',
      params: {
        type: 'gauge', use_kibana_indexes: true, index_pattern_ref_name: 'metrics_0_index_pattern', gauge_color_rules: [{ operator: 'gte', value: 0 }, { operator: 'empty', value: null }],
        series: [{ series_index_pattern_ref_name: 'metrics_1_index_pattern', series_drop_last_bucket: 1 }], annotations: [{ index_pattern: { id: 'x' } }, { index_pattern: 'plain-*' }],
      },
    };
    const { objects, changes } = convert([visualization(state, references)]);
    expect(inner(objects[1], 'visState')).toEqual({
      type: 'metrics',
      params: { type: 'gauge', index_pattern: 'logs-*', gauge_color_rules: [{ operator: 'gte', value: 0 }], series: [{ series_index_pattern: 'elsewhere' }], annotations: [{ index_pattern: 'x' }, { index_pattern: 'plain-*' }] },
    });
    expect(objects[1]?.references).toEqual([]);
    expect(changes.map(({ rule }) => rule)).toEqual(['tsvb-index-pattern', 'tsvb-index-pattern', 'tsvb-index-pattern', 'tsvb-empty-rule', 'new-defaults']);
  });
});

describe('dashboards of Kibana 7.11 to 7.17', () => {
  it('name their panels’ references by their place', () => {
    const { objects } = convert([visualization({ type: 'markdown', params: { markdown: 'x' } }, []), dashboard([{ panelIndex: 'a', type: 'visualization', panelRefName: 'panel_a', embeddableConfig: {} }], [{ name: 'a:panel_a', type: 'visualization', id: 'v' }])]);
    expect(panelsOf(objects[2])).toEqual([{ panelIndex: 'a', panelRefName: 'panel_0', embeddableConfig: {} }]);
    expect(objects[2]?.references).toEqual([{ name: 'panel_0', type: 'visualization', id: 'v' }]);
    expect(checkSavedObjects(objects, { target: 'opensearch-dashboards@2' })).toEqual([]);
  });

  it('give what a panel holds a saved object of its own, before them and with its references', () => {
    const savedVis = { title: 'Hits', type: 'metric', params: { metric: {} }, uiState: {}, data: { aggs: [{ id: '1', type: 'count', schema: 'metric', params: {} }], searchSource: { indexRefName: INDEX.name, filter: [] } } };
    const { objects, changes } = convert([dashboard([{ panelIndex: 'a', type: 'visualization', embeddableConfig: { savedVis, enhancements: {} } }], [{ ...INDEX, name: `a:${INDEX.name}` }])]);
    expect(objects.map(({ type, id }) => `${type} ${id}`)).toEqual(['index-pattern p', 'visualization d-1-panel-a', 'dashboard d_1']);
    expect(objects[1]).toMatchObject({ attributes: { title: 'Hits' }, references: [INDEX], migrationVersion: { visualization: '7.10.0' } });
    expect(panelsOf(objects[2])).toEqual([{ panelIndex: 'a', panelRefName: 'panel_0', embeddableConfig: { enhancements: {} } }]);
    expect(changes.map(({ rule }) => rule)).toEqual(['panel-by-value']);
    expect(checkSavedObjects(objects, { target: 'opensearch-dashboards@2' })).toEqual([]);
  });

  it('lose panels of Lens and their controls, and say so', () => {
    const panels = [{ panelIndex: 'a', type: 'lens', panelRefName: 'panel_a' }, { panelIndex: 'b', type: 'visualization', panelRefName: 'panel_b' }];
    const references = [{ name: 'a:panel_a', type: 'lens', id: 'l' }, { name: 'b:panel_b', type: 'visualization', id: 'v' }, { name: 'controlGroup_1:x', type: 'index-pattern', id: 'p' }];
    const { objects, changes, refused } = convert([{ type: 'lens', id: 'l', attributes: {}, references: [], rest: {} }, visualization({ type: 'markdown', params: { markdown: '' } }, []), dashboard(panels, references, { controlGroupInput: { controlStyle: 'oneLine' } })]);
    expect(panelsOf(objects[2])).toEqual([{ panelIndex: 'b', panelRefName: 'panel_0' }]);
    expect(objects[2]?.references).toEqual([{ name: 'panel_0', type: 'visualization', id: 'v' }]);
    expect(changes.map(({ rule }) => rule)).toEqual(['panel-dropped', 'controls-dropped', 'panel-type']);
    expect(refused).toEqual([{ object: { type: 'lens', id: 'l' }, why: expect.stringContaining('opensearch-dashboards@2 has no saved objects of type "lens"') as string }]);
  });
});

describe('index patterns and attributes', () => {
  it('lose runtime fields and labels', () => {
    const { objects, changes } = convertSavedObjects([{ ...pattern, attributes: { title: 'x', fieldAttrs: '{"a":{"customLabel":"A"}}', runtimeFieldMap: '{"r":{}}', allowNoIndex: true } }], { to: 'opensearch-dashboards@3' });
    expect(objects[0]).toMatchObject({ attributes: { title: 'x' }, migrationVersion: { 'index-pattern': '7.6.0' } });
    expect(objects[0]?.attributes).not.toHaveProperty('allowNoIndex');
    expect(changes.map(({ rule }) => rule)).toEqual(['runtime-fields-dropped', 'field-labels-dropped', 'attribute-dropped']);
  });

  it('lose attributes that the target does not take; empty ones without a word', () => {
    const one: StoredObject = { type: 'search', id: 's', attributes: { title: 'S', columns: [], sort: [], hideChart: true, grid: {} }, references: [], migrationVersion: { search: '7.9.3' }, rest: {} };
    const { objects, changes } = convert([one]);
    expect(Object.keys(objects[1]?.attributes ?? {})).toEqual(['title', 'columns', 'sort']);
    expect(changes.map(({ what }) => what)).toEqual(['without "hideChart"']);
  });
});

it('changes nothing twice: what was converted converts to itself', () => {
  const { objects } = convert([visualization({ type: 'pie', params: { palette: { name: 'x' } } }), dashboard([], [])]);
  expect(convertSavedObjects(objects, { to: 'opensearch-dashboards@2' })).toEqual({ objects, changes: [], refused: [] });
});

it('names the targets when it is given another', () => {
  expect(() => convertSavedObjects([], { to: 'grafana' as never })).toThrow(expect.objectContaining({ code: 'SAVED_OBJECT_TARGET_UNKNOWN' }));
});

const beats = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'saved-objects/beats-7.17.9');
const here = existsSync(beats);

it.runIf(here)(here ? 'brings the dashboards of Beats 7.17 to every target' : 'brings the dashboards of Beats 7.17 to every target (not run: PODSCOPE_CORPUS names no folder with them)', () => {
  const objects = readdirSync(beats).flatMap((file) => readSavedObjects(readFileSync(join(beats, file), 'utf8'), { file }).objects.map(({ object }) => object));
  for (const to of Object.keys(TARGETS) as (keyof typeof TARGETS)[]) {
    const converted = convertSavedObjects(objects, { to });
    expect(converted.refused).toEqual([]);
    expect(converted.objects).toHaveLength(objects.length);
    const findings = checkSavedObjects(converted.objects, { target: to }).filter(({ rule }) => !rule.startsWith('missing-'));
    expect(findings).toEqual([]);
  }
});

it('refuses an id that no index holds, and takes it off dashboards', () => {
  const id = 'é'.repeat(300);
  const long: StoredObject = { type: 'visualization', id, attributes: { title: 'V', visState: '{"type":"markdown","params":{},"aggs":[]}', ...meta({}) }, references: [], migrationVersion: { visualization: '7.10.0' }, rest: {} };
  const shown: StoredObject = { type: 'dashboard', id: 'd', attributes: { title: 'D', panelsJSON: JSON.stringify([{ panelIndex: '1', panelRefName: 'panel_0', gridData: { ...PLACE, i: '1' }, embeddableConfig: {} }]), ...meta({}) }, references: [{ name: 'panel_0', type: 'visualization', id }], migrationVersion: { dashboard: '7.9.3' }, rest: {} };
  const { objects, changes, refused } = convertSavedObjects([long, shown], { to: 'opensearch-dashboards@2' });
  expect(refused).toEqual([{ object: { type: 'visualization', id }, why: 'the id has 614 bytes with its type; an index holds 512' }]);
  expect(objects.map(({ type }) => type)).toEqual(['dashboard']);
  expect(panelsOf(objects[0])).toEqual([]);
  expect(changes).toHaveLength(1);
});
