import { expect, it } from 'vitest';
import { vegaRows } from './vegaRows.ts';

const answer = { took: 3, timed_out: false, hits: { total: 2 }, aggregations: {} };
const data: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  empty: [],
  bars: [
    { ...answer, bucket: { key: 'a' }, name: 'a', count: 0.1 + 0.2, note: null },
    { ...answer, bucket: { key: 'b' }, name: 'b', count: 4, note: 'x' },
  ],
};
const dataOf = (name: string) => data[name] ?? [];

it('shows the single values of the first mark that has rows, and nothing of the search’s answer', () => {
  const { columns, rows } = vegaRows({ marks: [{ type: 'rule' }, { from: { data: 'empty' } }, { from: { data: 'bars' } }] }, dataOf);
  expect(columns).toEqual([
    { id: 'name', label: 'name', numeric: false },
    { id: 'count', label: 'count', numeric: true },
    { id: 'note', label: 'note', numeric: false },
  ]);
  expect(rows.map((row) => row.map(({ formatted }) => formatted))).toEqual([['a', '0.3', ''], ['b', '4', 'x']]);
});

it('is empty where nothing is drawn', () => {
  expect(vegaRows({}, dataOf)).toEqual({ columns: [], rows: [] });
  expect(vegaRows({ marks: [{ from: { data: 'empty' } }] }, dataOf)).toEqual({ columns: [], rows: [] });
});
