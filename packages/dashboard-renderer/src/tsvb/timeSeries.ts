import type { EChartsOption } from 'echarts';
import { axisTitle, baseOption, gridOption, legendOption, tooltipHtml, type TooltipLine, tooltipStyle } from '../draw/chartParts.ts';
import { inkOf } from '../draw/colors.ts';
import { visibleLine } from '../escape.ts';
import { formatBucketTime } from '../draw/formats.ts';
import { intervalName } from '../answer/labels.ts';
import type { PanelStyle } from '../draw/panelStyle.ts';
import type { ChartResult, EmptyResult } from '../answer/result.ts';
import { type TsvbAnswer, type TsvbSeries, tsvbFormatter } from './answer.ts';
import type { StoredTsvbPanel, StoredTsvbSeries } from './panel.ts';

interface Drawn {
  readonly name: string;
  readonly series: TsvbSeries;
  readonly stored: StoredTsvbSeries | undefined;
  readonly axis: number;
  readonly shown: readonly (number | null)[];
  format(value: number | null): string;
}

/** Draws the series of a TSVB panel over time, with its annotations. */
export function timeSeriesChart(panel: StoredTsvbPanel, answer: TsvbAnswer, style: PanelStyle): ChartResult | EmptyResult {
  const drawn = drawnSeries(panel, answer);
  const times = [...new Set(answer.series.flatMap(({ data = [] }) => data.map(([time]) => time)))].sort((a, b) => a - b);
  if (times.length === 0) return { kind: 'empty' };
  const ink = inkOf(style.theme);
  const step = times.length > 1 ? (times[1] as number) - (times[0] as number) : 36e5;
  const position = String(panel['legend_position'] ?? 'right');
  const legend = panel['show_legend'] !== 0 && panel['show_legend'] !== false;
  const named = new Map(drawn.map(({ name, series, format, shown }) => [name, `${visibleLine(series.label)}   ${format(shown.at(-1) ?? null)}`]));
  const separate = drawn.some(({ axis }) => axis === 1);
  const valueAxis = (at: number, side: string): object => {
    const first = drawn.find(({ axis }) => axis === at) ?? drawn[0];
    return {
      type: panel['axis_scale'] === 'log' ? 'log' : 'value',
      position: side,
      ...extent(panel),
      ...(first && shares(first.series) ? { min: 0, max: 1 } : {}),
      axisLabel: { color: ink.faint, formatter: (value: number) => first?.format(value) ?? String(value) },
      splitLine: { show: at === 0 && panel['show_grid'] !== 0, lineStyle: { color: ink.line } },
    };
  };
  const option: EChartsOption = {
    ...baseOption(style),
    grid: gridOption(position, legend, style, true),
    legend: {
      ...legendOption(inLegendOrder(drawn).map(({ name }) => name), position, legend, style),
      formatter: (name: string) => named.get(name) ?? name,
    } as NonNullable<EChartsOption['legend']>,
    tooltip: {
      ...tooltipStyle(style),
      trigger: 'axis',
      formatter: (params: unknown) => {
        const items = (Array.isArray(params) ? params : [params]) as readonly { readonly seriesIndex?: number; readonly dataIndex?: number }[];
        const time = times[items[0]?.dataIndex ?? -1];
        const lines = items.flatMap(({ seriesIndex = -1, dataIndex = -1 }): TooltipLine[] => {
          const each = drawn[seriesIndex];
          return each ? [{ color: each.series.color ?? ink.line, name: each.series.label, value: each.format(each.shown[dataIndex] ?? null) }] : [];
        });
        return tooltipHtml(time === undefined ? '' : formatBucketTime(time, { ms: step }, style.timeZone), lines);
      },
    },
    xAxis: {
      type: 'time',
      min: times[0] as number,
      max: times.at(-1) as number,
      ...axisTitle(style.compact ? '' : `per ${stepName(step)}`, style),
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: { color: ink.faint, hideOverlap: true, formatter: (value: number) => formatBucketTime(value, { ms: step }, style.timeZone) },
      splitLine: { show: false },
    } as NonNullable<EChartsOption['xAxis']>,
    yAxis: (separate ? [valueAxis(0, 'left'), valueAxis(1, 'right')] : [valueAxis(0, panel['axis_position'] === 'right' ? 'right' : 'left')]) as NonNullable<EChartsOption['yAxis']>,
    series: drawn.map((each, at) => echartsSeries(each, at === 0 ? markLines(panel, answer, style) : undefined)) as NonNullable<EChartsOption['series']>,
  };
  return { kind: 'chart', option, filterFor: () => [], filterForSeries: () => [] };
}

function drawnSeries(panel: StoredTsvbPanel, { series }: TsvbAnswer): readonly Drawn[] {
  const visible = series.filter((each) => storedOf(panel, each)?.hidden !== true);
  return visible.map((each, at) => {
    const stored = storedOf(panel, each);
    const format = shares(each) ? tsvbFormatter('0.[00]%', undefined) : tsvbFormatter(stored?.formatter, stored?.value_template);
    const shown = (each.data ?? []).map(([, value], place) => {
      if (!shares(each)) return value;
      const total = visible.reduce((sum, other) => sum + (shares(other) ? (other.data?.[place]?.[1] ?? 0) : 0), 0);
      return total === 0 ? 0 : (value ?? 0) / total;
    });
    const right = Number(stored?.separate_axis ?? 0) === 1 && stored?.axis_position === 'right';
    return { name: `${at}: ${each.label}`, series: each, stored, axis: right ? 1 : 0, shown, format };
  });
}

function storedOf(panel: StoredTsvbPanel, series: TsvbSeries): StoredTsvbSeries | undefined {
  const id = series.seriesId ?? series.id.split(':')[0];
  return panel.series.find((each) => each.id === id);
}

function shares({ stack }: TsvbSeries): boolean {
  return stack === 'percent';
}

function stacked({ stack }: TsvbSeries): boolean {
  return stack !== undefined && stack !== 'none' && stack !== false;
}

/** The uppermost of a stack comes first. */
function inLegendOrder(drawn: readonly Drawn[]): readonly Drawn[] {
  return drawn.some(({ series }) => stacked(series)) ? [...drawn].reverse() : drawn;
}

function extent(panel: StoredTsvbPanel): object {
  const number = (value: unknown): number | undefined => (value === undefined || value === null || value === '' || !Number.isFinite(Number(value)) ? undefined : Number(value));
  const [min, max] = [number(panel['axis_min']), number(panel['axis_max'])];
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function echartsSeries({ name, series, axis, shown }: Drawn, markLine: object | undefined): object {
  const { lines = {}, points = {}, bars = {}, data = [], color } = series;
  const common = {
    name,
    yAxisIndex: axis,
    data: data.map(([time], at) => [time, shown[at]]),
    itemStyle: { color },
    ...(stacked(series) ? { stack: `axis-${axis}` } : {}),
    ...(markLine ? { markLine } : {}),
  };
  if (bars.show === true) return { ...common, type: 'bar', barMaxWidth: 36, itemStyle: { color, opacity: Math.max(0.3, bars.fill ?? 1) } };
  return {
    ...common,
    type: 'line',
    showSymbol: points.show !== false,
    symbol: 'circle',
    symbolSize: Math.max(2, (points.radius ?? 1) * 2),
    ...(lines.steps === true ? { step: 'end' } : {}),
    lineStyle: { color, width: lines.show === false ? 0 : (lines.lineWidth ?? 1) },
    ...(lines.show !== false && (lines.fill ?? 0) > 0 ? { areaStyle: { color, opacity: lines.fill } } : {}),
  };
}

function markLines(panel: StoredTsvbPanel, { annotations }: TsvbAnswer, style: PanelStyle): object | undefined {
  const data = (panel.annotations ?? []).flatMap((stored) => {
    if (stored.hidden === true) return [];
    const color = stored.color ?? inkOf(style.theme).faint;
    return (annotations[stored.id] ?? []).map(({ key, docs }) => ({ xAxis: key, name: visibleLine(docs.map((document) => filled(stored.template ?? '', document)).join('; ')), lineStyle: { color, width: 1 } }));
  });
  return data.length === 0 ? undefined : { silent: true, symbol: ['none', 'none'], label: { show: false }, lineStyle: { type: 'solid' }, data };
}

/** A text with values of a document in it: `{{geo.src}}`. */
function filled(template: string, document: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{\{\s*([\w.@-]+)\s*\}\}/g, (_whole, path: string) => {
    const value = Object.hasOwn(document, path) ? document[path] : path.split('.').reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined), document);
    return value === undefined || value === null ? '' : String(value);
  });
}

const STEPS: readonly (readonly [number, string])[] = [[31_536e6, 'y'], [6048e5, 'w'], [864e5, 'd'], [36e5, 'h'], [6e4, 'm'], [1e3, 's'], [1, 'ms']];

/** Such as `12 hours`. */
function stepName(ms: number): string {
  const [size, unit] = STEPS.find(([each]) => ms >= each && ms % each === 0) ?? [1, 'ms'];
  return intervalName(`${ms / size}${unit}`);
}
