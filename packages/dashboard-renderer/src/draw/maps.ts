import type { EChartsOption } from 'echarts';
import { baseOption, classLegend, tooltipHtml, tooltipStyle } from './chartParts.ts';
import { classOf, type ColorClass, colorClasses, schemaColor } from './colorSchemas.ts';
import { nextId } from '../request/aggregations.ts';
import { inkOf } from './colors.ts';
import { squeezed } from '../escape.ts';
import type { PanelFilter } from '../query/filter.ts';
import { formatNumber } from './formats.ts';
import { cellCentre } from '../answer/geoCells.ts';
import { metricColumns, metricFormatter } from '../answer/metricValues.ts';
import { hasLegend, ownColors, type PanelStyle } from './panelStyle.ts';
import { rowsOf, type SearchResponse } from '../answer/rows.ts';
import type { ChartResult, EmptyResult } from '../answer/result.ts';
import type { VisState } from '../savedObjects.ts';

interface Cell {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  readonly value: number;
  readonly filters: readonly PanelFilter[];
}

/** Classes of a legend on a map: src/plugins/maps_legacy and tile_map/public/markers/scaled_circles.js take quarters of the numbers. */
function quantized(values: readonly number[], style: PanelStyle, schema: unknown, count: number): readonly ColorClass[] {
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const step = (max - min || 1) / count;
  const ranges = Array.from({ length: max === min ? 1 : count }, (_unused, at) => ({ from: min + at * step, to: max === min ? max + 1 : min + (at + 1) * step }));
  const named = colorClasses(ranges, { schema, inverted: false, own: ownColors(style), label: (value) => formatNumber(Math.round(value * 10) / 10) });
  return named.map((each, at) => ({ ...each, color: schemaColor((at + 1) / (ranges.length + 1), schema) }));
}

/** Draws the cells of a tile map as circles on its degrees: no tiles are loaded. */
export function tileMap(state: VisState, response: SearchResponse, style: PanelStyle): ChartResult | EmptyResult {
  const [column] = metricColumns(state);
  const centroid = nextId(state);
  const cells = rowsOf(state, response, style.setting).flatMap((row): Cell[] => {
    const key = row.keys.at(-1);
    const { location } = (row.bucket[centroid] ?? {}) as { readonly location?: { readonly lat: number; readonly lon: number } };
    const place = location ?? (key ? cellCentre(String(key.value), key.aggregation.type) : undefined);
    const value = column ? row.values.get(column.id) : null;
    return place && key && typeof value === 'number' ? [{ name: key.label, ...place, value, filters: key.filters }] : [];
  });
  if (!column || cells.length === 0) return { kind: 'empty' };
  const format = metricFormatter(column.aggregation, style.setting, state.aggs);
  const values = cells.map(({ value }) => value);
  const classes = quantized(values, style, state.params['colorSchema'] ?? 'Yellow to Red', 4);
  const largest = Math.max(...values.map(Math.abs)) || 1;
  const ink = inkOf(style.theme);
  const degrees = (name: string): object => ({ type: 'value', axisLabel: { color: ink.faint, formatter: `{value}°` }, splitLine: { lineStyle: { color: ink.line } }, axisLine: { show: false }, name, nameTextStyle: { color: ink.faint } });
  const option: EChartsOption = {
    ...baseOption(style),
    grid: { left: 12, right: hasLegend(state.params, style) ? 140 : 16, top: 24, bottom: 12, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: { ...tooltipStyle(style), trigger: 'item', formatter: (params: unknown) => tip(cells, params, (value) => format(value), column.label, classes) },
    xAxis: { ...degrees(''), min: -180, max: 180, interval: 60 } as NonNullable<EChartsOption['xAxis']>,
    yAxis: { ...degrees(''), min: -90, max: 90, interval: 30 } as NonNullable<EChartsOption['yAxis']>,
    series: [
      {
        type: 'scatter',
        data: cells.map(({ lon, lat, value }) => ({ value: [lon, lat, value], symbolSize: 6 + 26 * Math.sqrt(Math.abs(value) / largest), itemStyle: { color: classOf(classes, value)?.color, opacity: 0.8, borderColor: ink.faint, borderWidth: 1 } })),
      },
    ] as NonNullable<EChartsOption['series']>,
    graphic: hasLegend(state.params, style) ? classLegend(classes, style) : [],
  };
  return { kind: 'chart', option, filterFor: (_series, at) => cells[at]?.filters ?? [], filterForSeries: () => [] };
}

function tip(cells: readonly Pick<Cell, 'name' | 'value'>[], params: unknown, format: (value: number) => string, label: string, classes: readonly ColorClass[]): string {
  const cell = cells[(params as { readonly dataIndex?: number }).dataIndex ?? -1];
  return cell ? tooltipHtml(cell.name, [{ color: classOf(classes, cell.value)?.color ?? '', name: label, value: format(cell.value) }]) : '';
}

/** Draws the regions of a map as bars in the colours of their classes: their shapes would come from the network. */
export function regionMap(state: VisState, response: SearchResponse, style: PanelStyle): ChartResult | EmptyResult {
  const [column] = metricColumns(state);
  const regions = rowsOf(state, response, style.setting).flatMap((row) => {
    const key = row.keys.at(-1);
    const value = column ? row.values.get(column.id) : null;
    return key && typeof value === 'number' ? [{ name: key.label, value, filters: key.filters }] : [];
  });
  if (!column || regions.length === 0) return { kind: 'empty' };
  const format = metricFormatter(column.aggregation, style.setting, state.aggs);
  const classes = quantized(regions.map(({ value }) => value), style, state.params['colorSchema'] ?? 'Yellow to Red', 5);
  const ink = inkOf(style.theme);
  const legend = hasLegend(state.params, style);
  const option: EChartsOption = {
    ...baseOption(style),
    grid: { left: 8, right: legend ? 140 : 64, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: { ...tooltipStyle(style), trigger: 'item', formatter: (params: unknown) => tip(regions, params, (value) => format(value), column.label, classes) },
    xAxis: { type: 'value', axisLabel: { color: ink.faint, hideOverlap: true, formatter: (value: number) => format(value) }, splitLine: { lineStyle: { color: ink.line } } },
    yAxis: { type: 'category', inverse: true, data: regions.map(({ name }) => name), axisTick: { show: false }, axisLine: { lineStyle: { color: ink.line } }, axisLabel: { color: ink.text, formatter: (name: string) => squeezed(name, 28) } },
    series: [
      {
        type: 'bar',
        barCategoryGap: '15%',
        data: regions.map(({ value }) => ({ value, itemStyle: { color: classOf(classes, value)?.color } })),
        label: { show: true, position: 'right', color: ink.text, formatter: ({ dataIndex }: { readonly dataIndex: number }) => format(regions[dataIndex]?.value ?? null) },
      },
    ] as NonNullable<EChartsOption['series']>,
    graphic: legend ? classLegend(classes, style) : [],
  };
  return { kind: 'chart', option, filterFor: (_series, at) => regions[at]?.filters ?? [], filterForSeries: () => [] };
}
