import type { ColorKey } from '../draw/colors.ts';
import type { PanelFilter } from '../query/filter.ts';
import { formatBucketTime, type Formatter } from '../draw/formats.ts';
import { dateInterval } from '../time/interval.ts';
import { columnsOf, type MetricColumn, metricColumns, metricFormatter, valueOf } from './metricValues.ts';
import { type BucketKey, type ReadSetting, type Row, rowsOf, type SearchResponse } from './rows.ts';
import type { StoredAggregation, VisState } from '../savedObjects.ts';

/** One place on the category axis. */
export interface Place {
  readonly value: string | number | boolean;
  readonly label: string;
  readonly filters: readonly PanelFilter[];
}

/** One series: a number for every place. */
export interface Series {
  readonly name: string;
  /** The value and field that its colour stands for. */
  readonly colorKey: ColorKey;
  readonly column: MetricColumn;
  readonly filters: readonly PanelFilter[];
  readonly values: readonly (number | null)[];
  /** How large the point of each place is, where the visualization has a radius. */
  readonly sizes: readonly (number | null)[] | undefined;
  readonly format: Formatter;
}

/** A response as series over places. */
export interface SeriesTable {
  readonly axis: StoredAggregation | undefined;
  readonly places: readonly Place[];
  readonly series: readonly Series[];
}

/** No documents are zero documents, but no average at all. */
const ZERO_WITHOUT_DOCUMENTS: readonly string[] = ['count', 'sum', 'cardinality'];

interface StoredMode {
  readonly type?: string;
  readonly mode?: string;
  readonly data?: { readonly id?: string };
}

/** Bars and stacks fall to zero where nothing was; a line goes on to its next point. */
function fallsToZero(state: VisState, { id, type }: StoredAggregation): boolean {
  if (!ZERO_WITHOUT_DOCUMENTS.includes(type)) return false;
  const stored = Array.isArray(state.params['seriesParams']) ? (state.params['seriesParams'] as readonly StoredMode[]) : [];
  const own = stored.find(({ data }) => data?.id === id) ?? stored[0];
  return (own?.type ?? state.type) !== 'line' || own?.mode === 'stacked';
}

/** Above this many empty places are not filled in. */
const MAX_PLACES = 5000;

/** Turns a response into series: one for each group and metric. */
export function seriesOf(state: VisState, response: SearchResponse, setting: ReadSetting): SeriesTable {
  const rows = rowsOf(state, response, setting);
  const axis = state.aggs.find(({ schema }) => schema === 'segment');
  const places = placesOf(rows, axis, setting);
  const index = new Map(places.map((place, at) => [place.value, at]));
  const columns = metricColumns(state);
  const radius = state.aggs.find(({ schema }) => schema === 'radius');
  const [sized] = radius ? columnsOf(radius, state.aggs) : [];
  const found = new Map<string, { readonly groups: readonly BucketKey[]; readonly column: MetricColumn; readonly values: (number | null)[]; readonly sizes: (number | null)[] }>();
  for (const row of rows) {
    const groups = row.keys.filter(({ aggregation }) => aggregation !== axis);
    const at = axis ? index.get(keyOn(row, axis)?.value ?? '') : 0;
    if (at === undefined) continue;
    for (const column of columns) {
      const id = JSON.stringify([column.id, ...groups.map(({ value }) => value)]);
      let series = found.get(id);
      if (!series) {
        const none = fallsToZero(state, column.aggregation) ? 0 : null;
        series = { groups, column, values: places.map(() => none), sizes: [] };
        found.set(id, series);
      }
      series.values[at] = numberOf(row.values.get(column.id));
      if (sized) series.sizes[at] = numberOf(valueOf(sized, row.bucket));
    }
  }
  const inOrder = [...found.values()].sort((a, b) => columns.indexOf(a.column) - columns.indexOf(b.column));
  const series = inOrder.map(({ groups, column, values, sizes }): Series => {
    const group = groups.map(({ label }) => label).join(' - ');
    const name = groups.length === 0 ? column.label : columns.length === 1 ? group : `${group}: ${column.label}`;
    const field = groups[0]?.aggregation.params['field'];
    return {
      name,
      colorKey: { value: groups.length > 0 && columns.length === 1 ? group : name, field: typeof field === 'string' ? field : undefined },
      column,
      filters: groups.flatMap((each) => each.filters),
      values,
      sizes: sized ? sizes : undefined,
      format: metricFormatter(column.aggregation, setting, state.aggs),
    };
  });
  return { axis, places, series };
}

function numberOf(value: number | string | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function keyOn(row: Row, axis: StoredAggregation): BucketKey | undefined {
  return row.keys.find(({ aggregation }) => aggregation === axis);
}

function placesOf(rows: readonly Row[], axis: StoredAggregation | undefined, setting: ReadSetting): readonly Place[] {
  if (!axis) return rows.length === 0 ? [] : [{ value: 'all', label: 'All docs', filters: [] }];
  const found = new Map<string | number | boolean, Place>();
  for (const row of rows) {
    const key = keyOn(row, axis);
    if (key && !found.has(key.value)) found.set(key.value, { value: key.value, label: key.label, filters: key.filters });
  }
  const places = [...found.values()];
  if (!['date_histogram', 'histogram'].includes(axis.type)) return places;
  const sorted = places.sort((a, b) => Number(a.value) - Number(b.value));
  return axis.type === 'date_histogram' ? withGaps(sorted, axis, setting) : sorted;
}

/** A gap in time is drawn as a gap: empty intervals between the first and the last get their place. */
function withGaps(places: readonly Place[], axis: StoredAggregation, setting: ReadSetting): readonly Place[] {
  const interval = dateInterval(axis.params, setting.range, setting.pattern?.timeField);
  const { ms } = interval;
  const first = places[0];
  const last = places.at(-1);
  if (!first || !last || ms > 12 * 36e5 || (Number(last.value) - Number(first.value)) / ms > MAX_PLACES) return places;
  const field = String(axis.params['field']);
  const byTime = new Map(places.map((place) => [Number(place.value), place]));
  for (let time = Number(first.value); time < Number(last.value); time += ms) {
    if (!byTime.has(time)) byTime.set(time, { value: time, label: formatBucketTime(time, interval, setting.timeZone), filters: [{ field, gte: time, lt: time + ms }] });
  }
  return [...byTime.values()].sort((a, b) => Number(a.value) - Number(b.value));
}
