import type { EChartsOption } from 'echarts';
import { axisTitle, baseOption, gridOption, tooltipHtml, tooltipStyle } from './chartParts.ts';
import { classOf, type ColorClass, colorClasses, schemaColor } from './colorSchemas.ts';
import { inkOf } from './colors.ts';
import { squeezed } from '../escape.ts';
import type { PanelFilter } from '../query/filter.ts';
import { formatNumber } from './formats.ts';
import { bucketLabel } from '../answer/labels.ts';
import { hasLegend, ownColors, type PanelStyle } from './panelStyle.ts';
import type { SearchResponse } from '../answer/rows.ts';
import type { ChartResult, EmptyResult } from '../answer/result.ts';
import type { VisState } from '../savedObjects.ts';
import { type SeriesTable, seriesOf } from '../answer/series.ts';

/** Draws a field for each place and group, as dark as its number. */
export function heatmapChart(state: VisState, response: SearchResponse, style: PanelStyle): ChartResult | EmptyResult {
  // No documents are no field: a zero would have a colour.
  const table = seriesOf({ ...state, params: { ...state.params, seriesParams: [{ type: 'line', mode: 'normal' }] } }, response, style.setting);
  const cells = table.series.flatMap(({ values }, row) => values.flatMap((value, column) => (value === null ? [] : [{ row, column, value }])));
  if (cells.length === 0) return { kind: 'empty' };
  const classes = classesOf(state, cells.map(({ value }) => value), style);
  const ink = inkOf(style.theme);
  const legend = hasLegend(state.params, style);
  const group = state.aggs.find(({ schema }) => schema === 'group');
  const axis = (names: readonly string[], title: string, upright = false): object => ({
    type: 'category',
    data: names,
    ...axisTitle(title, style, upright),
    axisLabel: { color: ink.faint, hideOverlap: true, formatter: (name: string) => squeezed(name, 24) },
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false },
    splitArea: { show: false },
  });
  const format = table.series[0]?.format ?? String;
  const percent = state.params['percentageMode'] === true;
  const highest = Math.max(...cells.map(({ value }) => value));
  const colorOf = (value: number): string => classOf(classes, percent ? (value / highest) * 100 : value)?.color ?? ink.line;
  const option: EChartsOption = {
    ...baseOption(style),
    grid: gridOption(String(state.params['legendPosition'] ?? 'right'), legend, style, false),
    tooltip: {
      ...tooltipStyle(style),
      trigger: 'item',
      formatter: (params: unknown) => {
        const cell = cells[(params as { readonly dataIndex?: number }).dataIndex ?? -1];
        return cell ? tooltipHtml(table.places[cell.column]?.label ?? '', [{ color: colorOf(cell.value), name: table.series[cell.row]?.name ?? '', value: format(cell.value) }]) : '';
      },
    },
    xAxis: axis(table.places.map(({ label }) => label), table.axis && !style.compact ? bucketLabel(table.axis, style.setting) : ''),
    yAxis: { ...axis(table.series.map(({ name }) => name), group && !style.compact ? bucketLabel(group, style.setting) : '', true), inverse: true },
    ...(legend ? { visualMap: visualMap(classes, style) } : { visualMap: { ...visualMap(classes, style), show: false } }),
    series: [
      {
        type: 'heatmap',
        data: cells.map(({ row, column, value }) => ({ value: [column, row, percent ? (value / highest) * 100 : value] })),
        itemStyle: { borderColor: ink.surface, borderWidth: 1 },
        label: { show: cellLabels(state), formatter: ({ dataIndex }: { readonly dataIndex: number }) => format(cells[dataIndex]?.value ?? null) },
      },
    ] as NonNullable<EChartsOption['series']>,
  };
  return {
    kind: 'chart',
    option,
    filterFor: (_series, dataIndex) => filtersOf(cells[dataIndex], table),
    filterForSeries: (name) => table.series.find((series) => series.name === name)?.filters ?? [],
  };
}

function filtersOf(cell: { readonly row: number; readonly column: number } | undefined, { series, places }: SeriesTable): readonly PanelFilter[] {
  return cell ? [...(series[cell.row]?.filters ?? []), ...(places[cell.column]?.filters ?? [])] : [];
}

function visualMap(classes: readonly ColorClass[], style: PanelStyle): object {
  return {
    type: 'piecewise',
    dimension: 2,
    // The last class holds its own end.
    pieces: classes.map(({ from, to, label, color }, at) => ({ gte: from, ...(at === classes.length - 1 ? { lte: to } : { lt: to }), label, color })),
    orient: 'vertical',
    right: 12,
    top: 8,
    itemWidth: 10,
    itemHeight: 10,
    itemSymbol: 'circle',
    // ECharts turns the pieces of an upright map round, the first below.
    inverse: true,
    align: 'left',
    textStyle: { color: inkOf(style.theme).text, fontSize: 11 },
  };
}

function cellLabels({ params }: VisState): boolean {
  const [axis] = Array.isArray(params['valueAxes']) ? (params['valueAxes'] as readonly { readonly labels?: { readonly show?: boolean } }[]) : [];
  return axis?.labels?.show === true;
}

/** After `getHeatmapLabels` of src/plugins/vis_type_vislib/public/vislib/visualizations/point_series/heatmap_chart.js. */
function classesOf(state: VisState, values: readonly number[], style: PanelStyle): readonly ColorClass[] {
  const { params } = state;
  const scheme = { schema: params['colorSchema'], inverted: params['invertColors'] === true, own: ownColors(style), label: formatNumber };
  const stored = params['colorsRange'];
  if (params['setColorRange'] === true && Array.isArray(stored)) {
    const ranges = (stored as readonly { readonly from: number | null; readonly to: number | null }[]).map(({ from, to }) => ({ from: from ?? 0, to: to ?? Number.MAX_VALUE }));
    return shaded(ranges, scheme);
  }
  const count = Number(params['colorsNumber'] ?? 4);
  const percent = params['percentageMode'] === true;
  const min = percent || params['defaultYExtents'] !== true ? Math.min(0, ...values) : Math.min(...values);
  const max = percent ? 100 : niceEnd(min, Math.max(...values));
  const edge = (at: number): number => (percent ? Math.ceil((at / count) * 100) : min + ((max - min) * at) / count);
  const label = percent ? (value: number): string => `${value}%` : formatNumber;
  return shaded(Array.from({ length: count }, (_unused, at) => ({ from: edge(at), to: edge(at + 1) })), { ...scheme, label });
}

/** Heatmaps share the schema out so that its very end is not reached. */
function shaded(ranges: readonly { readonly from: number; readonly to: number }[], scheme: Parameters<typeof colorClasses>[1]): readonly ColorClass[] {
  return colorClasses(ranges, scheme).map((each, at) => {
    const share = at / ranges.length;
    const mine = scheme.own[each.label];
    return { ...each, color: typeof mine === 'string' ? mine : schemaColor(scheme.inverted ? 1 - share : share, scheme.schema) };
  });
}

/** Where d3 ends a scale of about ten steps. */
function niceEnd(min: number, max: number): number {
  const width = max - min;
  if (!(width > 0)) return min + 1;
  const power = 10 ** Math.floor(Math.log10(width / 10));
  const error = width / 10 / power;
  const step = power * (error >= 7.5 ? 10 : error >= 3.5 ? 5 : error >= 1.5 ? 2 : 1);
  return Math.ceil(max / step) * step;
}
