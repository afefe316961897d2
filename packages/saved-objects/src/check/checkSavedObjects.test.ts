import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyword, text } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import type { JsonObject, StoredObject, StoredReference } from '../read/storedObject.ts';
import { type CheckOptions, checkSavedObjects } from './checkSavedObjects.ts';
import { RULES } from './finding.ts';
import { formatFindings } from './formatFindings.ts';
import { toSarif } from './sarif.ts';

const INDEX: StoredReference = { name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern', id: 'logs' };
const pattern: StoredObject = { type: 'index-pattern', id: 'logs', attributes: { title: 'logs-*' }, references: [], migrationVersion: { 'index-pattern': '7.6.0' }, rest: {} };
const meta = (source: object = { indexRefName: INDEX.name, filter: [] }) => ({ kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) } });

const count = { id: '1', enabled: true, type: 'count', schema: 'metric', params: {} };
const terms = (more: object = {}, schema = 'segment') => ({ id: '2', enabled: true, type: 'terms', schema, params: { field: 'a', orderBy: '1', order: 'desc', size: 5, ...more } });

function visualization(state: object, more: Partial<StoredObject> = {}, attributes: JsonObject = {}): StoredObject {
  return {
    type: 'visualization', id: 'v', references: [INDEX], migrationVersion: { visualization: '7.10.0' }, rest: {}, ...more,
    attributes: { title: 'V', visState: JSON.stringify({ type: 'pie', params: { type: 'pie' }, aggs: [count, terms()], ...state }), uiStateJSON: '{}', ...meta(), ...attributes },
  };
}

const PLACE = { gridData: { x: 0, y: 0, w: 24, h: 15, i: '1' } };

function dashboard(panels: readonly object[], references: readonly StoredReference[] = []): StoredObject {
  return { type: 'dashboard', id: 'd', attributes: { title: 'D', panelsJSON: JSON.stringify(panels.map((panel) => ({ ...PLACE, ...panel }))), optionsJSON: '{}', ...meta({}) }, references, migrationVersion: { dashboard: '7.9.3' }, rest: {} };
}

const check = (objects: readonly StoredObject[], options: Partial<CheckOptions> = {}) =>
  checkSavedObjects([pattern, ...objects], { target: 'opensearch-dashboards@2', ...options }).map(({ rule, path }) => `${rule} ${path ?? ''}`.trim());

describe('each fault alone', () => {
  it.each<[string, readonly StoredObject[], string]>([
    ['an id that is there twice', [visualization({}), visualization({})], 'duplicate-id id'],
    ['a type of another product', [{ ...pattern, type: 'lens', id: 'l' }], 'unsupported-type type'],
    ['a shape of Kibana 7.14', [visualization({}, { migrationVersion: { visualization: '7.14.0' } })], 'version-too-new migrationVersion.visualization'],
    ['an attribute too many', [visualization({}, {}, { mine: 1 })], 'unknown-attribute attributes.mine'],
    ['a reference to nothing', [visualization({}, { references: [{ ...INDEX, id: 'gone' }] })], 'missing-reference references[0]'],
    ['a panel of what is gone', [dashboard([{ panelIndex: '1', panelRefName: 'panel_0' }], [{ name: 'panel_0', type: 'visualization', id: 'gone' }])], 'missing-target references[0]'],
    ['visState that is no JSON', [visualization({}, {}, { visState: '{"type":' })], 'bad-inner-json attributes.visState'],
    ['visState that is not text', [visualization({}, {}, { visState: { type: 'pie' } })], 'bad-inner-json attributes.visState'],
    ['a search source that is no JSON', [visualization({ type: 'markdown', params: { markdown: '' } }, { references: [] }, { kibanaSavedObjectMeta: { searchSourceJSON: '{' } })], 'bad-inner-json attributes.kibanaSavedObjectMeta.searchSourceJSON'],
    ['a kind of a plugin', [visualization({ type: 'sankey' })], 'unknown-kind attributes.visState.type'],
    ['no parameters', [visualization({ params: {} })], 'empty-params attributes.visState.params'],
    ['an unknown aggregation', [visualization({ aggs: [count, { ...terms(), type: 'rare_terms' }] })], 'unknown-aggregation attributes.visState.aggs[1].type'],
    ['an unknown schema', [visualization({ aggs: [count, terms({}, 'group')] })], 'unknown-schema attributes.visState.aggs[1].schema'],
    ['a second metric of a pie', [visualization({ aggs: [count, { ...count, id: '3' }] })], 'too-many-aggregations attributes.visState.aggs[1]'],
    ['a cloud without tags', [visualization({ type: 'tagcloud', aggs: [count] })], 'too-few-aggregations attributes.visState.aggs'],
    ['an average as slices', [visualization({ aggs: [{ ...count, type: 'avg', params: { field: 'a' } }] })], 'aggregation-not-allowed attributes.visState.aggs[0].type'],
    ['a bucket where a metric belongs', [visualization({ type: 'table', aggs: [count, { ...terms(), schema: 'metric' }] })], 'aggregation-not-allowed attributes.visState.aggs[1].type'],
    ['the order of a metric that is gone', [visualization({ aggs: [count, terms({ orderBy: '9' })] })], 'bad-order-by attributes.visState.aggs[1].params.orderBy'],
    ['no index', [visualization({}, { references: [] }, meta({}))], 'missing-index attributes.kibanaSavedObjectMeta.searchSourceJSON'],
    ['a misspelt reference', [visualization({}, { references: [{ ...INDEX, name: 'index' }] })], 'bad-reference-name attributes.kibanaSavedObjectMeta.searchSourceJSON.indexRefName'],
    ['a panel without a reference', [dashboard([{ panelIndex: '1', panelRefName: 'panel_0' }])], 'panel-without-target attributes.panelsJSON[0].panelRefName'],
    ['a panel of nothing', [dashboard([{ panelIndex: '1', embeddableConfig: {} }])], 'panel-without-target attributes.panelsJSON[0]'],
    ['Vega without a specification', [visualization({ type: 'vega', params: { spec: '' } }, { references: [] }, meta({}))], 'bad-vega attributes.visState.params.spec'],
    ['Vega that is never closed', [visualization({ type: 'vega', params: { spec: '{ "$schema": "s", marks: [ }' } }, { references: [] }, meta({}))], 'bad-vega attributes.visState.params.spec'],
    ['Vega of no language', [visualization({ type: 'vega', params: { spec: '{ "marks": [] }' } }, { references: [] }, meta({}))], 'bad-vega attributes.visState.params.spec.$schema'],
  ])('%s', (_, objects, expected) => {
    expect(check(objects)).toEqual([expected]);
  });

  it('more objects, and more bytes, than an import takes', () => {
    const many = Array.from({ length: 10_001 }, (_, at) => ({ ...pattern, id: `p${at}` }));
    expect(check(many)).toEqual(['too-many-objects']);
    expect(check([{ ...pattern, id: 'big', attributes: { title: 'x'.repeat(26_214_400) } }])).toEqual(['too-large']);
  });
});

describe('what is right', () => {
  it.each<[string, readonly StoredObject[]]>([
    ['a pie', [visualization({})]],
    ['terms by a percentile', [visualization({ type: 'table', aggs: [{ ...count, type: 'percentiles', params: { field: 'a' } }, terms({ orderBy: '1.95' }, 'bucket')] })]],
    ['a hidden aggregation too many', [visualization({ aggs: [count, { ...count, id: '3', enabled: false }] })]],
    ['an index from the saved search', [{ ...pattern, type: 'search', id: 's', references: [INDEX], attributes: { title: 'S', ...meta() }, migrationVersion: { search: '7.9.3' } }, visualization({}, { references: [{ name: 'search_0', type: 'search', id: 's' }] }, { savedSearchRefName: 'search_0', ...meta({}) })]],
    ['a panel by reference, one by value', [visualization({}), dashboard([{ panelIndex: '1', panelRefName: 'panel_0' }, { panelIndex: '2', embeddableConfig: { savedVis: {} } }], [{ name: 'panel_0', type: 'visualization', id: 'v' }])]],
    ['Vega as HJSON with comments', [visualization({ type: 'vega', params: { spec: '{\n  // a } comment\n  $schema: https://vega.github.io/schema/vega/v5.json\n  marks: [{type: "]"}]\n}' } }, { references: [] }, meta({}))]],
  ])('%s', (_, objects) => {
    expect(check(objects)).toEqual([]);
  });

  it('a reference to what the product has already', () => {
    const one = visualization({}, { references: [{ ...INDEX, id: 'there' }] });
    expect(check([one], { existing: [{ type: 'index-pattern', id: 'there' }] })).toEqual([]);
  });
});

it('says whose finding it is, where it was read, how bad, and what to do', () => {
  const { objects } = readSavedObjects(`${JSON.stringify(pattern)}\n${JSON.stringify({ ...visualization({ type: 'sankey' }), rest: undefined })}\n`, { file: 'a.ndjson' });
  expect(checkSavedObjects(objects, { target: 'opensearch-dashboards@3' })).toEqual([
    expect.objectContaining({ rule: 'unknown-kind', severity: RULES['unknown-kind'].severity, object: { type: 'visualization', id: 'v', title: 'V' }, place: { file: 'a.ndjson', line: 2 }, fix: expect.stringContaining('horizontal_bar') as string }),
  ]);
});

it('names the targets when it is given another', () => {
  expect(() => checkSavedObjects([], { target: 'grafana' as never })).toThrow(expect.objectContaining({ code: 'SAVED_OBJECT_TARGET_UNKNOWN' }));
});

const samples = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'saved-objects/osd-2.8-sample-data');
const here = existsSync(samples);

it.runIf(here)(here ? 'finds nothing wrong in the product’s own sample data sets' : 'finds nothing wrong in the product’s own sample data sets (not run: PODSCOPE_CORPUS names no folder with them)', () => {
  const objects = readdirSync(samples).flatMap((file) => readSavedObjects(readFileSync(join(samples, file), 'utf8'), { file }).objects);
  expect(objects.length).toBeGreaterThan(40);
  expect(checkSavedObjects(objects, { target: 'opensearch-dashboards@2' })).toEqual([]);
});

describe('fields', () => {
  const fields = { a: keyword(), message: text() };
  const chart = (field: string) => visualization({ aggs: [count, terms({ field })] });

  it('that are not there, or of another type, by the pattern’s id or title', () => {
    expect(check([chart('gone')], { fields: { logs: fields } })).toEqual(['unknown-field attributes.visState']);
    expect(check([chart('message')], { fields: { 'logs-*': fields } })).toEqual(['field-type attributes.visState']);
    expect(check([chart('a')], { fields: { logs: fields } })).toEqual([]);
    expect(check([chart('gone')], { fields: { other: fields } })).toEqual([]);
  });

  it('through the saved search that a visualization starts from', () => {
    const search: StoredObject = { type: 'search', id: 's', references: [INDEX], migrationVersion: { search: '7.9.3' }, attributes: { title: 'S', columns: ['gone'], ...meta() }, rest: {} };
    const through = visualization({ aggs: [count, terms({ field: 'gone' })] }, { references: [{ name: 'search_0', type: 'search', id: 's' }] }, { savedSearchRefName: 'search_0', ...meta({}) });
    expect(check([search, through], { fields: { logs: fields } })).toEqual(['unknown-field attributes.column', 'unknown-field attributes.visState']);
  });
});

describe('as text and as SARIF', () => {
  const findings = checkSavedObjects([{ object: visualization({ type: 'sankey' }), place: { file: 'set\\a.ndjson', line: 3 } }, pattern], { target: 'opensearch-dashboards@2' });

  it('for people', () => {
    expect(formatFindings(findings)).toBe(
      [
        'set\\a.ndjson:3: visualization v "V"',
        '  broken   no product without further plugins draws a visualization of type "sankey" (unknown-kind)',
        '           at attributes.visState.type',
        `           ${findings[0]?.fix ?? ''}`,
        '',
        '1 finding: 0 that an import refuses, 1 that break, 0 that are left out.',
        '',
      ].join('\n'),
    );
    expect(formatFindings([])).toBe('Nothing is wrong.\n');
  });

  it('for code hosts: every rule is described, and each result says its line', () => {
    const log = toSarif(findings, '1.0.0') as { readonly runs: readonly [{ readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }; readonly results: readonly object[] }] };
    expect(log.runs[0].tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(RULES));
    expect(log.runs[0].results).toEqual([
      expect.objectContaining({
        ruleId: 'unknown-kind', level: 'error',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'set/a.ndjson' }, region: { startLine: 3 } }, logicalLocations: [{ fullyQualifiedName: 'visualization/v/attributes.visState.type' }] }],
      }),
    ]);
  });
});
