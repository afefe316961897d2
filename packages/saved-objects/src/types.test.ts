import { boolean, date, defineFields, ip, keyword, long, short, text } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { area, avg, count, dataView, dateHistogram, gauge, histogram, horizontalBar, line, max, metric, min, percentiles, pie, range, search, sum, table, terms, uniqueCount, verticalBar } from './index.ts';

const web = dataView('apache-*', {
  fields: defineFields({
    '@timestamp': date({ required: true }),
    message: text({ fields: { keyword: keyword() } }),
    'url.path': keyword(),
    'source.ip': ip(),
    'http.response.status_code': short(),
    'http.response.bytes': long(),
    ok: boolean(),
  }),
});
const x = dateHistogram('@timestamp');

/** Compiles only if every wrong line is an error of the compiler; each is an error at run time as well. */
describe('what a catalogue refuses', () => {
  it.each<[string, string, () => unknown]>([
    // @ts-expect-error a keyword has no average
    ['avg over a keyword', 'SAVED_OBJECT_FIELD_TYPE', () => line('a', 'A', web, { x, y: avg('url.path') })],
    // @ts-expect-error a date has no sum
    ['sum over a date', 'SAVED_OBJECT_FIELD_TYPE', () => metric('a', 'A', web, { y: sum('@timestamp') })],
    // @ts-expect-error an address has no maximum here
    ['max over an address', 'SAVED_OBJECT_FIELD_TYPE', () => metric('a', 'A', web, { y: [count(), max('source.ip')] })],
    // @ts-expect-error text has no terms
    ['terms over text', 'SAVED_OBJECT_FIELD_TYPE', () => table('a', 'A', web, { y: count(), rows: terms('message') })],
    // @ts-expect-error text has no exact values
    ['unique count over text', 'SAVED_OBJECT_FIELD_TYPE', () => metric('a', 'A', web, { y: uniqueCount('message') })],
    // @ts-expect-error a number is no date
    ['date histogram over a number', 'SAVED_OBJECT_FIELD_TYPE', () => line('a', 'A', web, { y: count(), x: dateHistogram('http.response.bytes') })],
    // @ts-expect-error a date is no number
    ['histogram over a date', 'SAVED_OBJECT_FIELD_TYPE', () => line('a', 'A', web, { y: count(), x: histogram('@timestamp', { interval: 1 }) })],
    // @ts-expect-error there is no such field
    ['an unknown field', 'SAVED_OBJECT_FIELD_UNKNOWN', () => pie('a', 'A', web, { y: count(), slices: terms('url.pth') })],
    // @ts-expect-error there is no such field
    ['an unknown split', 'SAVED_OBJECT_FIELD_UNKNOWN', () => line('a', 'A', web, { x, y: count(), split: terms('constructor') })],
    // @ts-expect-error a keyword has no percentiles
    ['percentiles of a keyword', 'SAVED_OBJECT_FIELD_TYPE', () => area('a', 'A', web, { x, y: percentiles('url.path') })],
    // @ts-expect-error a truth value has no minimum
    ['min over a truth value', 'SAVED_OBJECT_FIELD_TYPE', () => verticalBar('a', 'A', web, { x, y: min('ok') })],
    // @ts-expect-error an address is no number
    ['ranges of an address', 'SAVED_OBJECT_FIELD_TYPE', () => horizontalBar('a', 'A', web, { x: range('source.ip', [{ to: 1 }]), y: count() })],
    // @ts-expect-error there is no such field
    ['an unknown field of a gauge', 'SAVED_OBJECT_FIELD_UNKNOWN', () => gauge('a', 'A', web, { y: avg('http.response.byte'), bounds: [0, 1] })],
    // @ts-expect-error text has no terms
    ['a metric split by text', 'SAVED_OBJECT_FIELD_TYPE', () => metric('a', 'A', web, { y: count(), split: terms('message') })],
    // @ts-expect-error a dial shows one value
    ['percentiles on a gauge', 'SAVED_OBJECT_SPEC_INVALID', () => gauge('a', 'A', web, { y: percentiles('http.response.bytes'), bounds: [0, 1] })],
    // @ts-expect-error averages are no parts of a whole
    ['averages on a pie', 'SAVED_OBJECT_SPEC_INVALID', () => pie('a', 'A', web, { y: avg('http.response.bytes'), slices: terms('ok') })],
    // @ts-expect-error there is no such column to sort by
    ['sorting by an unknown column', 'SAVED_OBJECT_FIELD_UNKNOWN', () => search('a', 'A', web, { sort: ['nothing', 'asc'] })],
    // @ts-expect-error there is no such column
    ['an unknown column', 'SAVED_OBJECT_FIELD_UNKNOWN', () => search('a', 'A', web, { columns: ['nothing'] })],
    // @ts-expect-error a keyword is no time
    ['a time field that is no date', 'SAVED_OBJECT_FIELD_TYPE', () => dataView('x-*', { fields: web.fields, timeField: 'url.path' })],
    // @ts-expect-error there is no such field
    ['a format of an unknown field', 'SAVED_OBJECT_FIELD_UNKNOWN', () => dataView('x-*', { fields: web.fields, formats: { bytes: 'bytes' } })],
  ])('%s', (_name, code, make) => {
    expect(make).toThrowError(expect.objectContaining({ code }));
  });

  it('allows what fits', () => {
    const all = [
      line('a-1', 'A', web, { x, y: [count(), avg('http.response.bytes'), max('@timestamp')], split: terms('message.keyword') }),
      gauge('a-3', 'A', web, { y: [max('http.response.bytes'), count()], bounds: [0, 1], split: terms('ok') }),
      pie('a-4', 'A', web, { y: sum('http.response.bytes'), slices: [terms('ok'), terms('source.ip')] }),
      table('a-2', 'A', web, { y: uniqueCount('source.ip'), rows: [terms('ok'), terms('http.response.status_code')] }),
    ];
    expect(all.map(({ object }) => object.type)).toEqual(['visualization', 'visualization', 'visualization', 'visualization']);
  });
});
