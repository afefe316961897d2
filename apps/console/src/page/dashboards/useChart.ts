import type { ChartResult, PanelFilter } from '@podscope/dashboard-renderer';
import type { MountedChart } from '@podscope/dashboard-renderer/browser';
import { type RefObject, useEffect, useRef } from 'react';

/** What a reader does with a chart. */
interface Hooks {
  onFilters(filters: readonly PanelFilter[], out: boolean): void;
  onTimeRange(range: { readonly from: number; readonly to: number }): void;
}

/** Draws a chart in an element and keeps the drawing in step with what it shows. ECharts is loaded with the first chart. */
export function useChart(element: RefObject<HTMLElement | null>, result: ChartResult, hooks: Hooks): void {
  const chart = useRef<MountedChart | undefined>(undefined);
  const latest = useRef({ result, hooks });
  useEffect(() => {
    latest.current = { result, hooks };
  });
  useEffect(() => chart.current?.update(result), [result]);

  useEffect(() => {
    let gone = false;
    void import('@podscope/dashboard-renderer/browser').then(({ mountChart }) => {
      if (gone || !element.current) return;
      chart.current = mountChart(element.current, latest.current.result, {
        onFilters: (filters, out) => latest.current.hooks.onFilters(filters, out),
        onTimeRange: (range) => latest.current.hooks.onTimeRange(range),
      });
    });
    return () => {
      gone = true;
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, [element]);
}
