import type { PanelFilter, PanelResult } from '@podscope/dashboard-renderer';
import { Markdown } from '../guide/Markdown.tsx';
import { EmptyNote } from '../parts/notes.tsx';
import { ChartPanel } from './ChartPanel.tsx';
import { MetricPanel } from './MetricPanel.tsx';
import { TablePanel } from './TablePanel.tsx';

const DOCUMENTS_PER_PAGE = 50;

/** What a panel shows, by the kind of its result. */
export function PanelBody(props: {
  readonly title: string;
  readonly result: PanelResult;
  onFilters(filters: readonly PanelFilter[], out: boolean): void;
}) {
  const { title, result, onFilters } = props;
  switch (result.kind) {
    case 'chart':
      return <ChartPanel title={title} result={result} onFilters={onFilters} />;
    case 'metric':
      return <MetricPanel result={result} onFilters={onFilters} />;
    case 'table':
      return <TablePanel title={title} columns={result.columns} rows={result.rows} perPage={result.perPage} onFilters={onFilters} />;
    case 'documents':
      return <TablePanel title={title} columns={result.columns} rows={result.rows} perPage={DOCUMENTS_PER_PAGE} documents onFilters={onFilters} />;
    case 'markdown':
      return (
        <div className="panel-text">
          <Markdown text={result.text} />
        </div>
      );
    case 'tagcloud':
      return (
        <ul className="metrics">
          {result.tags.map((tag) => (
            <li key={tag.text}>
              <button type="button" title={`${tag.formatted}: click to keep only this`} style={{ color: tag.color, fontSize: Math.max(12, tag.size / 2) }} onClick={(event) => onFilters(tag.filters, event.shiftKey)}>
                {tag.text}
              </button>
            </li>
          ))}
        </ul>
      );
    case 'controls':
      return <EmptyNote title="Controls">{`Filter by ${result.controls.map(({ label }) => label).join(', ')} with a click into the panels.`}</EmptyNote>;
    case 'vega':
      // Such a panel is a VegaPanel, which asks and draws by itself.
      return null;
    case 'empty':
      return <EmptyNote title="No data in this range">Take a longer time range, or fewer filters.</EmptyNote>;
  }
}
