import { expect, it } from 'vitest';
import type { JsonObject } from '../read/storedObject.ts';
import { decodeAttributes, encodeAttributes } from './innerJson.ts';
import { shapeProblems } from './shapeProblems.ts';
import type { ConfigAttributes, QueryAttributes, UrlAttributes } from './shapes/others.ts';

const settings: ConfigAttributes = {
  buildNum: 1,
  defaultIndex: 'pods',
  dateFormat: 'YYYY-MM-DD',
  'dateFormat:scaled': [['', 'HH:mm:ss'], ['PT1H', 'HH:mm']],
  'theme:darkMode': true,
  'timepicker:timeDefaults': { from: 'now-30m', to: 'now' },
  'timepicker:refreshIntervalDefaults': { pause: true, value: 0 },
  'timepicker:quickRanges': [{ from: 'now/d', to: 'now/d', display: 'Today' }],
  'format:defaultTypeMap': { date_nanos: { id: 'date_nanos', params: {}, opensearch: true }, _default_: { id: 'string', params: {} } },
  'visualization:colorMapping': { Count: '#00A69B' },
  'accessibility:disableAnimations': null,
  'ourPlugin:limit': 12,
  'ourPlugin:names': ['a', 'b'],
};

const query: QueryAttributes = {
  title: 'Errors',
  description: '',
  query: { query: 'level: error', language: 'kuery' },
  filters: [],
  timefilter: { from: 'now-1d', to: 'now', refreshInterval: { pause: true, value: 0 } },
};

const url: UrlAttributes = { url: '/app/dashboards#/view/pods', accessCount: 0, createDate: 1_700_000_000_000, accessDate: 1_700_000_000_000 };

const json = (value: object): JsonObject => value as unknown as JsonObject;

it('describes settings, saved queries and short addresses', () => {
  expect(shapeProblems('config', json(settings))).toEqual([]);
  expect(shapeProblems('query', json(query))).toEqual([]);
  expect(shapeProblems('url', json(url))).toEqual([]);
});

it('takes apart the settings that are JSON, and no other', () => {
  const stored = encodeAttributes('config', json(settings));
  expect([stored['timepicker:timeDefaults'], stored['ourPlugin:names']]).toEqual(['{"from":"now-30m","to":"now"}', ['a', 'b']]);
  expect(decodeAttributes('config', stored)).toEqual(settings);
  expect(decodeAttributes('config', { 'ourPlugin:text': '{"a":1}', 'timepicker:timeDefaults': 'now' })).toEqual({ 'ourPlugin:text': '{"a":1}', 'timepicker:timeDefaults': 'now' });
});

it('takes apart the values of filters that a panel has of its own', () => {
  const panels = [{ embeddableConfig: { filters: [{ meta: { key: 'query', value: '{"match_all":{}}' } }] } }];
  const attributes = decodeAttributes('dashboard', { panelsJSON: JSON.stringify(panels) });
  expect(attributes['panelsJSON']).toEqual([{ embeddableConfig: { filters: [{ meta: { key: 'query', value: { match_all: {} } } }] } }]);
  expect(JSON.parse(encodeAttributes('dashboard', attributes)['panelsJSON'] as string)).toEqual(panels);
});

it('finds settings of a wrong type, known ones and others', () => {
  expect(shapeProblems('config', { dateFormat: 1, 'discover:sort:defaultOrder': 'up' }).map(({ path }) => path)).toEqual(expect.arrayContaining([['dateFormat'], ['discover:sort:defaultOrder']]));
  expect(shapeProblems('config', { 'ourPlugin:limit': { deep: { deeper: 1 } } }).map(({ path }) => path)).toContainEqual(['ourPlugin:limit', 'deep']);
  expect(shapeProblems('query', { timefilter: { from: 1 } }).map(({ path }) => path)).toContainEqual(['timefilter', 'from']);
});

it('says what does not fit to the compiler as to the program', () => {
  // @ts-expect-error: a known setting has its own type
  const wrong: ConfigAttributes = { 'discover:sort:defaultOrder': 'up' };
  expect(shapeProblems('config', json(wrong))).not.toEqual([]);
});
