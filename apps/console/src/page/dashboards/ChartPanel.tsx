import type { ChartResult, PanelFilter } from '@podscope/dashboard-renderer';
import { useRef } from 'react';
import { useChart } from './useChart.ts';

/** A chart; a click on a bar, a slice or a point narrows the dashboard. */
export function ChartPanel(props: {
  readonly title: string;
  readonly result: ChartResult;
  onFilters(filters: readonly PanelFilter[], out: boolean): void;
}) {
  const { title, result, onFilters } = props;
  const element = useRef<HTMLDivElement>(null);
  useChart(element, result.option, ({ seriesIndex, dataIndex, out }) => onFilters(result.filterFor(seriesIndex, dataIndex), out));
  return <div ref={element} className="chart" role="img" aria-label={`${title}. Inspect shows the same as a table.`} />;
}
