import type { EChartsOption } from 'echarts';
import { baseOption, legendOption, tooltipHtml, tooltipStyle } from './chartParts.ts';
import { type ColorKey, inkOf } from './colors.ts';
import { shortened } from '../escape.ts';
import type { PanelFilter } from '../query/filter.ts';
import { type MetricColumn, metricColumns, metricFormatter } from '../answer/metricValues.ts';
import { formatPattern } from './numberPattern.ts';
import { hasLegend, type PanelStyle } from './panelStyle.ts';
import { type BucketKey, bucketAggregations, type Row, rowsOf, type SearchResponse } from '../answer/rows.ts';
import type { ChartResult, EmptyResult } from '../answer/result.ts';
import type { StoredAggregation, VisState } from '../savedObjects.ts';

interface Slice {
  readonly name: string;
  readonly value: number;
  /** The angle that it takes: inner slices take that of their values, outer ones share out that of their parent. */
  readonly room: number;
  readonly color: string;
  readonly filters: readonly PanelFilter[];
}

/** A ring of one of the pies. */
interface Ring {
  readonly slices: readonly Slice[];
  readonly pie: number;
  readonly level: number;
  /** What its pie holds altogether. */
  readonly total: number;
}

/** Draws a pie; several buckets make rings from the inside outwards, and split charts a pie for each of their values. */
export function pieChart(state: VisState, response: SearchResponse, style: PanelStyle): ChartResult | EmptyResult {
  const column = metricColumns(state)[0];
  const rows = rowsOf(state, response, style.setting);
  if (!column || rows.length === 0) return { kind: 'empty' };
  const format = metricFormatter(column.aggregation, style.setting, state.aggs);
  const depth = Math.max(1, bucketAggregations(state).filter((each) => !isSplit(each)).length);
  const pies = splitRows(rows);
  const rings = ringsOfPies(pies.map(({ rows: own }) => ringsOf(own, column, depth)), style);
  if (rings.every(({ total }) => total === 0)) return { kind: 'empty' };
  const ink = inkOf(style.theme);
  const names = [...new Set(rings.flatMap(({ slices }) => slices.map(({ name }) => name)))];
  const { show, last_level: onlyLast = true } = labelsOf(state);
  const edges = ringEdges(depth, state.params['isDonut'] === true);
  const legend = hasLegend(state.params, style);
  // Names beside the pie need room, and so do other pies.
  const outer = (show === true ? 62 : 80) / (pies.length > 1 ? Math.max(1.2, pies.length / 1.6) : 1);
  const centre = (pie: number): readonly [string, string] => [`${((pie + 0.5) / pies.length) * (legend && !style.compact ? 88 : 100)}%`, legend && style.compact ? '45%' : '50%'];
  const option: EChartsOption = {
    ...baseOption(style),
    legend: legendOption(names, String(state.params['legendPosition'] ?? 'right'), legend, style),
    ...(pies.length > 1 ? { title: pies.map(({ name }, pie) => ({ text: shortened(name, 24), left: centre(pie)[0], bottom: 4, textAlign: 'center', textStyle: { color: ink.text, fontSize: 12, fontWeight: 'normal' } })) } : {}),
    tooltip: {
      ...tooltipStyle(style),
      trigger: 'item',
      formatter: (params: unknown) => {
        const { seriesIndex = -1, dataIndex = -1 } = params as { readonly seriesIndex?: number; readonly dataIndex?: number };
        const ring = rings[seriesIndex];
        const slice = ring?.slices[dataIndex];
        return slice ? tooltipHtml(column.label, [{ color: slice.color, name: slice.name, value: `${format(slice.value)} (${percentOf(slice.value, ring?.total ?? 1)})` }]) : '';
      },
    },
    series: rings.map(({ slices, pie, level, total }) => ({
      type: 'pie',
      center: [...centre(pie)],
      radius: [`${(edges[level] ?? 0) * outer}%`, `${(edges[level + 1] ?? 1) * outer}%`],
      itemStyle: { borderColor: ink.surface, borderWidth: 1 },
      label: { ...labelOption(state, slices, total), show: show === true && (!onlyLast || level === depth - 1), color: ink.text, overflow: 'none' },
      labelLine: { length: 10, length2: 8 },
      // The product names what has room, from the largest slice on.
      minShowLabelAngle: 2,
      data: slices.map(({ name, room, color }) => ({ name, value: room, itemStyle: { color } })),
    })),
  } as EChartsOption;
  return {
    kind: 'chart',
    option,
    filterFor: (seriesIndex, dataIndex) => rings[seriesIndex]?.slices[dataIndex]?.filters ?? [],
    filterForSeries: (name) => rings.flatMap(({ slices }) => slices).find((slice) => slice.name === name)?.filters.slice(-1) ?? [],
  };
}

function isSplit({ schema }: StoredAggregation): boolean {
  return schema === 'split';
}

/** The rows of each pie, without the keys that tell the pies apart. */
function splitRows(rows: readonly Row[]): readonly { readonly name: string; readonly rows: readonly Row[] }[] {
  const found = new Map<string, { readonly name: string; readonly rows: Row[] }>();
  for (const row of rows) {
    const splits = row.keys.filter(({ aggregation }) => isSplit(aggregation));
    const id = idOf(splits);
    const pie = found.get(id) ?? { name: splits.map(({ label }) => label).join(' - '), rows: [] };
    pie.rows.push({ ...row, keys: row.keys.filter(({ aggregation }) => !isSplit(aggregation)) });
    found.set(id, pie);
  }
  return [...found.values()];
}

/** All rings one after the other, painted together: a value has one colour in all pies. */
function ringsOfPies(pies: readonly (readonly (readonly UnpaintedSlice[])[])[], style: PanelStyle): readonly Ring[] {
  const all = painted(pies.flat(), style);
  let at = 0;
  return pies.flatMap((rings, pie) => {
    const total = rings[0]?.reduce((sum, { value }) => sum + value, 0) ?? 0;
    return rings.map((_ring, level): Ring => ({ slices: all[at++] as readonly Slice[], pie, level, total }));
  });
}

/** Rings of one area; the middle of a donut is as large as they are, and that of a pie belongs to its first ring. */
function ringEdges(rings: number, donut: boolean): readonly number[] {
  return Array.from({ length: rings + 1 }, (_unused, at) => (at === 0 && !donut ? 0 : Math.sqrt((at + 1) / (rings + 1))));
}

function percentOf(value: number, total: number): string {
  return formatPattern(value / total, '0.[00]%');
}

interface StoredLabels {
  readonly show?: boolean;
  readonly values?: boolean;
  readonly last_level?: boolean;
  readonly truncate?: number | null;
}

function labelsOf(state: VisState): StoredLabels {
  return (state.params['labels'] ?? {}) as StoredLabels;
}

function labelOption(state: VisState, slices: readonly Slice[], total: number): { formatter: (params: { readonly dataIndex: number }) => string } {
  const { values, truncate } = labelsOf(state);
  return {
    formatter: ({ dataIndex }) => {
      const slice = slices[dataIndex];
      if (!slice) return '';
      const name = shortened(slice.name, Math.min(40, truncate ?? 40));
      return values === false ? name : `${name} (${percentOf(slice.value, total)})`;
    },
  };
}

type UnpaintedSlice = Omit<Slice, 'color'> & { readonly key: ColorKey };

/** A value has one colour in all rings. */
function painted(rings: readonly (readonly UnpaintedSlice[])[], style: PanelStyle): readonly (readonly Slice[])[] {
  const keys = new Map(rings.flat().map(({ name, key }) => [name, key]));
  const colors = style.colors.colorsOf([...keys.values()]);
  const colorOf = new Map([...keys.keys()].map((name, at) => [name, colors[at] as string]));
  return rings.map((slices) => slices.map(({ key: _key, ...slice }) => ({ ...slice, color: colorOf.get(slice.name) ?? '' })));
}

/** Slices by ring. A parent is as large as its own bucket, which may hold more than its children show. */
function ringsOf(rows: readonly Row[], column: MetricColumn, depth: number): readonly (readonly UnpaintedSlice[])[] {
  let parents = new Map<string, UnpaintedSlice>();
  return Array.from({ length: depth }, (_unused, level): readonly UnpaintedSlice[] => {
    const slices = new Map<string, UnpaintedSlice & { readonly parent: string }>();
    const sums = new Map<string, number>();
    for (const row of rows) {
      const keys = row.keys.slice(0, level + 1);
      const last = keys.at(-1);
      const id = idOf(keys);
      const value = Number((last ? last.values : row.values).get(column.id) ?? 0);
      if (slices.has(id) || !(value > 0)) continue;
      const parent = idOf(keys.slice(0, -1));
      sums.set(parent, (sums.get(parent) ?? 0) + value);
      const name = last?.label ?? column.label;
      slices.set(id, { name, value, room: value, key: { value: name, field: fieldOf(last) }, filters: keys.flatMap(({ filters }) => filters), parent });
    }
    const placed = new Map(
      [...slices].map(([id, { parent, ...slice }]): readonly [string, UnpaintedSlice] => {
        const sum = sums.get(parent) ?? 1;
        return [id, { ...slice, room: (slice.value / sum) * (parents.get(parent)?.room ?? sum) }];
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
