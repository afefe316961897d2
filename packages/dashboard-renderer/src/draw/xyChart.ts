import type { EChartsOption } from 'echarts';
import { axisTitle, baseOption, gridOption, legendOption, type TooltipLine, tooltipHtml, tooltipStyle } from './chartParts.ts';
import { inkOf } from './colors.ts';
import { squeezed, visibleLine } from '../escape.ts';
import { formatBucketTime, type Formatter, formatPercent } from './formats.ts';
import { dateInterval, type Interval } from '../time/interval.ts';
import { bucketLabel } from '../answer/labels.ts';
import { hasLegend, type PanelStyle } from './panelStyle.ts';
import type { ReadSetting, SearchResponse } from '../answer/rows.ts';
import type { ChartResult, EmptyResult } from '../answer/result.ts';
import type { StoredAggregation, VisState } from '../savedObjects.ts';
import { seriesOf, type SeriesTable } from '../answer/series.ts';
import { axisIndex, drawnSeries, listed, type StoredAxis, type StoredSeries } from './xySeries.ts';

/** Draws lines, areas and bars. */
export function xyChart(state: VisState, response: SearchResponse, style: PanelStyle): ChartResult | EmptyResult {
  const { setting, colors } = style;
  const table = seriesOf(state, response, setting);
  if (table.places.length === 0 || table.series.every(({ values }) => values.every((value) => value === null))) return { kind: 'empty' };
  const axes = listed<StoredAxis>(state.params['valueAxes']);
  const percentage = axes[0]?.scale?.mode === 'percentage';
  const shown = percentage ? shares(table) : table;
  const time = table.axis?.type === 'date_histogram';
  const lying = state.type === 'horizontal_bar';
  const position = String(state.params['legendPosition'] ?? 'right');
  const legend = hasLegend(state.params, style);
  const painted = colors.colorsOf(shown.series.map(({ colorKey }) => colorKey));
  const category = categoryAxis(shown, setting, style, time, lying);
  const stacked = listed<StoredSeries>(state.params['seriesParams'])[0]?.mode === 'stacked';
  const values = valueAxes(state, axes, shown, style, { percentage, stacked, lying });
  const option: EChartsOption = {
    ...baseOption(style),
    grid: gridOption(position, legend, style, time && !lying),
    legend: legendOption(shown.series.map(({ name }) => name), position, legend, style),
    tooltip: {
      ...tooltipStyle(style),
      trigger: 'axis',
      axisPointer: { type: lying || state.type === 'histogram' ? 'shadow' : 'line' },
      formatter: (params: unknown) => tooltipAt(params, shown, painted, percentage),
    },
    xAxis: (lying ? values : category) as NonNullable<EChartsOption['xAxis']>,
    yAxis: (lying ? category : values) as NonNullable<EChartsOption['yAxis']>,
    series: shown.series.map((series, index) => drawnSeries(state, series, shown, axes, { width: time ? intervalOf(shown, setting).ms : undefined, color: painted[index] as string })) as NonNullable<EChartsOption['series']>,
  };
  if (time && !lying) shadePartials(option, shown, style);
  return {
    kind: 'chart',
    option,
    filterFor: (seriesIndex, dataIndex) => [...(shown.series[seriesIndex]?.filters ?? []), ...(shown.places[dataIndex]?.filters ?? [])],
    filterForSeries: (name) => shown.series.find((series) => series.name === name)?.filters ?? [],
  };
}

/** Shades the parts of the first and the last bucket that lie outside the time range, as the product does. */
function shadePartials(option: EChartsOption, table: SeriesTable, { setting }: PanelStyle): void {
  const { range } = setting;
  const [first, last] = [Number(table.places[0]?.value), Number(table.places.at(-1)?.value) + intervalOf(table, setting).ms];
  const parts = [...(first < range.from ? [[first, range.from]] : []), ...(last > range.to ? [[range.to, last]] : [])];
  const [drawn] = option.series as { markArea?: object }[];
  if (drawn && parts.length > 0) drawn.markArea = { silent: true, itemStyle: { color: 'rgba(105,112,125,0.2)' }, data: parts.map(([from, to]) => [{ xAxis: from }, { xAxis: to }]) };
}

/** Each value as its share of its place. */
function shares(table: SeriesTable): SeriesTable {
  const totals = table.places.map((_place, at) => table.series.reduce((total, { values }) => total + (values[at] ?? 0), 0));
  return {
    ...table,
    series: table.series.map((series) => ({
      ...series,
      format: (value) => (typeof value === 'number' ? formatPercent(value) : '–'),
      values: series.values.map((value, at) => (value === null || !totals[at] ? null : value / totals[at])),
    })),
  };
}

/** What stands along the axis; narrow charts need the room for themselves. */
function categoryTitle(axis: StoredAggregation | undefined, style: PanelStyle): string {
  return axis && !style.compact ? bucketLabel(axis, style.setting) : '';
}

function categoryAxis(table: SeriesTable, setting: ReadSetting, style: PanelStyle, time: boolean, lying: boolean): object {
  const ink = inkOf(style.theme);
  const look = {
    ...axisTitle(categoryTitle(table.axis, style), style, lying),
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false },
    splitLine: { show: false },
  };
  if (!time) {
    return {
      ...look,
      type: 'category',
      data: table.places.map(({ label }) => label),
      inverse: lying,
      axisLabel: { color: ink.faint, hideOverlap: true, formatter: (label: string) => squeezed(label, lying ? (style.compact ? 28 : 44) : 20) },
    };
  }
  const interval = intervalOf(table, setting);
  return {
    ...look,
    type: 'time',
    ...timeExtent(table, setting),
    // Bars would widen the axis, and the same moment stand elsewhere than in a chart of lines.
    containShape: false,
    inverse: false,
    axisLabel: { color: ink.faint, hideOverlap: true, formatter: (value: number) => formatBucketTime(value, interval, style.timeZone) },
  };
}

/** From the beginning of the first bucket to the end of the last, whether or not they hold anything. */
function timeExtent(table: SeriesTable, setting: ReadSetting): { readonly min: number; readonly max: number } {
  const { range } = setting;
  const width = intervalOf(table, setting).ms;
  const first = Number(table.places[0]?.value ?? range.from);
  // Weeks, months and days of a zone begin where only their buckets know.
  if (width > DAY / 2) return { min: Math.min(range.from, first), max: Math.max(range.to, Number(table.places.at(-1)?.value ?? range.from) + width) };
  // A document of the range's last moment begins a bucket of its own.
  const last = Number(table.places.at(-1)?.value ?? range.from) + width;
  return { min: Math.min(Math.floor(range.from / width) * width, first), max: Math.max(Math.ceil(range.to / width) * width, last) };
}

const DAY = 864e5;

function intervalOf(table: SeriesTable, { range, pattern }: ReadSetting): Interval {
  return dateInterval(table.axis?.params ?? {}, range, pattern?.timeField);
}

function valueAxes(
  state: VisState,
  axes: readonly StoredAxis[],
  table: SeriesTable,
  style: PanelStyle,
  { percentage, stacked, lying }: { readonly percentage: boolean; readonly stacked: boolean; readonly lying: boolean },
): object[] {
  const { setting } = style;
  const ink = inkOf(style.theme);
  const count = Math.max(1, axes.length);
  return Array.from({ length: count }, (_unused, index) => {
    const first = table.series.find((series) => axisIndex(series, state, axes) === index) ?? table.series[0];
    const format: Formatter = first?.format ?? String;
    const whole = first?.column.aggregation.type === 'count' || first?.column.aggregation.type === 'cardinality';
    const bytes = setting.pattern?.formats[String(first?.column.aggregation.params['field'])]?.id === 'bytes' && !whole;
    return {
      type: scaleType(axes[index]),
      show: axes[index]?.show !== false,
      ...(lying || axes[index]?.position === undefined ? {} : { position: axes[index].position === 'right' ? 'right' : 'left' }),
      ...limits(axes[index]),
      ...axisTitle(visibleLine(axes[index]?.title?.text ?? ''), style, !lying),
      ...(percentage ? { min: 0, max: 1 } : whole ? { minInterval: 1 } : bytes ? byteScale(byteStep(table, stacked)) : {}),
      axisLabel: { color: ink.faint, hideOverlap: true, formatter: (value: number) => format(value) },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: index === 0, lineStyle: { color: ink.line } },
      splitNumber: 4,
    };
  });
}

function scaleType(axis: StoredAxis | undefined): string {
  return axis?.scale?.type === 'log' ? 'log' : 'value';
}

/** Ends that the visualization sets, and axes that need not begin at zero. */
function limits(axis: StoredAxis | undefined): object {
  const { setYExtents, min, max, defaultYExtents } = axis?.scale ?? {};
  if (setYExtents === true) return { ...(typeof min === 'number' ? { min } : {}), ...(typeof max === 'number' ? { max } : {}) };
  return defaultYExtents === true ? { scale: true } : {};
}

/** ECharts ends an axis where it likes unless the ends are given as well. */
function byteScale(step: number): object {
  return {
    interval: step,
    min: ({ min }: { readonly min: number }) => (min < 0 ? Math.floor(min / step) * step : 0),
    max: ({ max }: { readonly max: number }) => Math.max(1, Math.ceil(max / step)) * step,
  };
}

/** Round steps of bytes are powers of two. */
function byteStep(table: SeriesTable, stacked: boolean): number {
  const joined = (sizes: readonly number[]): number => (stacked ? sizes.reduce((total, size) => total + size, 0) : Math.max(0, ...sizes));
  const highest = Math.max(1, ...table.places.map((_place, at) => joined(table.series.map(({ values }) => Math.abs(values[at] ?? 0)))));
  return 2 ** Math.ceil(Math.log2(highest / 4));
}

function tooltipAt(params: unknown, table: SeriesTable, painted: readonly string[], percentage: boolean): string {
  const items = (Array.isArray(params) ? params : [params]) as readonly { readonly dataIndex?: number; readonly seriesIndex?: number }[];
  const place = table.places[items[0]?.dataIndex ?? -1];
  const lines = items.flatMap(({ seriesIndex = -1, dataIndex = -1 }): (TooltipLine & { readonly order: number })[] => {
    const series = table.series[seriesIndex];
    const value = series?.values[dataIndex] ?? null;
    if (!series || value === null || (value === 0 && items.length > 1 && !percentage)) return [];
    return [{ color: painted[seriesIndex] as string, name: series.name, value: series.format(value), order: value }];
  });
  return tooltipHtml(place?.label ?? '', lines.sort((a, b) => b.order - a.order));
}
