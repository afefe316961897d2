import { type Series, type SeriesTable } from '../answer/series.ts';
import type { VisState } from '../savedObjects.ts';

/** How a metric is drawn, as it is stored. */
export interface StoredSeries {
  readonly show?: boolean | string;
  readonly type?: string;
  readonly mode?: string;
  readonly data?: { readonly id?: string };
  readonly valueAxis?: string;
  readonly showCircles?: boolean;
  readonly drawLinesBetweenPoints?: boolean;
  readonly lineWidth?: number;
  readonly interpolate?: string;
}

/** A value axis, as it is stored. */
export interface StoredAxis {
  readonly id?: string;
  readonly show?: boolean;
  readonly position?: string;
  readonly scale?: { readonly type?: string; readonly mode?: string; readonly setYExtents?: boolean; readonly defaultYExtents?: boolean; readonly min?: number | null; readonly max?: number | null };
  readonly title?: { readonly text?: string };
}

/** A list of the parameters of a visualization, or none. */
export function listed<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

function storedFor({ column }: Series, state: VisState): StoredSeries {
  const stored = listed<StoredSeries>(state.params['seriesParams']);
  return stored.find(({ data }) => data?.id === column.aggregation.id) ?? stored[0] ?? {};
}

/** Which value axis a series stands on. */
export function axisIndex(series: Series, state: VisState, axes: readonly StoredAxis[]): number {
  return Math.max(0, axes.findIndex(({ id }) => id === storedFor(series, state).valueAxis));
}

/** Above this many places points are not marked. */
const MOST_SYMBOLS = 60;

/** One series for ECharts; `width` are the milliseconds of a bucket where the axis is time. */
export function drawnSeries(state: VisState, series: Series, table: SeriesTable, axes: readonly StoredAxis[], { width, color }: { readonly width: number | undefined; readonly color: string }): object {
  const own = storedFor(series, state);
  const kind = own.type ?? (state.type === 'horizontal_bar' ? 'histogram' : state.type);
  const axis = axisIndex(series, state, axes);
  const lying = state.type === 'horizontal_bar';
  const data = table.places.map(({ value }, at) => {
    if (width === undefined) return series.values[at];
    // A bar stands over the whole of its bucket, a point at its beginning.
    const time = Number(value) + (kind === 'histogram' ? width / 2 : 0);
    return lying ? [series.values[at], time] : [time, series.values[at]];
  });
  const common = {
    name: series.name,
    data,
    itemStyle: { color },
    ...(lying ? { xAxisIndex: axis } : { yAxisIndex: axis }),
    ...(own.mode === 'stacked' ? { stack: `axis-${axis}` } : {}),
    emphasis: { focus: 'series' },
  };
  if (kind === 'histogram') return { ...common, type: 'bar', ...barWidth(width, lying) };
  const points = series.values.filter((value) => value !== null).length;
  const joined = own.drawLinesBetweenPoints !== false;
  return {
    ...common,
    type: 'line',
    connectNulls: true,
    symbol: 'circle',
    symbolSize: sizesOf(series, state, own.lineWidth ?? 2),
    showSymbol: own.showCircles !== false && (!joined || points <= 2 || table.places.length <= MOST_SYMBOLS),
    smooth: own.interpolate === 'cardinal' ? 0.3 : false,
    ...(own.interpolate === 'step-after' ? { step: 'end' } : {}),
    lineStyle: { width: joined ? (own.lineWidth ?? 2) : 0, color },
    ...(joined ? {} : { itemStyle: { color, opacity: 0.7 } }),
    ...(kind === 'area' ? { areaStyle: { color, opacity: 0.7 } } : {}),
  };
}

function barWidth(width: number | undefined, lying: boolean): object {
  if (width !== undefined) return { barMaxWidth: 36, barMinWidth: 2, ...(lying ? {} : { barCategoryGap: '15%' }) };
  return { barCategoryGap: '12%' };
}

/** Points as large as their radius: src/plugins/vis_type_vislib/public/vislib/visualizations/point_series/line_chart.js. */
function sizesOf({ sizes, values }: Series, state: VisState, lineWidth: number): number | ((value: unknown, params: { readonly dataIndex: number }) => number) {
  if (!sizes) return lineWidth * 2;
  const found = sizes.filter((size, at): size is number => typeof size === 'number' && values[at] !== null);
  const [min, max] = [Math.min(...found), Math.max(...found)];
  const step = (max - min || max * 100 || 1) / Number(state.params['radiusRatio'] ?? 9) ** 2;
  return (_value, { dataIndex }) => {
    const share = ((sizes[dataIndex] ?? min) - min) / step;
    return 2 * (share > 0 ? Math.sqrt(share + 2) + lineWidth : lineWidth);
  };
}
