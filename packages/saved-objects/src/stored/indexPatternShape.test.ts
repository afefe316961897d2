import { expect, it } from 'vitest';
import type { JsonObject } from '../read/storedObject.ts';
import { decodeAttributes } from './innerJson.ts';
import { shapeProblems } from './shapeProblems.ts';
import type { StoredFieldFormat } from './shapes/indexPattern/fieldFormat.ts';
import type { IndexPatternAttributes } from './shapes/indexPattern/indexPattern.ts';

const formats: Readonly<Record<string, StoredFieldFormat>> = {
  bytes: { id: 'bytes', params: { pattern: '0,0.[000]b', parsedUrl: { origin: 'https://search.example.com', pathname: '/app', basePath: '' } } },
  took: { id: 'duration', params: { inputFormat: 'microseconds', outputFormat: 'humanizePrecise', outputPrecision: 2, showSuffix: true, useShortSuffix: true } },
  link: { id: 'url', params: { type: 'img', urlTemplate: 'https://example.com/{{value}}', labelTemplate: null, width: '20', height: null } },
  level: { id: 'color', params: { fieldType: 'string', colors: [{ range: '-Infinity:Infinity', regex: 'error', text: '#fff', background: '#f00' }] } },
  code: { id: 'static_lookup', params: { lookupEntries: [{ key: '200', value: 'OK' }, {}], unknownKeyValue: null } },
  name: { id: 'string', params: { transform: false } },
  text: { id: 'truncate', params: { fieldLength: '80' } },
  at: { id: 'date_nanos', params: { pattern: 'HH:mm', fallbackPattern: null, timezone: 'UTC' } },
  place: { id: 'geo_point', params: { transform: 'wkt' } },
  sizes: { id: 'histogram', params: { id: 'bytes', params: { pattern: '0b' } } },
  up: { id: 'boolean' },
  other: { params: { pattern: '0.0' } },
};

const pattern: IndexPatternAttributes = {
  title: 'pods-*',
  timeFieldName: '@timestamp',
  fields: [
    { name: 'pod.keyword', type: 'string', esTypes: ['keyword'], count: 1, scripted: false, searchable: true, aggregatable: true, readFromDocValues: true, subType: { multi: { parent: 'pod' } } },
    { name: 'events.reason', type: 'string', subType: { nested: { path: 'events' } } },
    { name: 'port', type: 'conflict', conflictDescriptions: { long: ['pods-1'], keyword: ['pods-2', 'pods-3'] } },
    { name: 'hour', type: 'number', scripted: true, script: "doc['@timestamp'].value.hour", lang: 'painless', count: 0 },
  ],
  fieldFormatMap: formats,
  sourceFilters: [{ value: 'secret.*' }],
  fieldAttrs: { pod: { customLabel: 'Pod', count: 3 } },
  runtimeFieldMap: { half: { type: 'double', script: { source: 'emit(1)' }, format: { id: 'number', params: { pattern: '0' } } }, both: { type: 'composite', fields: { a: { type: 'long' } } } },
  type: 'rollup',
  typeMeta: { params: { rollup_index: 'pods-rolled' }, aggs: { date_histogram: { '@timestamp': { agg: 'date_histogram', fixed_interval: '1h', time_zone: 'UTC' } } } },
  allowNoIndex: true,
};

function problemsOf(attributes: object): readonly (readonly [string, string])[] {
  return shapeProblems('index-pattern', attributes as unknown as JsonObject).map(({ path, what }) => [path.join('.'), what] as const).sort(([a], [b]) => (a < b ? -1 : 1));
}

it('describes fields, formats, filters and what Kibana added', () => {
  expect(problemsOf(pattern)).toEqual([]);
});

it('describes what exports have as text', () => {
  const texts = Object.fromEntries(Object.entries(pattern).map(([name, value]: [string, unknown]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]));
  expect(problemsOf(decodeAttributes('index-pattern', texts as unknown as JsonObject))).toEqual([]);
});

it('finds a format that no product has, and a parameter that is another format’s', () => {
  expect(problemsOf({ fieldFormatMap: { bytes: { id: 'byte' } } }).map(([path]) => path)).toContain('fieldFormatMap.bytes.id');
  expect(problemsOf({ fieldFormatMap: { bytes: { id: 'bytes', params: { urlTemplate: '' } } } })).toContainEqual(['fieldFormatMap.bytes.params.urlTemplate', 'is not known']);
});

it('finds a type of field that no product has, and an attribute of a wrong type', () => {
  const [[path, what] = []] = problemsOf({ fields: [{ name: 'a', type: 'keyword' }] });
  expect([path, what?.includes('"string"')]).toEqual(['fields.0.type', true]);
  expect(problemsOf({ fields: [{ name: 'a', searchable: 'yes' }], pattern: 'x' })).toEqual([['fields.0.searchable', 'must be boolean'], ['pattern', 'is not known']]);
});

it('says what does not fit to the compiler as to the program', () => {
  // @ts-expect-error: `urlTemplate` is a parameter of links
  const format: StoredFieldFormat = { id: 'bytes', params: { urlTemplate: '' } };
  expect(problemsOf({ fieldFormatMap: { bytes: format } })).not.toEqual([]);
});
