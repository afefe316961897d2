import { BarChart, GaugeChart, LineChart, PieChart } from 'echarts/charts';
import { AxisPointerComponent, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

const PARTS = [
  AxisPointerComponent,
  BarChart,
  CanvasRenderer,
  GaugeChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  PieChart,
  TitleComponent,
  TooltipComponent,
];

/** A chart in an element, with the parts of ECharts that panels use; registering them again changes nothing. */
export function initChart(element: HTMLElement): EChartsType {
  use(PARTS);
  return init(element, null, { renderer: 'canvas' });
}
