import { alias, byte, date, defineFields, ip, keyword, matchOnlyText, nested, object, other, unsignedLong } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import { avg, dataView, terms, verticalBar } from './index.ts';

const view = dataView('odd-*', {
  fields: defineFields({
    '@timestamp': date(),
    'host.ip': ip({ many: true }),
    address: alias('host.ip'),
    answers: nested(),
    'answers.name': keyword(),
    labels: object(),
    message: matchOnlyText({ fields: { keyword: keyword() } }),
    level: byte(),
    bytes: unsignedLong(),
    embedding: other('some_plugin_type'),
  }),
});

describe('fields of every kind', () => {
  it('are listed as the product lists them', () => {
    const list = JSON.parse(String(view.object.attributes['fields'])) as { name: string; type: string; aggregatable: boolean; subType?: unknown }[];
    const shown = list.filter(({ name }) => !name.startsWith('_')).map(({ name, type, aggregatable, subType }) => [name, type, aggregatable, ...(subType ? [subType] : [])]);
    expect(shown).toEqual([
      ['@timestamp', 'date', true],
      ['address', 'ip', true],
      ['answers.name', 'string', true, { nested: { path: 'answers' } }],
      ['bytes', 'number', true],
      ['embedding', 'unknown', false],
      ['host.ip', 'ip', true],
      ['level', 'number', true],
      ['message', 'string', false],
      ['message.keyword', 'string', true, { multi: { parent: 'message' } }],
    ]);
  });

  it('may be used where the product can use them', () => {
    expect(verticalBar('a', 'A', view, { y: avg('bytes'), x: terms('address') }).object.id).toBe('a');
    expect(verticalBar('b', 'B', view, { y: avg('level'), x: terms('message.keyword') }).object.id).toBe('b');
    // @ts-expect-error a visualization's aggregations see nothing below nested fields
    expect(() => verticalBar('c', 'C', view, { y: avg('bytes'), x: terms('answers.name') })).toThrow(/below the nested field "answers"/);
    // @ts-expect-error text without positions is text
    expect(() => verticalBar('d', 'D', view, { y: avg('bytes'), x: terms('message') })).toThrow(/match_only_text/);
    // @ts-expect-error what a plugin's type can do is not known
    expect(() => verticalBar('e', 'E', view, { y: avg('bytes'), x: terms('embedding') })).toThrow(/type other/);
  });
});
