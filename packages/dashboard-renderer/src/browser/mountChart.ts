/// <reference lib="dom" />
import type { EChartsOption } from 'echarts';
import type { EChartsType } from 'echarts/core';
import type { ChartResult } from '../answer/result.ts';
import type { PanelFilter } from '../query/filter.ts';
import { initChart } from './echarts.ts';

/** What a reader does with a chart. */
export interface ChartHooks {
  /** A click on a bar, a slice or a point. `out` is true where Shift was held: leave out instead of keep. */
  readonly onFilters?: ((filters: readonly PanelFilter[], out: boolean) => void) | undefined;
  /** A drag across a chart over time, in epoch milliseconds. Without it there is no brush. */
  readonly onTimeRange?: ((range: { readonly from: number; readonly to: number }) => void) | undefined;
}

/** A chart on a page. */
export interface MountedChart {
  /** Draws new results over the old ones, without clearing first, so that a refresh does not flicker. */
  update(result: ChartResult): void;
  /** Takes it away. */
  dispose(): void;
}

/** Pixels under which a drag is a click that slipped. */
const SLIPPED = 4;

/**
 * Draws a chart into an element, which says its size, and keeps it in step with that: with the tooltips and the legend of its
 * option, clicks that narrow the page, and a brush that sets the time range. In an element that is not shown yet, it is drawn
 * once there is room.
 */
export function mountChart(element: HTMLElement, result: ChartResult, hooks: ChartHooks = {}): MountedChart {
  let chart: EChartsType | undefined;
  let shown = result;
  const draw = (): void => {
    if (chart === undefined) return;
    const brush = hooks.onTimeRange !== undefined && isOverTime(shown.option);
    // The brush is the way the pointer works here: its buttons stay away.
    const area = brush ? { brush: { xAxisIndex: 0, toolbox: [], brushType: 'lineX' as const, brushMode: 'single' as const, removeOnClick: true }, toolbox: { show: false } } : {};
    chart.setOption({ animation: false, ...shown.option, ...area }, { replaceMerge: ['series', 'xAxis', 'yAxis', 'legend', 'grid'] });
    if (brush) chart.dispatchAction({ type: 'takeGlobalCursor', key: 'brush', brushOption: { brushType: 'lineX', brushMode: 'single' } });
  };
  const begin = (): void => {
    // In a hidden place there is no size to draw at; the observer reports when there is.
    if (chart !== undefined || element.clientWidth === 0 || element.clientHeight === 0) return;
    chart = initChart(element);
    listen(chart, () => shown, hooks);
    draw();
  };
  const observer = new ResizeObserver(() => {
    if (chart === undefined) begin();
    else if (element.clientWidth > 0 && element.clientHeight > 0) chart.resize();
  });
  begin();
  observer.observe(element);
  return {
    update: (next) => {
      shown = next;
      draw();
    },
    dispose: () => {
      observer.disconnect();
      chart?.dispose();
      chart = undefined;
    },
  };
}

function listen(chart: EChartsType, shown: () => ChartResult, { onFilters, onTimeRange }: ChartHooks): void {
  chart.on('click', ({ seriesIndex, dataIndex, event }) => {
    const { shiftKey } = (event?.event ?? {}) as { readonly shiftKey?: boolean };
    if (seriesIndex !== undefined) onFilters?.(shown().filterFor(seriesIndex, dataIndex), shiftKey === true);
  });
  chart.on('brushEnd', (event) => {
    const [area] = (event as { readonly areas?: readonly { readonly coordRange?: readonly number[]; readonly range?: readonly number[] }[] }).areas ?? [];
    const [from, to] = area?.coordRange ?? [];
    const [left, right] = area?.range ?? [];
    // What was chosen is the page's time range from now on: nothing stays marked.
    chart.dispatchAction({ type: 'brush', areas: [] });
    if (from !== undefined && to !== undefined && left !== undefined && right !== undefined && right - left >= SLIPPED) onTimeRange?.({ from: Math.round(from), to: Math.round(to) });
  });
}

function isOverTime({ xAxis }: EChartsOption): boolean {
  const [first] = [xAxis].flat();
  return first !== undefined && 'type' in first && first.type === 'time';
}
