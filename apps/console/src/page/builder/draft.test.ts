import { expect, it } from 'vitest';
import type { ViewField } from '../api/savedObjects.ts';
import { bucketFields, FIRST_DRAFT, idOf, metricFields, metricsOf, parseFilterLines, specOf } from './draft.ts';

const fields: readonly ViewField[] = [
  { name: '@timestamp', type: 'date', aggregatable: true },
  { name: 'message', type: 'text', aggregatable: false },
  { name: 'url.path', type: 'keyword', aggregatable: true },
  { name: 'http.response.bytes', type: 'long', aggregatable: true },
  { name: 'http.response.status_code', type: 'short', aggregatable: true },
];

it('offers only fields that fit', () => {
  expect(metricFields(fields, 'avg').map(({ name }) => name)).toEqual(['http.response.bytes', 'http.response.status_code']);
  expect(metricFields(fields, 'count')).toEqual([]);
  expect(bucketFields(fields, 'dateHistogram').map(({ name }) => name)).toEqual(['@timestamp']);
  expect(bucketFields(fields, 'terms').map(({ name }) => name)).not.toContain('message');
});

it('offers only metrics that the kind can show, and counts where another one was chosen before', () => {
  expect(metricsOf('pie').map(([metric]) => metric)).toEqual(['count', 'sum', 'uniqueCount']);
  expect(metricsOf('gauge').map(([metric]) => metric)).not.toContain('percentiles');
  expect(metricsOf('line').map(([metric]) => metric)).toContain('percentiles');
  expect(specOf({ ...FIRST_DRAFT, kind: 'pie', metric: 'avg' }, fields).metric).toEqual({ kind: 'count' });
  expect(specOf({ ...FIRST_DRAFT, kind: 'gauge', metric: 'percentiles' }, fields).metric).toEqual({ kind: 'count' });
});

it('makes the specification of the first draft', () => {
  expect(specOf(FIRST_DRAFT, fields)).toEqual({
    id: 'own-requests-by-status',
    title: 'Requests by status',
    kind: 'verticalBar',
    pattern: 'apache-*',
    metric: { kind: 'count' },
    bucket: { kind: 'dateHistogram', field: '@timestamp', interval: 'auto' },
    split: { kind: 'terms', field: 'http.response.status_code', size: 5 },
  });
});

it('corrects what does not fit', () => {
  const spec = specOf({ ...FIRST_DRAFT, kind: 'metric', metric: 'avg', metricField: 'message', bucket: { ...FIRST_DRAFT.bucket, kind: 'terms', field: 'gone', size: '9999' } }, fields);
  expect(spec.metric).toEqual({ kind: 'avg', field: 'http.response.bytes' });
  expect(spec.bucket).toMatchObject({ size: 50 });
  expect(spec).not.toHaveProperty('split');
});

it('makes ids that the products take', () => {
  expect(idOf('Ünïcode & _stuff_ ')).toBe('own-n-code-stuff');
  expect(idOf('***')).toBe('own-visualization');
});

it('reads filter lines with and without names', () => {
  expect(parseFilterLines('errors: log.level: error\n\nurl.path: /a\nslow: event.duration_us > 100')).toEqual({
    errors: 'log.level: error',
    'url.path: /a': 'url.path: /a',
    slow: 'event.duration_us > 100',
  });
});
