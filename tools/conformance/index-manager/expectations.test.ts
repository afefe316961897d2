import { describe, expect, it } from 'vitest';
import { fingerprintOf, readExpectations, worseThanExpected } from './expectations.ts';

const expectations = { folder: { files: 2, servers: { 'opensearch 2.19.6': { a: { mapping: { total: 3, ok: 1, translated: 1, refused: 1 } } } } } };
const refused = [{ file: 'a/x.json', why: 'because' }];
const rows = (row: object) => ({ server: 'opensearch 2.19.6', rows: [{ source: 'a', kind: 'mapping' as const, total: 3, ok: 1, translated: 1, refused, ...row }] });

describe('worseThanExpected', () => {
  it.each<[string, object, number]>([
    ['the same', {}, 0],
    ['more applied', { ok: 2, translated: 1, refused: [] }, 0],
    ['as it is instead of translated', { ok: 2, translated: 0 }, 0],
    ['more refused', { translated: 0, refused: [...refused, ...refused] }, 1],
    ['translated instead of as it is', { ok: 0, translated: 2 }, 1],
    ['fewer in all', { total: 2, refused: [] }, 1],
    ['another kind', { kind: 'unknown' }, 1],
  ])('judges %s', (_, row, worse) => {
    expect(worseThanExpected(expectations, 'folder', rows(row))).toHaveLength(worse);
  });

  it('says nothing of folders and servers that it does not know', () => {
    expect(worseThanExpected(expectations, 'other', rows({}))).toBeUndefined();
    expect(worseThanExpected(expectations, 'folder', { ...rows({}), server: 'elasticsearch 7.10.2' })).toBeUndefined();
  });
});

it('holds counts only, which add up', async () => {
  const all = Object.values(await readExpectations()).flatMap(({ servers }) => Object.values(servers).flatMap((sources) => Object.values(sources).flatMap((kinds) => Object.values(kinds))));
  expect(all.length).toBeGreaterThan(15);
  for (const counts of all) expect(counts.total).toBe(counts.ok + counts.translated + counts.refused);
});

it('knows a folder by its files, in any order', () => {
  expect(fingerprintOf(['b', 'a'])).toBe(fingerprintOf(['a', 'b']));
  expect(fingerprintOf(['a'])).not.toBe(fingerprintOf(['a', 'b']));
});
