import { date, defineFields, keyword, long, text } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { avg, dataView, dataViewFrom, type FieldFormat, line, search, terms, topHits, table, count } from './index.ts';

const fields = defineFields({ at: date(), message: text({ fields: { keyword: keyword() } }), bytes: long(), path: keyword() });
const formats = {
  bytes: { id: 'number', pattern: '0,0' },
  path: { id: 'url', urlTemplate: 'https://example.com/{{value}}', labelTemplate: '{{value}}', type: 'a' },
  at: { id: 'date', pattern: 'YYYY' },
  'message.keyword': { id: 'truncate', fieldLength: 10 },
  kilobytes: 'bytes',
  level: { id: 'color', fieldType: 'string', colors: [{ regex: 'error', text: '#ffffff', background: '#ff0000' }] },
} as const satisfies Readonly<Record<string, FieldFormat>>;
const view = dataView('web-*', {
  fields,
  timeField: 'at',
  scripted: { kilobytes: { type: 'number', script: "doc['bytes'].value / 1024" }, level: { type: 'string', script: "doc['path'].value", lang: 'expression' } },
  formats,
  sourceFilters: ['secret*'],
});

function parsed(attribute: string): unknown {
  return JSON.parse(String(view.object.attributes[attribute]));
}

describe('a data view', () => {
  it('lists scripted fields, formats and source filters as the product does', () => {
    const list = parsed('fields') as readonly { readonly name: string }[];
    expect(list.find(({ name }) => name === 'kilobytes')).toEqual({ name: 'kilobytes', type: 'number', count: 0, script: "doc['bytes'].value / 1024", lang: 'painless', scripted: true, searchable: true, aggregatable: true, readFromDocValues: false });
    expect(parsed('fieldFormatMap')).toEqual({
      bytes: { id: 'number', params: { pattern: '0,0' } },
      path: { id: 'url', params: { urlTemplate: 'https://example.com/{{value}}', labelTemplate: '{{value}}', type: 'a' } },
      at: { id: 'date', params: { pattern: 'YYYY' } },
      'message.keyword': { id: 'truncate', params: { fieldLength: 10 } },
      kilobytes: { id: 'bytes' },
      level: { id: 'color', params: { fieldType: 'string', colors: [{ regex: 'error', text: '#ffffff', background: '#ff0000' }] } },
    });
    expect(parsed('sourceFilters')).toEqual([{ value: 'secret*' }]);
  });

  it('lets scripted fields be used as what they are', () => {
    expect(line('a', 'A', view, { x: terms('level'), y: avg('kilobytes') }).id).toBe('a');
    // @ts-expect-error a text has no average
    expect(() => line('a', 'A', view, { x: terms('level'), y: avg('level') })).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_FIELD_TYPE' }));
    // @ts-expect-error there is no such field
    expect(() => line('a', 'A', view, { x: terms('levels'), y: count() })).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_FIELD_UNKNOWN' }));
    expect(() => dataView('web-*', { fields, timeField: 'at', scripted: { bytes: { type: 'number', script: '1' } } })).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID' }));
    // @ts-expect-error there is no such format
    expect(dataView('web-*', { fields, timeField: 'at', formats: { bytes: { id: 'nothing' } } }).formats).toBeDefined();
  });

  it('is read back', () => {
    const again = dataViewFrom(view.object);
    expect(again.object).toEqual(view.object);
    expect(again.formats).toEqual(formats);
  });

  it('may have no time field', () => {
    const timeless = dataView('web-*', { fields, timeField: null });
    expect(timeless.object.attributes).not.toHaveProperty('timeFieldName');
    expect(search('s', 'S', timeless).object.attributes['sort']).toEqual([]);
    expect(dataViewFrom(timeless.object).timeField).toBeUndefined();
    expect(() => table('t', 'T', timeless, { y: topHits('path') })).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID' }));
    expect(table('t', 'T', timeless, { y: topHits('path', { orderBy: 'bytes' }) }).id).toBe('t');
  });
});
