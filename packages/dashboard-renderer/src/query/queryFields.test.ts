import { expect, it } from 'vitest';
import { fieldsOfQuery } from '../index.ts';

const shown = (query: string, language: string) => fieldsOfQuery({ query, language }).map(({ field, use, value }) => `${use} ${field} ${String(value)}`);

it('finds the fields of DQL', () => {
  expect(shown('', 'kuery')).toEqual([]);
  expect(shown('timed out', 'kuery')).toEqual([]);
  expect(shown('status: 404 and not (path: "/a b" or path: /news*) and bytes >= 1000 and user: *', 'kuery')).toEqual([
    'value status 404',
    'value path /a b',
    'pattern path /news*',
    'range bytes 1000',
    'exists user *',
  ]);
  expect(() => shown('status: (', 'kuery')).toThrow(expect.objectContaining({ code: 'RENDERER_QUERY_INVALID' }) as Error);
});

it('finds the fields of Lucene', () => {
  expect(shown('status:404 AND NOT (path:"/a b:c" OR +path:\\/news*) AND bytes:>=1000 AND age:[1 TO 5] AND _exists_:user', 'lucene')).toEqual([
    'value status 404',
    'value path /a b:c',
    'pattern path \\/news*',
    'range bytes 1000',
    'range age 1',
    'exists user *',
  ]);
  expect(shown('"a quoted: text" word', 'lucene')).toEqual([]);
});
