import type { TableCell, TableColumn } from '@podscope/dashboard-renderer';

/** What a picture shows, as a table: the rows behind the first mark that has some. */
export interface VegaRows {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}

type Row = Readonly<Record<string, unknown>>;

/**
 * The rows of the data set that the first mark is drawn from. Members that are no single value are left out, and so are those of
 * the search's own answer (`took`, `hits`), which Vega carries along in every row.
 */
export function vegaRows(spec: Row, dataOf: (name: string) => readonly Row[]): VegaRows {
  const marks = Array.isArray(spec['marks']) ? (spec['marks'] as readonly { readonly from?: { readonly data?: unknown } }[]) : [];
  for (const { from } of marks) {
    const rows = typeof from?.data === 'string' ? dataOf(from.data) : [];
    const [first] = rows;
    if (first === undefined) continue;
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !ANSWER.has(name) && rows.some((row) => isValue(row[name])) && rows.every((row) => row[name] === undefined || row[name] === null || isValue(row[name])));
    return {
      columns: names.map((name) => ({ id: name, label: name, numeric: rows.every((row) => typeof row[name] !== 'string') })),
      rows: rows.map((row) => names.map((name) => cellOf(row[name]))),
    };
  }
  return { columns: [], rows: [] };
}

const ANSWER: ReadonlySet<string> = new Set(['took', 'timed_out', 'status', 'num_reduce_phases']);

function isValue(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function cellOf(value: unknown): TableCell {
  return isValue(value) ? { value, formatted: typeof value === 'number' ? String(Math.round(value * 1e6) / 1e6) : String(value), filters: [] } : { value: null, formatted: '', filters: [] };
}
