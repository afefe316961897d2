import type { EChartsOption } from 'echarts';
import { PodscopeError } from '@podscope/core';
import { baseOption } from '../draw/chartParts.ts';
import { inkOf } from '../draw/colors.ts';
import { visibleLine } from '../escape.ts';
import { formatMoment } from '../draw/formats.ts';
import type { PanelStyle } from '../draw/panelStyle.ts';
import type { ChartResult, MetricValue, PanelResult, TableCell } from '../answer/result.ts';
import { answerFor, lastOf, ruleColor, type TsvbAnswer, type TsvbRow, type TsvbSeries, tsvbFormatter } from './answer.ts';
import type { StoredTsvbPanel, StoredTsvbSeries } from './panel.ts';
import { timeSeriesChart } from './timeSeries.ts';

/**
 * Draws a TSVB panel from the answer of `/api/metrics/vis/data`.
 *
 * @throws PodscopeError `RENDERER_UNSUPPORTED` for a kind of panel that no product has
 */
export function tsvbPanel(panel: StoredTsvbPanel, response: Readonly<Record<string, unknown>>, style: PanelStyle): PanelResult {
  const answer = answerFor(panel, response);
  switch (panel.type) {
    case 'timeseries':
      return timeSeriesChart(panel, answer, style);
    case 'metric':
      return metricValues(panel, answer);
    case 'gauge':
      return gauge(panel, answer, style);
    case 'top_n':
      return topN(panel, answer, style);
    case 'table':
      return table(panel, (response['series'] ?? []) as readonly TsvbRow[], style);
    case 'markdown':
      return { kind: 'markdown', text: filledText(panel, answer) };
    default:
      throw new PodscopeError('RENDERER_UNSUPPORTED', `A TSVB panel of kind "${panel.type}" is not drawn here.`, { hint: 'Use timeseries, metric, gauge, top_n, table or markdown.' });
  }
}

/** The stored series that a series of the answer belongs to. */
function storedOf(panel: StoredTsvbPanel, { id, seriesId }: TsvbSeries): StoredTsvbSeries | undefined {
  return panel.series.find((each) => each.id === (seriesId ?? id.split(':')[0]));
}

function textOf(panel: StoredTsvbPanel, series: TsvbSeries): string {
  const stored = storedOf(panel, series);
  return tsvbFormatter(stored?.formatter, stored?.value_template)(lastOf(series));
}

function visible(panel: StoredTsvbPanel, { series }: TsvbAnswer): readonly TsvbSeries[] {
  return series.filter((each) => storedOf(panel, each)?.hidden !== true);
}

/** The first number is large, the second small: application/components/vis_types/metric/vis.js. */
function metricValues(panel: StoredTsvbPanel, answer: TsvbAnswer): PanelResult {
  const values = visible(panel, answer).slice(0, 2).map((series): MetricValue => {
    const value = lastOf(series);
    const color = ruleColor(panel['background_color_rules'], 'color', value);
    const background = ruleColor(panel['background_color_rules'], 'background_color', value);
    return { label: visibleLine(series.label), value, formatted: textOf(panel, series), ...(color === undefined ? {} : { color }), ...(background === undefined ? {} : { background }), filters: [] };
  });
  return values.length === 0 ? { kind: 'empty' } : { kind: 'metric', values };
}

/** application/visualizations/views/gauge.js. */
function gauge(panel: StoredTsvbPanel, answer: TsvbAnswer, style: PanelStyle): PanelResult {
  const [series] = visible(panel, answer);
  if (!series) return { kind: 'empty' };
  const ink = inkOf(style.theme);
  const value = lastOf(series) ?? 0;
  const max = Number(panel['gauge_max'] || 0) || Math.max(1, value);
  const color = ruleColor(panel['gauge_color_rules'], 'gauge', value) ?? series.color ?? ink.faint;
  const circle = panel['gauge_style'] === 'circle';
  const width = Number(panel['gauge_width'] ?? 10) * 2;
  const option: EChartsOption = {
    ...baseOption(style),
    series: [
      {
        type: 'gauge',
        name: visibleLine(series.label),
        center: ['50%', circle ? '50%' : '64%'],
        radius: circle ? '88%' : '112%',
        startAngle: circle ? 90 : 198,
        endAngle: circle ? -270 : -18,
        min: 0,
        max,
        progress: { show: true, width, itemStyle: { color } },
        axisLine: { lineStyle: { width, color: [[1, String(panel['gauge_inner_color'] ?? ink.line)]] } },
        pointer: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { show: false },
        title: { color: ink.faint, fontSize: 22, offsetCenter: [0, '-28%'] },
        detail: { color: ink.text, fontSize: 40, offsetCenter: [0, '4%'], formatter: () => textOf(panel, series) },
        data: [{ name: visibleLine(series.label), value: Math.min(value, max) }],
      },
    ] as NonNullable<EChartsOption['series']>,
  };
  return plainChart(option);
}

/** The longest bar on top: application/visualizations/views/top_n.js. */
function topN(panel: StoredTsvbPanel, answer: TsvbAnswer, style: PanelStyle): PanelResult {
  const bars = visible(panel, answer).map((series) => ({ series, value: lastOf(series) ?? 0 })).sort((a, b) => b.value - a.value);
  if (bars.length === 0) return { kind: 'empty' };
  const ink = inkOf(style.theme);
  const option: EChartsOption = {
    ...baseOption(style),
    grid: { left: 8, right: 72, top: 8, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    xAxis: { type: 'value', show: false },
    yAxis: { type: 'category', inverse: true, data: bars.map(({ series }) => visibleLine(series.label)), axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: ink.text } },
    series: [
      {
        type: 'bar',
        barMaxWidth: 26,
        data: bars.map(({ series, value }) => ({ value, itemStyle: { color: ruleColor(panel['bar_color_rules'], 'bar_color', value) ?? series.color } })),
        label: { show: true, position: 'right', color: ink.text, formatter: ({ dataIndex }: { readonly dataIndex: number }) => (bars[dataIndex] ? textOf(panel, bars[dataIndex].series) : '') },
      },
    ] as NonNullable<EChartsOption['series']>,
  };
  return plainChart(option);
}

function plainChart(option: EChartsOption): ChartResult {
  return { kind: 'chart', option, filterFor: () => [], filterForSeries: () => [] };
}

/** application/components/vis_types/table/vis.js. */
function table(panel: StoredTsvbPanel, rows: readonly TsvbRow[], style: PanelStyle): PanelResult {
  if (rows.length === 0) return { kind: 'empty' };
  const columns = panel.series.filter(({ hidden }) => hidden !== true);
  const first = String(panel['pivot_label'] || panel['pivot_id'] || '');
  return {
    kind: 'table',
    columns: [
      { id: 'key', label: visibleLine(first), numeric: false },
      ...columns.map(({ id, label, metrics }) => ({ id, label: visibleLine(label || rows[0]?.series.find((each) => each.id === id)?.label || String(metrics?.at(-1)?.type ?? '')), numeric: true })),
    ],
    rows: rows.map((row): readonly TableCell[] => [
      { value: row.key, formatted: visibleLine(panel['pivot_type'] === 'date' ? formatMoment(row.key, style.timeZone) : String(row.key)), filters: [] },
      ...columns.map((column): TableCell => {
        const series = row.series.find(({ id }) => id === column.id);
        const value = series ? lastOf(series) : null;
        const color = ruleColor(column.color_rules, 'text', value);
        const arrow = series && Number(column.trend_arrows ?? 0) === 1 ? ((series.slope ?? 0) > 0 ? ' ↑' : ' ↓') : '';
        return { value, formatted: `${tsvbFormatter(column.formatter, column.value_template)(value)}${arrow}`, filters: [], ...(color === undefined ? {} : { color }) };
      }),
    ]),
    perPage: rows.length,
  };
}

/** The names of series as a text refers to them: application/components/lib/convert_series_to_vars.js. */
function variableOf({ label }: TsvbSeries): string {
  return label.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z\d]+/g, '_').replace(/^_|_$/g, '');
}

function filledText(panel: StoredTsvbPanel, answer: TsvbAnswer): string {
  const variables = new Map(answer.series.map((series) => [variableOf(series), series]));
  return String(panel['markdown'] ?? '').replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_whole, path: string) => {
    const [name = '', part, form] = path.split('.');
    const series = variables.get(name);
    if (!series) return '';
    if (part === 'label') return visibleLine(series.label);
    return form === 'raw' ? String(lastOf(series) ?? '') : textOf(panel, series);
  });
}
