/// <reference lib="dom" />
import { BarChart, GaugeChart, HeatmapChart, LineChart, PieChart, ScatterChart } from 'echarts/charts';
import { AxisPointerComponent, BrushComponent, GraphicComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, ToolboxComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// A brush wants a toolbox, which is never shown.
const PARTS = [
  AxisPointerComponent,
  BarChart,
  BrushComponent,
  CanvasRenderer,
  GaugeChart,
  GraphicComponent,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  PieChart,
  ScatterChart,
  TitleComponent,
  ToolboxComponent,
  TooltipComponent,
  VisualMapComponent,
];

/** A chart in an element, with the parts of ECharts that panels use; registering them again changes nothing. */
export function initChart(element: HTMLElement): EChartsType {
  use(PARTS);
  return init(element, null, { renderer: 'canvas' });
}
