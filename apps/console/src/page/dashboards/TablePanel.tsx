import type { PanelFilter, TableCell, TableColumn } from '@podscope/dashboard-renderer';
import { useState } from 'react';
import { visible } from '../parts/format.ts';
import { Icon } from '../parts/Icon.tsx';

/** Rows of buckets and metrics, or of documents; a cell with a filter narrows the dashboard. */
export function TablePanel(props: {
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly perPage: number;
  /** Rows of single documents: long texts are cut to two lines, so that several rows are in sight. */
  readonly documents?: boolean;
  onFilters(filters: readonly PanelFilter[], out: boolean): void;
}) {
  const { title, columns, rows, onFilters } = props;
  const [wanted, setPage] = useState(0);
  const perPage = Math.max(1, props.perPage);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const page = Math.min(wanted, pages - 1);
  return (
    <div className={`table-panel ${props.documents ? 'table-documents' : ''}`}>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={`Table of ${title}`}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.id} scope="col" className={column.numeric ? 'is-number' : ''}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(page * perPage, (page + 1) * perPage).map((row, index) => (
              <tr key={page * perPage + index}>
                {row.map((cell, place) => (
                  <td key={columns[place]?.id ?? place} className={columns[place]?.numeric ? 'is-number' : columns[place]?.id === '@timestamp' ? 'is-time' : ''}>
                    {cell.filters.length > 0 ? <FilterCell cell={cell} onFilters={onFilters} /> : props.documents ? <CutCell text={visible(cell.formatted)} /> : visible(cell.formatted)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 ? (
        <p className="table-pages">
          <button type="button" className="button button-small" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </button>
          <span>
            {page + 1} of {pages}
          </span>
          <button type="button" className="button button-small" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </button>
        </p>
      ) : null}
    </div>
  );
}

function CutCell({ text }: { readonly text: string }) {
  return (
    <span className="cut-cell" title={text}>
      {text}
    </span>
  );
}

function FilterCell({ cell, onFilters }: { readonly cell: TableCell; onFilters(filters: readonly PanelFilter[], out: boolean): void }) {
  const text = visible(cell.formatted);
  return (
    <span className="filter-cell">
      <button type="button" className="cell-value" title="Keep only this" onClick={() => onFilters(cell.filters, false)}>
        {text}
      </button>
      <button type="button" className="button-mini" aria-label={`Leave out ${text}`} title="Leave this out" onClick={() => onFilters(cell.filters, true)}>
        <Icon name="minus" size={14} />
      </button>
    </span>
  );
}
