import Table from 'cli-table3';

/** Rows under a heading, in plain columns as kubectl prints them. */
export function columns(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): readonly string[] {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };
  const table = new Table({ head: [...head], chars: none, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 } });
  for (const row of rows) table.push(row.map((cell) => (cell === null ? '-' : String(cell))));
  return table.toString().split('\n').map((line) => line.trimEnd());
}
