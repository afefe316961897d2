import { describe, expect, it } from 'vitest';
import { visualizations } from '../fixtures/visualizations.ts';
import { web } from '../fixtures/web.ts';
import { AGGREGATIONS } from '../products/aggregations.ts';
import { AGGREGATION_SLOTS, OTHER_KINDS } from '../products/kinds.ts';
import { bundle, checkSavedObjects, formatFindings, readSavedObjects, TARGETS, type Target, toNdjson, type Visualization } from '../index.ts';

interface State {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly aggs: readonly { readonly id: string; readonly type: string; readonly schema?: string; readonly params: Readonly<Record<string, unknown>> }[];
}

function stateOf({ object }: Visualization): State {
  return JSON.parse(String(object.attributes['visState'])) as State;
}

function named(id: string): State {
  return stateOf(visualizations.find((each) => each.id === id) as Visualization);
}

/** Aggregations of a state, and those inside them. */
function typesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && 'params' in value && typeof value.type === 'string' ? [value.type] : [];
  return [...own, ...Object.values(value).flatMap(typesIn)];
}

describe('the builders', () => {
  it('make every kind and every aggregation that a product draws', () => {
    const states = visualizations.map(stateOf);
    expect(new Set(states.map(({ type }) => type))).toEqual(new Set([...Object.keys(AGGREGATION_SLOTS), ...OTHER_KINDS]));
    // No slot of a kind takes the centre or the bounds of places, and `filter` is what grids use inside.
    const drawn = Object.keys(AGGREGATIONS).filter((name) => !['geo_bounds', 'geo_centroid', 'filter'].includes(name));
    expect(new Set(states.flatMap(({ aggs }) => aggs.flatMap(typesIn)))).toEqual(new Set(drawn));
  });

  it.each(Object.keys(TARGETS) as Target[])('make nothing that %s refuses or breaks on', (target) => {
    const { objects, problems } = readSavedObjects(toNdjson(bundle(...visualizations), { target }));
    expect(problems).toEqual([]);
    expect(objects.length).toBeGreaterThan(visualizations.length);
    expect(formatFindings(checkSavedObjects(objects, { target, fields: { 'web-*': web.fields } }))).toBe(formatFindings([]));
  });

  it('write terms in the order of a metric that is shown by its id, and bring another one along', () => {
    const shown = named('line').aggs;
    expect(shown.find(({ schema, type }) => schema === 'group' && type === 'terms')?.params).toMatchObject({ orderBy: '2', otherBucket: true, otherBucketLabel: 'The rest', missingBucket: true, json: '{"shard_size":100}' });
    expect(shown.find(({ schema }) => schema === 'split')?.params).toMatchObject({ orderBy: 'custom', orderAgg: { id: '6-orderAgg', enabled: true, type: 'count', params: {}, schema: 'orderAgg' }, order: 'asc' });
    expect(named('table').aggs.find(({ schema, type }) => schema === 'bucket' && type === 'terms')?.params['orderBy']).toBe('4.95');
  });

  it('write pipelines with what they are made of', () => {
    expect(named('bars').aggs[0]?.params).toEqual({ metricAgg: 'custom', customMetric: { id: '1-metric', enabled: true, type: 'derivative', params: { metricAgg: 'custom', customMetric: { id: '1-metric-metric', enabled: true, type: 'count', params: {} } } } });
    const sibling = named('gauge').aggs[0]?.params as { readonly customBucket: { readonly id: string; readonly params: object }; readonly customMetric: object };
    expect(sibling.customMetric).toEqual({ id: '1-metric', enabled: true, type: 'count', params: {} });
    expect(sibling.customBucket).toMatchObject({ id: '1-bucket', type: 'terms', params: { orderBy: 'custom', orderAgg: { id: '1-bucket-orderAgg', type: 'count' } } });
    expect((named('area').params['seriesParams'] as readonly { readonly data: { readonly label: string } }[]).map(({ data }) => data.label)).toEqual(['Cumulative Sum of Count', 'Moving Avg of Average bytes']);
    expect((named('bars').params['seriesParams'] as readonly { readonly data: { readonly label: string } }[])[0]?.data.label).toBe('Serial Diff of Derivative of Count');
  });

  it('give several axes, and each series its own', () => {
    const { params } = named('line');
    expect(params['valueAxes']).toMatchObject([
      { id: 'ValueAxis-1', name: 'LeftAxis-1', scale: { type: 'log', defaultYExtents: true, boundsMargin: 10 }, title: { text: 'Bytes' } },
      { id: 'ValueAxis-2', name: 'RightAxis-1', scale: { setYExtents: true, min: 0, max: 100 }, labels: { rotate: 75, show: false }, title: { text: 'Max bytes' } },
    ]);
    expect(params['seriesParams']).toMatchObject([{ type: 'line', valueAxis: 'ValueAxis-1' }, { type: 'histogram', valueAxis: 'ValueAxis-2', lineWidth: 3, showCircles: false }, {}, {}]);
    expect(params).toMatchObject({ row: true, radiusRatio: 20, grid: { categoryLines: true, valueAxis: 'ValueAxis-2' }, thresholdLine: { show: true, value: 5, style: 'dashed' } });
  });

  it('refer to a saved search in place of its data view', () => {
    const bars = visualizations.find(({ id }) => id === 'bars');
    expect(bars?.object.references).toEqual([{ name: 'search_0', type: 'search', id: 'errors' }]);
    expect(bars?.object.attributes['savedSearchRefName']).toBe('search_0');
  });

  it('sort a table in the words of every product', () => {
    const made = visualizations.find(({ id }) => id === 'table');
    expect(JSON.parse(String(made?.object.attributes['uiStateJSON']))).toEqual({ vis: { params: { sort: { columnIndex: 1, direction: 'desc' } }, sortColumn: { colIndex: 1, direction: 'desc' } } });
    expect(named('table').params).toMatchObject({ showTotal: true, totalFunc: 'avg', showPartialRows: true, showMetricsAtAllLevels: true, percentageCol: 'Requests', row: true });
  });

  it('chain controls, and refer to the data view of each', () => {
    const made = visualizations.find(({ id }) => id === 'controls');
    expect(named('controls').params['controls']).toMatchObject([{ id: 'control-1', parent: '', label: 'Country', options: { multiselect: false } }, { id: 'control-2', parent: 'control-1', options: { dynamicOptions: false, size: 20 } }, { type: 'range', options: { step: 10, decimalPlaces: 1 } }]);
    expect(made?.object.references.map(({ name }) => name)).toEqual(['control_0_index_pattern', 'control_1_index_pattern', 'control_2_index_pattern']);
  });

  it('put what a series’ metric is made of before it', () => {
    const series = named('series').params['series'] as readonly { readonly metrics: readonly { readonly id: string; readonly type: string; readonly field?: string; readonly variables?: readonly { readonly name: string; readonly field: string }[] }[] }[];
    expect(series[0]?.metrics).toEqual([{ id: 'series-1-metric-1', type: 'max', field: 'bytes' }, { id: 'series-1-metric-2', type: 'derivative', field: 'series-1-metric-1', unit: '' }]);
    expect(series.at(-1)).toMatchObject({ override_index_pattern: 1, series_index_pattern: 'hosts-*', series_time_field: 'at', terms_order_by: 'series-16-metric-1' });
    expect(series[2]?.metrics.map(({ type }) => type)).toEqual(['sum', 'count', 'math', 'series_agg']);
    expect(series[2]?.metrics[2]?.variables).toEqual([{ id: 'variable-1', name: 'a', field: 'series-3-metric-1' }, { id: 'variable-2', name: 'b', field: 'series-3-metric-2' }]);
  });
});
