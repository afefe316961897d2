import type { EChartsOption } from 'echarts';
import type { EChartsType } from 'echarts/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { initChart } from './echarts.ts';

/** What was clicked on a chart. */
export interface ChartClick {
  readonly seriesIndex: number;
  readonly dataIndex: number;
  /** True when the reader held Shift: leave out instead of keep. */
  readonly out: boolean;
}

/**
 * Draws an option into an element and keeps the drawing in step with option and size. New data are laid over the old
 * without clearing, so that a refresh does not flicker. ECharts is loaded with the first chart.
 */
export function useChart(element: RefObject<HTMLElement | null>, option: EChartsOption, onClick: (click: ChartClick) => void): void {
  const [chart, setChart] = useState<EChartsType | undefined>(undefined);
  const clickRef = useRef(onClick);
  useEffect(() => {
    clickRef.current = onClick;
  });

  useEffect(() => {
    let gone = false;
    let made: EChartsType | undefined;
    let observer: ResizeObserver | undefined;
    const draw = (initialise: typeof initChart): void => {
      const box = element.current;
      // In a hidden place there is no size to draw at; the observer reports when there is.
      if (gone || made || !box || box.clientWidth === 0 || box.clientHeight === 0) return;
      made = initialise(box);
      made.on('click', (event) => {
        const shift = (event.event?.event as { readonly shiftKey?: boolean } | undefined)?.shiftKey;
        if (event.seriesIndex !== undefined) {
          clickRef.current({ seriesIndex: event.seriesIndex, dataIndex: event.dataIndex, out: shift === true });
        }
      });
      setChart(made);
    };
    void import('./echarts.ts').then((module) => {
      if (gone || !element.current) return;
      observer = new ResizeObserver(([entry]) => {
        if (!made) draw(module.initChart);
        else if (entry && entry.contentRect.width > 0 && entry.contentRect.height > 0) made.resize();
      });
      observer.observe(element.current);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      made?.dispose();
    };
  }, [element]);

  useEffect(() => {
    if (!chart || chart.isDisposed()) return;
    chart.setOption({ animation: false, ...option }, { replaceMerge: ['series', 'xAxis', 'yAxis', 'legend', 'grid'] });
  }, [chart, option]);
}
