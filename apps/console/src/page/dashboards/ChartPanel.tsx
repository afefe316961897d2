import type { ChartResult, PanelFilter } from '@podscope/dashboard-renderer';
import { useRef } from 'react';
import { useTimeRange } from '../state/useTimeRange.ts';
import { useChart } from './useChart.ts';

/** A chart; a click on a bar, a slice or a point narrows the dashboard, a drag across one over time sets its time range. */
export function ChartPanel(props: {
  readonly title: string;
  readonly result: ChartResult;
  onFilters(filters: readonly PanelFilter[], out: boolean): void;
}) {
  const { title, result, onFilters } = props;
  const { setRange } = useTimeRange();
  const element = useRef<HTMLDivElement>(null);
  useChart(element, result, { onFilters, onTimeRange: ({ from, to }) => setRange({ from: new Date(from).toISOString(), to: new Date(to).toISOString() }) });
  return <div ref={element} className="chart" role="img" aria-label={`${title}. Inspect shows the same as a table.`} />;
}
