import type { EChartsOption } from 'echarts';
import { baseOption, type ChartStyle, legendOption, tooltipHtml, tooltipStyle } from './chartParts.ts';
import { type ColorKey, type ColorScale, inkOf } from './colors.ts';
import { shortened } from './escape.ts';
import type { PanelFilter } from './filter.ts';
import { formatPercent, metricFormatter } from './formats.ts';
import { type BucketKey, bucketAggregations, type MetricColumn, metricColumns, type ReadSetting, type Row, rowsOf, type SearchResponse } from './rows.ts';
import type { ChartResult, EmptyResult } from './result.ts';
import type { VisState } from './savedObjects.ts';

interface Slice {
  readonly name: string;
  readonly value: number;
  /** The angle that it takes: inner slices take that of their values, outer ones share out that of their parent. */
  readonly room: number;
  readonly color: string;
  readonly filters: readonly PanelFilter[];
}

/** Draws a pie; several buckets make rings from the inside outwards. */
export function pieChart(state: VisState, response: SearchResponse, setting: ReadSetting, style: ChartStyle, colors: ColorScale): ChartResult | EmptyResult {
  const column = metricColumns(state)[0];
  const rows = rowsOf(state, response, setting);
  const depth = bucketAggregations(state).length;
  if (!column || rows.length === 0) return { kind: 'empty' };
  const format = metricFormatter(column.aggregation, setting.pattern, setting.timeZone);
  const rings = ringsOf(rows, column, Math.max(1, depth), colors);
  const total = rings[0]?.reduce((sum, { value }) => sum + value, 0) ?? 0;
  if (total === 0) return { kind: 'empty' };
  const ink = inkOf(style.theme);
  const names = [...new Set(rings.flat().map(({ name }) => name))];
  const labelled = labelsOf(state).show === true;
  const hole = state.params['isDonut'] === true ? 40 : 0;
  const width = (76 - hole) / rings.length;
  const option: EChartsOption = {
    ...baseOption(style),
    legend: legendOption(names, String(state.params['legendPosition'] ?? 'right'), state.params['addLegend'] !== false, style),
    tooltip: {
      ...tooltipStyle(style),
      trigger: 'item',
      formatter: (params: unknown) => {
        const { seriesIndex = -1, dataIndex = -1 } = params as { readonly seriesIndex?: number; readonly dataIndex?: number };
        const slice = rings[seriesIndex]?.[dataIndex];
        return slice ? tooltipHtml(column.label, [{ color: slice.color, name: slice.name, value: `${format(slice.value)} (${formatPercent(slice.value / total)})` }]) : '';
      },
    },
    series: rings.map((slices, level) => ({
      type: 'pie',
      center: style.compact ? ['50%', '45%'] : ['40%', '50%'],
      radius: [`${hole + level * width}%`, `${hole + (level + 1) * width}%`],
      itemStyle: { borderColor: ink.surface, borderWidth: 1 },
      label: { ...labelOption(state, slices, total), show: labelled && level === rings.length - 1, color: ink.text },
      data: slices.map(({ name, room, color }) => ({ name, value: room, itemStyle: { color } })),
    })),
  };
  return {
    kind: 'chart',
    option,
    filterFor: (seriesIndex, dataIndex) => rings[seriesIndex]?.[dataIndex]?.filters ?? [],
    filterForSeries: (name) => rings.flat().find((slice) => slice.name === name)?.filters.slice(-1) ?? [],
  };
}

interface StoredLabels {
  readonly show?: boolean;
  readonly values?: boolean;
}

function labelsOf(state: VisState): StoredLabels {
  return (state.params['labels'] ?? {}) as StoredLabels;
}

function labelOption(state: VisState, slices: readonly Slice[], total: number): { formatter: (params: { readonly dataIndex: number }) => string } {
  return {
    formatter: ({ dataIndex }) => {
      const slice = slices[dataIndex];
      if (!slice) return '';
      const name = shortened(slice.name, 20);
      return labelsOf(state).values === false ? name : `${name} (${formatPercent(slice.value / total)})`;
    },
  };
}

/** Slices by ring. A parent is as large as its own bucket, which may hold more than its children show. */
function ringsOf(rows: readonly Row[], column: MetricColumn, depth: number, colors: ColorScale): readonly (readonly Slice[])[] {
  let parents = new Map<string, Slice>();
  return Array.from({ length: depth }, (_unused, level): readonly Slice[] => {
    const slices = new Map<string, Slice & { readonly parent: string }>();
    const sums = new Map<string, number>();
    const names = new Map<string, ColorKey>();
    for (const row of rows) {
      const keys = row.keys.slice(0, level + 1);
      const last = keys.at(-1);
      const id = idOf(keys);
      const value = (last ? last.values : row.values).get(column.id) ?? 0;
      if (slices.has(id) || value <= 0) continue;
      const parent = idOf(keys.slice(0, -1));
      sums.set(parent, (sums.get(parent) ?? 0) + value);
      const name = last?.label ?? column.label;
      names.set(name, { value: name, field: fieldOf(last) });
      slices.set(id, { name, value, room: value, color: '', filters: keys.flatMap(({ filters }) => filters), parent });
    }
    const painted = colors.colorsOf([...names.values()]);
    const colorOf = new Map([...names.keys()].map((name, index) => [name, painted[index] as string]));
    const placed = new Map(
      [...slices].map(([id, { parent, ...slice }]) => {
        const sum = sums.get(parent) ?? 1;
        return [id, { ...slice, color: colorOf.get(slice.name) ?? '', room: (slice.value / sum) * (parents.get(parent)?.room ?? sum) }];
      }),
    );
    parents = placed;
    return [...placed.values()];
  });
}

function idOf(keys: readonly BucketKey[]): string {
  return JSON.stringify(keys.map(({ value }) => value));
}

function fieldOf(key: BucketKey | undefined): string | undefined {
  const field = key?.aggregation.params['field'];
  return typeof field === 'string' ? field : undefined;
}

interface StoredGauge {
  readonly gaugeType?: string;
  readonly percentageMode?: boolean;
  readonly invertColors?: boolean;
  readonly colorsRange?: readonly { readonly from: number; readonly to: number }[];
  readonly style?: { readonly subText?: string };
}

/** From good to bad, told apart in brightness too. */
const LEVELS: Readonly<Record<ChartStyle['theme'], readonly string[]>> = {
  light: ['#2e8b57', '#d9a20f', '#d9820f', '#c22f2f'],
  dark: ['#4fbf83', '#e5c255', '#f0a030', '#ef6060'],
};

/** Draws a gauge (or a goal) for each row and metric. */
export function gaugeChart(state: VisState, response: SearchResponse, setting: ReadSetting, style: ChartStyle): ChartResult | EmptyResult {
  const columns = metricColumns(state);
  const dials = rowsOf(state, response, setting).flatMap((row) =>
    columns.map((column) => ({
      label: row.keys.length > 0 ? row.keys.map(({ label }) => label).join(' – ') : column.label,
      value: row.values.get(column.id) ?? null,
      format: metricFormatter(column.aggregation, setting.pattern, setting.timeZone),
      filters: row.keys.flatMap(({ filters }) => filters),
    })),
  );
  if (dials.every(({ value }) => value === null)) return { kind: 'empty' };
  const stored = (state.params['gauge'] ?? {}) as StoredGauge;
  const ranges = stored.colorsRange ?? [{ from: 0, to: 100 }];
  const low = ranges[0]?.from ?? 0;
  // The product lengthens the scale when a value is beyond its end.
  const high = Math.max(ranges.at(-1)?.to ?? 100, ...dials.map(({ value }) => value ?? 0));
  const ink = inkOf(style.theme);
  const circle = stored.gaugeType === 'Circle';
  const option: EChartsOption = {
    ...baseOption(style),
    series: dials.map(({ label, value, format }, index) => {
      const color = levelColor(value, ranges, stored.invertColors === true, style);
      const share = ((value ?? 0) - low) / ((ranges.at(-1)?.to ?? 100) - low || 1);
      return {
        type: 'gauge',
        name: label,
        center: [`${((index + 0.5) / dials.length) * 100}%`, circle ? '50%' : '64%'],
        radius: `${Math.min(circle ? 92 : 104, 150 / dials.length)}%`,
        startAngle: circle ? 90 : 200,
        endAngle: circle ? -270 : -20,
        min: low,
        max: high,
        progress: { show: true, width: 14, itemStyle: { color } },
        axisLine: { lineStyle: { width: 14, color: [[1, ink.line] as [number, string]] } },
        pointer: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { show: false },
        title: { color: ink.faint, fontSize: 12, offsetCenter: [0, '32%'] },
        detail: { color, fontSize: 24, offsetCenter: [0, 0], formatter: () => (stored.percentageMode === true ? formatPercent(share) : format(value)) },
        data: [{ name: shortened(label, 30), value: value ?? 0 }],
      };
    }),
  };
  return {
    kind: 'chart',
    option,
    filterFor: (seriesIndex) => dials[seriesIndex]?.filters ?? [],
    filterForSeries: (name) => dials.find(({ label }) => label === name)?.filters ?? [],
  };
}

function levelColor(value: number | null, ranges: readonly { readonly from: number; readonly to: number }[], inverted: boolean, style: ChartStyle): string {
  const levels = LEVELS[style.theme];
  const at = ranges.findIndex(({ to }) => (value ?? 0) < to);
  const level = at < 0 ? ranges.length - 1 : at;
  const share = ranges.length === 1 ? 0 : level / (ranges.length - 1);
  return levels[Math.round((inverted ? 1 - share : share) * (levels.length - 1))] as string;
}
