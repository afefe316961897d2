import type { PanelFilter, TableCell, TableColumn } from '@podscope/dashboard-renderer';
import { useState } from 'react';
import { Drawer } from '../parts/Drawer.tsx';
import { visible } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';
import { EmptyNote } from '../parts/notes.tsx';
import { toCsv } from './csv.ts';
import { download } from './download.ts';
import { TablePanel } from './TablePanel.tsx';

/** What stands behind a panel. */
export interface Inspected {
  readonly title: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
}

type View = 'rows' | 'request' | 'response';
const VIEWS: readonly (readonly [View, string])[] = [
  ['rows', 'Rows'],
  ['request', 'Request'],
  ['response', 'Response'],
];

/** A panel's rows, its request and the server's response; the rows filter like the panel, and come as a CSV file. */
export function Inspect(props: {
  readonly inspected: Inspected;
  onFilters(filters: readonly PanelFilter[], out: boolean): void;
  onClose(): void;
}) {
  const { inspected, onFilters, onClose } = props;
  const [view, setView] = useState<View>('rows');
  const { title, columns, rows } = inspected;
  return (
    <Drawer title={`Inspect: ${title}`} onClose={onClose}>
      <div className="inspect-tools">
        <div className="segments" role="group" aria-label="Show">
          {VIEWS.map(([name, label]) => (
            <button key={name} type="button" aria-pressed={name === view} onClick={() => setView(name)}>
              {label}
            </button>
          ))}
        </div>
        <button
          type="button"
          className="button"
          disabled={rows.length === 0}
          onClick={() =>
            download(
              `${title.replace(/[^\w-]+/g, '-').toLowerCase() || 'panel'}.csv`,
              'text/csv;charset=utf-8',
              toCsv(columns.map((column) => column.label), rows.map((row) => row.map((cell) => cell.value))),
            )
          }
        >
          <Icon name="download" size={16} /> CSV
        </button>
      </div>
      {view === 'rows' ? (
        rows.length === 0 ? (
          <EmptyNote title="This panel has no rows." />
        ) : (
          <TablePanel title={title} columns={columns} rows={rows} perPage={200} onFilters={onFilters} />
        )
      ) : (
        <pre className="inspect-json" tabIndex={0} aria-label={view === 'request' ? 'Request' : 'Response'}>
          {visible(JSON.stringify(view === 'request' ? inspected.request : inspected.response, null, 2) ?? '')}
        </pre>
      )}
    </Drawer>
  );
}
