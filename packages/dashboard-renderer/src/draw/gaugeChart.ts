import type { EChartsOption } from 'echarts';
import { baseOption, classLegend } from './chartParts.ts';
import { classOf, type ColorClass, colorClasses } from './colorSchemas.ts';
import { inkOf } from './colors.ts';
import { shortened } from '../escape.ts';
import type { PanelFilter } from '../query/filter.ts';
import { formatPercent } from './formats.ts';
import { metricColumns, metricFormatter } from '../answer/metricValues.ts';
import { hasLegend, ownColors, type PanelStyle } from './panelStyle.ts';
import { rowsOf, type SearchResponse } from '../answer/rows.ts';
import type { ChartResult, EmptyResult } from '../answer/result.ts';
import type { VisState } from '../savedObjects.ts';

interface StoredGauge {
  readonly gaugeType?: string;
  readonly percentageMode?: boolean;
  readonly extendRange?: boolean;
  readonly autoExtend?: boolean;
  readonly invertColors?: boolean;
  readonly colorSchema?: string;
  readonly colorsRange?: readonly { readonly from: number; readonly to: number }[];
  readonly labels?: { readonly show?: boolean };
  readonly scale?: { readonly show?: boolean };
  readonly style?: { readonly subText?: string };
}

interface Dial {
  readonly label: string;
  readonly value: number | null;
  readonly text: string;
  readonly filters: readonly PanelFilter[];
}

/** Draws a gauge (or a goal) for each row and metric. */
export function gaugeChart(state: VisState, response: SearchResponse, style: PanelStyle): ChartResult | EmptyResult {
  const stored = (state.params['gauge'] ?? {}) as StoredGauge;
  const ranges = stored.colorsRange ?? [{ from: 0, to: 100 }];
  const [low, end] = [ranges[0]?.from ?? 0, ranges.at(-1)?.to ?? 100];
  const columns = metricColumns(state);
  const dials = rowsOf(state, response, style.setting).flatMap((row) =>
    columns.map((column): Dial => {
      const answer = row.values.get(column.id) ?? null;
      const value = typeof answer === 'string' ? null : answer;
      const share = ((value ?? 0) - low) / (end - low || 1);
      const text = stored.percentageMode === true ? formatPercent(share) : metricFormatter(column.aggregation, style.setting, state.aggs)(answer);
      const group = row.keys.map(({ label }) => label).join(' - ');
      return { label: group === '' ? column.label : columns.length === 1 ? group : `${group} - ${column.label}`, value, text, filters: row.keys.flatMap(({ filters }) => filters) };
    }),
  );
  if (dials.every(({ value }) => value === null)) return { kind: 'empty' };
  // Dials have the colours of their classes; in the product their names take a place in the page's palette.
  style.colors.colorsOf(dials.map(({ label }) => ({ value: label, field: undefined })));
  const classes = colorClasses(ranges, { schema: stored.colorSchema, inverted: stored.invertColors === true, own: ownColors(style), label: String });
  // The product lengthens the scale when a value is beyond its end.
  const lengthened = stored.extendRange === true || stored.autoExtend === true;
  const high = lengthened ? Math.max(end, ...dials.map(({ value }) => value ?? 0)) : end;
  const option: EChartsOption = {
    ...baseOption(style),
    series: dials.flatMap((dial, index) => dialSeries(dial, index, { stored, classes, low, high, count: dials.length }, style)) as NonNullable<EChartsOption['series']>,
    graphic: hasLegend(state.params, style) ? classLegend(classes, style) : [],
  };
  const perDial = stored.scale?.show === true ? 2 : 1;
  return {
    kind: 'chart',
    option,
    filterFor: (seriesIndex) => dials[Math.floor(seriesIndex / perDial)]?.filters ?? [],
    filterForSeries: (name) => dials.find(({ label }) => label === name)?.filters ?? [],
  };
}

interface DialSetting {
  readonly stored: StoredGauge;
  readonly classes: readonly ColorClass[];
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

function dialSeries({ label, value, text }: Dial, index: number, { stored, classes, low, high, count }: DialSetting, style: PanelStyle): object[] {
  const ink = inkOf(style.theme);
  const circle = stored.gaugeType === 'Circle';
  const color = classOf(classes, value)?.color ?? ink.line;
  const place = {
    type: 'gauge',
    center: [`${((index + 0.5) / count) * 100}%`, circle ? '48%' : '58%'],
    startAngle: circle ? 90 : 200,
    endAngle: circle ? -270 : -20,
    min: low,
    max: high,
    pointer: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { show: false },
  };
  const radius = Math.min(circle ? 84 : 100, 150 / count);
  const named = stored.labels?.show !== false;
  const lines = [...(named ? [`{label|${plain(shortened(label, 30))}}`] : []), `{value|${plain(text)}}`, ...(named && stored.style?.subText ? [`{label|${plain(stored.style.subText)}}`] : [])];
  const dial = {
    ...place,
    name: label,
    radius: `${radius}%`,
    progress: { show: true, width: 22, itemStyle: { color } },
    axisLine: { lineStyle: { width: 22, color: [[1, ink.line]] } },
    title: { color: ink.text, fontSize: 12, offsetCenter: [0, circle ? '112%' : '58%'] },
    detail: {
      offsetCenter: [0, circle ? 0 : '-5%'],
      formatter: () => lines.join('\n'),
      rich: { value: { color: ink.text, fontSize: 24, lineHeight: 30 }, label: { color: ink.faint, fontSize: 12, lineHeight: 16, fontWeight: 'normal' } },
    },
    data: [{ name: shortened(label, 30), value: value ?? 0 }],
  };
  if (stored.scale?.show !== true) return [dial];
  const stops = classes.map(({ to, color: shade }) => [Math.min(1, (to - low) / (high - low || 1)), shade]);
  const scale = { ...place, silent: true, radius: `${radius * 0.82}%`, axisLine: { lineStyle: { width: 2, color: stops } }, splitNumber: 10, axisTick: { show: true, splitNumber: 1, length: 6, lineStyle: { color: 'auto' } }, detail: { show: false }, data: [] };
  return [dial, scale];
}

/** In texts with styles, braces and bars are marks. */
function plain(text: string): string {
  return text.replace(/[{}|]/g, ' ');
}
