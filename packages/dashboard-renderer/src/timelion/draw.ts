import type { EChartsOption } from 'echarts';
import { PodscopeError } from '@podscope/core';
import { baseOption, gridOption, legendOption, tooltipHtml, type TooltipLine, tooltipStyle } from '../draw/chartParts.ts';
import { inkOf } from '../draw/colors.ts';
import { visibleLine } from '../escape.ts';
import { formatBucketTime, formatNumber } from '../draw/formats.ts';
import { formatPattern } from '../draw/numberPattern.ts';
import type { PanelStyle } from '../draw/panelStyle.ts';
import type { ChartResult, EmptyResult } from '../answer/result.ts';

/** One series of an answer of `/api/timeline/run`. */
interface TimelionSeries {
  readonly data: readonly (readonly [number, number | null])[];
  readonly label?: string;
  readonly color?: string;
  readonly stack?: boolean;
  readonly _hide?: boolean;
  readonly _title?: string;
  readonly lines?: { readonly show?: boolean; readonly lineWidth?: number; readonly fill?: number; readonly steps?: boolean };
  readonly bars?: { readonly show?: boolean };
  readonly points?: { readonly show?: boolean; readonly radius?: number };
  readonly yaxis?: number;
  readonly _global?: { readonly yaxes?: readonly ({ readonly axisLabel?: string; readonly min?: number; readonly max?: number; readonly units?: { readonly type?: string } } | null)[]; readonly legend?: { readonly show?: boolean; readonly position?: string } };
}

/** src/plugins/vis_type_timeline/public/helpers/panel_utils.ts. */
const COLORS = ['#01A4A4', '#CC6666', '#D0D102', '#616161', '#00A1CB', '#32742C', '#F18D05', '#113F8C', '#61AE24', '#D70060'];

/**
 * Draws a Timelion visualization from the answer of `/api/timeline/run`.
 *
 * @throws PodscopeError `RENDERER_SEARCH_FAILED` when the answer says that the expression failed
 */
export function timelionChart(answer: Readonly<Record<string, unknown>>, style: PanelStyle): ChartResult | EmptyResult {
  if (typeof answer['title'] === 'string' && answer['sheet'] === undefined && typeof answer['message'] === 'string') {
    throw new PodscopeError('RENDERER_SEARCH_FAILED', `The expression failed: ${visibleLine(answer['message'])}`, { hint: 'Correct it in the editor of OpenSearch Dashboards.' });
  }
  const [sheet] = (answer['sheet'] ?? []) as readonly { readonly list?: readonly TimelionSeries[] }[];
  const series = (sheet?.list ?? []).filter(({ _hide }) => _hide !== true);
  const times = [...new Set(series.flatMap(({ data }) => data.map(([time]) => time)))].sort((a, b) => a - b);
  if (times.length === 0) return { kind: 'empty' };
  const ink = inkOf(style.theme);
  const step = times.length > 1 ? (times[1] as number) - (times[0] as number) : 36e5;
  const shared = series.find(({ _global }) => _global)?._global ?? {};
  const legend = shared.legend?.show !== false;
  const axes = Math.max(1, ...series.map(({ yaxis = 1 }) => yaxis));
  const colorOf = (each: TimelionSeries, at: number): string => each.color ?? (COLORS[at % COLORS.length] as string);
  const format = (value: number, axis: number): string => inUnits(value, shared.yaxes?.[axis]?.units?.type);
  const title = series.map(({ _title }) => _title).find((each) => each !== undefined);
  const option: EChartsOption = {
    ...baseOption(style),
    ...(title === undefined ? {} : { title: { text: visibleLine(title), left: 'center', top: 0, textStyle: { color: ink.text, fontSize: 13 } } }),
    grid: { ...gridOption('top', legend, style, true), top: title === undefined ? 34 : 54 },
    legend: { ...legendOption(series.map((each, at) => nameOf(each, at)), 'top', legend, style), top: title === undefined ? 0 : 22 } as NonNullable<EChartsOption['legend']>,
    tooltip: {
      ...tooltipStyle(style),
      trigger: 'axis',
      formatter: (params: unknown) => {
        const items = (Array.isArray(params) ? params : [params]) as readonly { readonly seriesIndex?: number; readonly dataIndex?: number }[];
        const lines = items.flatMap(({ seriesIndex = -1, dataIndex = -1 }): TooltipLine[] => {
          const each = series[seriesIndex];
          const value = each?.data[dataIndex]?.[1];
          return each && typeof value === 'number' ? [{ color: colorOf(each, seriesIndex), name: nameOf(each, seriesIndex), value: format(value, (each.yaxis ?? 1) - 1) }] : [];
        });
        const time = series[items[0]?.seriesIndex ?? 0]?.data[items[0]?.dataIndex ?? -1]?.[0];
        return tooltipHtml(time === undefined ? '' : formatBucketTime(time, { ms: step }, style.timeZone), lines);
      },
    },
    xAxis: {
      type: 'time',
      min: times[0] as number,
      max: times.at(-1) as number,
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { color: ink.faint, hideOverlap: true, formatter: (value: number) => formatBucketTime(value, { ms: step }, style.timeZone) },
    } as NonNullable<EChartsOption['xAxis']>,
    yAxis: Array.from({ length: axes }, (_unused, axis) => {
      const stored = shared.yaxes?.[axis];
      return {
        type: 'value',
        position: axis % 2 === 0 ? 'left' : 'right',
        ...(stored?.axisLabel === undefined ? {} : { name: visibleLine(stored.axisLabel), nameLocation: 'middle', nameTextStyle: { color: ink.faint, fontSize: 11 } }),
        ...(stored?.min === undefined ? {} : { min: stored.min }),
        ...(stored?.max === undefined ? {} : { max: stored.max }),
        axisLabel: { color: ink.faint, formatter: (value: number) => format(value, axis) },
        splitLine: { show: axis === 0, lineStyle: { color: ink.line } },
      };
    }) as NonNullable<EChartsOption['yAxis']>,
    series: series.map((each, at) => drawnSeries(each, nameOf(each, at), colorOf(each, at))) as NonNullable<EChartsOption['series']>,
  };
  return { kind: 'chart', option, filterFor: () => [], filterForSeries: () => [] };
}

function nameOf({ label }: TimelionSeries, at: number): string {
  return label === undefined || label === '' ? `series ${at + 1}` : visibleLine(label);
}

function drawnSeries({ data, lines = {}, bars = {}, points = {}, stack, yaxis = 1 }: TimelionSeries, name: string, color: string): object {
  const common = { name, data, yAxisIndex: yaxis - 1, itemStyle: { color }, ...(stack === true ? { stack: `axis-${yaxis}` } : {}) };
  if (bars.show === true) return { ...common, type: 'bar', barMaxWidth: 24 };
  const joined = lines.show !== false && points.show !== true;
  return {
    ...common,
    type: 'line',
    connectNulls: false,
    showSymbol: points.show === true,
    symbol: 'circle',
    symbolSize: (points.radius ?? 3) * 2,
    ...(lines.steps === true ? { step: 'end' } : {}),
    lineStyle: { color, width: joined || lines.show === true ? (lines.lineWidth ?? 2) : 0 },
    ...((lines.fill ?? 0) > 0 ? { areaStyle: { color, opacity: (lines.fill ?? 0) > 1 ? (lines.fill ?? 0) / 10 : lines.fill } } : {}),
  };
}

function inUnits(value: number, unit: string | undefined): string {
  if (unit === 'bytes' || unit === 'bytes/s') return `${formatPattern(value, '0.[0]b')}${unit === 'bytes' ? '' : '/s'}`;
  if (unit === 'percent') return formatPattern(value, '0.[0]%');
  return formatNumber(value);
}
