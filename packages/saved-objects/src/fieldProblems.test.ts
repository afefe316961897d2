import { date, defineFields, flatObject, ip, keyword, long, text } from '@podscope/core';
import { expect, it } from 'vitest';
import { avg, count, dataView, dateHistogram, fieldProblems, line, max, search, terms } from './index.ts';

const fields = defineFields({ '@timestamp': date(), bytes: long(), path: keyword(), client: ip(), labels: flatObject(), message: text({ fields: { raw: keyword() } }) });
const view = dataView('web-*', { fields });
const chart = line('chart', 'Chart', view, { x: dateHistogram('@timestamp'), y: [count(), avg('bytes')], split: terms('path') });
const withFields = (changes: Parameters<typeof defineFields>[0]) => ({ pattern: 'web-*', fields: defineFields({ ...fields, ...changes }) });
const shown = (problems: ReturnType<typeof fieldProblems>) => problems.map(({ usedBy, field, code }) => `${usedBy} ${field} ${code}`);

it('has nothing to say about what the builders made of the same fields', () => {
  expect(fieldProblems(chart.object, view)).toEqual([]);
  expect(fieldProblems(search('all', 'All', view, { columns: ['message', 'path'] }).object, view)).toEqual([]);
});

it('names each use that another mapping does not allow', () => {
  const [problem, ...more] = fieldProblems(chart.object, withFields({ bytes: keyword() }));
  expect(problem).toEqual({ field: 'bytes', usedBy: 'avg', code: 'SAVED_OBJECT_FIELD_TYPE', why: 'avg cannot use "bytes" of "web-*": it is of type keyword.' });
  expect(more).toEqual([]);
  expect(shown(fieldProblems(chart.object, withFields({ path: text() })))).toEqual(['terms path SAVED_OBJECT_FIELD_TYPE']);
  const { bytes: _, ...without } = fields;
  expect(shown(fieldProblems(chart.object, { pattern: 'web-*', fields: without }))).toEqual(['avg bytes SAVED_OBJECT_FIELD_UNKNOWN']);
});

it('takes the parameters of the mapping into account', () => {
  expect(fieldProblems(chart.object, withFields({ path: keyword({ parameters: { doc_values: false } }) }))).toMatchObject([{ usedBy: 'terms', why: 'terms cannot use "path": its doc_values are off.' }]);
  expect(fieldProblems(chart.object, withFields({ path: text({ parameters: { fielddata: true } }) }))).toEqual([]);
});

it('reads columns and order of saved searches, old and new', () => {
  const found = search('all', 'All', view, { columns: ['message', 'path'], sort: ['bytes', 'desc'] }).object;
  const { path: _, ...without } = fields;
  expect(shown(fieldProblems(found, { pattern: 'web-*', fields: without }))).toEqual(['column path SAVED_OBJECT_FIELD_UNKNOWN']);
  expect(shown(fieldProblems({ ...found, attributes: { columns: ['_source'], sort: ['bytes', 'asc'] } }, withFields({ bytes: text() })))).toEqual(['sort bytes SAVED_OBJECT_FIELD_TYPE']);
});

it('reads visualizations of others: further aggregations, pipelines, names below a flat object', () => {
  const visState = JSON.stringify({
    type: 'table',
    aggs: [
      { type: 'std_dev', params: { field: 'bytes' } },
      { type: 'ip_range', params: { field: 'client' } },
      { type: 'top_hits', params: { field: 'message' } },
      { type: 'derivative', params: { customMetric: { type: 'max', params: { field: 'bytes' } } } },
      { type: 'terms', params: { field: 'labels.app' } },
      { type: 'terms', params: { field: 'path' }, enabled: false },
    ],
  });
  const foreign = { type: 'visualization', id: 'foreign', attributes: { visState } };
  expect(fieldProblems(foreign, view)).toEqual([]);
  const { message: _, ...without } = defineFields({ ...fields, bytes: keyword(), client: keyword(), path: text() });
  expect(shown(fieldProblems(foreign, { pattern: 'web-*', fields: without }))).toEqual([
    'stdDev bytes SAVED_OBJECT_FIELD_TYPE',
    'ipRange client SAVED_OBJECT_FIELD_TYPE',
    'topHits message SAVED_OBJECT_FIELD_UNKNOWN',
    'max bytes SAVED_OBJECT_FIELD_TYPE',
  ]);
  expect(fieldProblems({ ...foreign, attributes: { visState: '{' } }, view)).toEqual([]);
});

it('lets dates have extremes', () => {
  const latest = line('latest', 'Latest', view, { x: dateHistogram('@timestamp'), y: max('@timestamp') });
  expect(shown(fieldProblems(latest.object, withFields({ '@timestamp': keyword() })))).toEqual(['max @timestamp SAVED_OBJECT_FIELD_TYPE', 'dateHistogram @timestamp SAVED_OBJECT_FIELD_TYPE']);
});

it('names a field that an aggregation of a surprising name uses', () => {
  const visState = JSON.stringify({ type: 'table', aggs: ['constructor', '__proto__', 'toString'].map((type) => ({ type, params: { field: 'gone' } })) });
  expect(shown(fieldProblems({ type: 'visualization', id: 'v', attributes: { visState } } as unknown as Parameters<typeof fieldProblems>[0], view))).toEqual(['constructor', '__proto__', 'toString'].map((kind) => `${kind} gone SAVED_OBJECT_FIELD_UNKNOWN`));
});
