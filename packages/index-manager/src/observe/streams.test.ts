import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { scopeOf } from './scope.ts';
import { defineIndexSetup } from '../define.ts';
import { aliasesOf, streamsOf } from './streams.ts';

const scope = scopeOf(defineIndexSetup({ rolloverAliases: { ring: {} } }));
const ring = (members: Readonly<Record<string, JsonObject>>) => aliasesOf(Object.fromEntries(Object.entries(members).map(([index, options]) => [index, { aliases: { ring: options } }])), scope, true).rolloverAliases['ring'];

describe('the write index of a rollover alias', () => {
  it.each<[string, Readonly<Record<string, JsonObject>>, string | undefined, string | undefined]>([
    ['is the one that is marked', { 'ring-9': { is_write_index: true }, 'ring-10': {} }, 'ring-9', undefined],
    ['is the only one, which should be marked', { 'ring-1': { routing: '1' } }, 'ring-1', 'ring-1'],
    ['is none of several without a mark', { 'ring-9': {}, 'ring-10': {} }, undefined, 'ring-10'],
    ['is not one that is marked as none', { 'ring-1': { is_write_index: false } }, undefined, 'ring-1'],
  ])('%s', (_, members, writeIndex, unmarked) => {
    const found = ring(members);
    expect(found?.writeIndex).toBe(writeIndex);
    expect(found?.unmarked).toEqual(unmarked === undefined ? undefined : { index: unmarked, options: members[unmarked] });
  });
});

it('knows a data stream from another of the same name', () => {
  const answer = { data_streams: [{ name: 'web', template: 't', indices: [{ index_name: '.ds-1', index_uuid: 'a' }, { index_name: '.ds-2', index_uuid: 'b' }] }, { name: 'web-2', indices: [] }] };
  expect(streamsOf(answer, ['web'])).toEqual({ web: { template: 't', indices: ['.ds-1', '.ds-2'], writeIndex: '.ds-2', uuid: 'b' } });
});
