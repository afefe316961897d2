import type { SavedObject } from '../../../packages/dashboard-renderer/src/index.ts';

/** A kind or aggregation that was not recorded: what we ask for it is argued from the product's source. */
export interface RegressionCase {
  readonly name: string;
  /** What it shows. */
  readonly about: string;
  /** Paths in the repository opensearch-project/OpenSearch-Dashboards that say what the product asks. */
  readonly source: readonly string[];
  readonly object: SavedObject;
}

type Params = Readonly<Record<string, unknown>>;
interface Agg {
  readonly id: string;
  readonly type: string;
  readonly schema: string;
  readonly params: Params;
}

const AGGS = 'src/plugins/data/common/search/aggs';
const PARENT = [`${AGGS}/metrics/lib/parent_pipeline_agg_writer.ts`];
const SIBLING = [`${AGGS}/metrics/lib/sibling_pipeline_agg_writer.ts`];
const TIMESERIES = ['src/plugins/vis_type_timeseries/public/request_handler.js'];

function agg(id: string, type: string, schema: string, params: Params = {}): Agg {
  return { id, type, schema, params };
}
const count = agg('1', 'count', 'metric');
const day = (id = '2', more: Params = {}): Agg => agg(id, 'date_histogram', 'segment', { field: '@timestamp', interval: 'auto', min_doc_count: 1, extended_bounds: {}, ...more });
const terms = (id: string, field: string, schema = 'segment', more: Params = {}): Agg => agg(id, 'terms', schema, { field, orderBy: '1', order: 'desc', size: 5, ...more });

function visualization(type: string, aggs: readonly Agg[], params: Params = {}, ui: Params = {}): SavedObject {
  const chart = { seriesParams: [{ type: type === 'horizontal_bar' ? 'histogram' : type, mode: type === 'line' ? 'normal' : 'stacked' }], valueAxes: [{ id: 'ValueAxis-1', scale: { type: 'linear', mode: 'normal' }, title: {} }], addLegend: true, legendPosition: 'right' };
  const own = ['line', 'area', 'histogram', 'horizontal_bar'].includes(type) ? chart : {};
  return {
    type: 'visualization',
    id: type,
    attributes: {
      title: type,
      visState: JSON.stringify({ title: type, type, params: { ...own, ...params }, aggs }),
      uiStateJSON: JSON.stringify(ui),
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ query: { query: '', language: 'kuery' }, filter: [], indexRefName: 'index' }) },
    },
    references: [{ name: 'index', type: 'index-pattern', id: 'shop' }],
  };
}

function metricCase(name: string, type: string, params: Params, about: string, file = type): RegressionCase {
  return { name, about, source: [`${AGGS}/metrics/${file}.ts`], object: visualization('metric', [agg('1', type, 'metric', params)], { metric: { labels: { show: true }, style: { fontSize: 40 } } }) };
}

/** The editor stores a `min_doc_count` of 0 beside these: the server refuses them over buckets with gaps. */
function parentCase(name: string, type: string, params: Params, about: string): RegressionCase {
  return { name, about, source: [...PARENT, `${AGGS}/metrics/${type}.ts`], object: visualization('line', [agg('1', type, 'metric', params), day('2', { min_doc_count: 0 })]) };
}

function siblingCase(type: string, inner: Agg): RegressionCase {
  const params = { customBucket: { type: 'date_histogram', schema: 'bucketAgg', params: { field: '@timestamp', interval: 'd', min_doc_count: 1 } }, customMetric: { type: inner.type, schema: 'metricAgg', params: inner.params } };
  return { name: type.replace('_', '-'), about: `${type} over days`, source: [...SIBLING, `${AGGS}/metrics/${type.split('_').reverse().join('_')}.ts`], object: visualization('metric', [agg('1', type, 'metric', params)], { metric: { labels: { show: true }, style: { fontSize: 40 } } }) };
}

function bucketCase(name: string, bucket: Agg, about: string, type = 'histogram', more: readonly Agg[] = []): RegressionCase {
  return { name, about, source: [`${AGGS}/buckets/${bucket.type === 'geohash_grid' ? 'geo_hash' : bucket.type}.ts`], object: visualization(type, [count, bucket, ...more]) };
}

function tsvb(type: string, more: Params = {}): RegressionCase {
  const series = [
    { id: 's1', label: 'Orders', color: '#68bc00', chart_type: 'line', line_width: 1, point_size: 1, fill: 0.5, stacked: 'none', formatter: 'number', split_mode: 'everything', metrics: [{ id: 'm1', type: 'count' }] },
    { id: 's2', label: 'Bytes', color: '#d36086', chart_type: 'bar', line_width: 1, point_size: 1, fill: 0.8, stacked: 'none', formatter: 'bytes', value_template: '{{value}}/s', separate_axis: 1, axis_position: 'right', split_mode: 'everything', metrics: [{ id: 'm2', type: 'avg', field: 'size' }] },
  ];
  const object = visualization('metrics', [], { id: 'p', type, series, index_pattern: 'shop-*', time_field: '@timestamp', interval: 'auto', ...more });
  return { name: `tsvb-${type.replace('_', '-')}`, about: `TSVB, ${type}`, source: [...TIMESERIES, `src/plugins/vis_type_timeseries/public/application/components/vis_types/${type}/vis.js`], object: { ...object, references: [] } };
}

/** Every case, one for each kind and aggregation that has no recording. */
export const CASES: readonly RegressionCase[] = [
  metricCase('median', 'median', { field: 'price' }, 'a median, which is asked for as a percentile'),
  metricCase('std-dev', 'std_dev', { field: 'price' }, 'a standard deviation, of which both bounds are shown', 'std_deviation'),
  metricCase('percentiles', 'percentiles', { field: 'size', percents: [50, 95, 99.9] }, 'percentiles'),
  metricCase('percentile-ranks', 'percentile_ranks', { field: 'size', values: [1000, 5000] }, 'percentile ranks, as shares'),
  metricCase('top-hit', 'top_hits', { field: 'price', aggregate: 'average', size: 3, sortField: '@timestamp', sortOrder: 'desc' }, 'the average of the last three documents', 'top_hit'),
  parentCase('derivative', 'derivative', { customMetric: { type: 'sum', params: { field: 'size' } } }, 'the change of a sum'),
  parentCase('cumulative-sum', 'cumulative_sum', { metricAgg: 'custom', customMetric: { type: 'count', params: {} } }, 'a count that grows'),
  parentCase('moving-avg', 'moving_avg', { customMetric: { type: 'avg', params: { field: 'price' } }, window: 5 }, 'a moving average'),
  parentCase('serial-diff', 'serial_diff', { customMetric: { type: 'count', params: {} } }, 'the difference to the bucket before'),
  parentCase('second-derivative', 'derivative', { customMetric: { type: 'derivative', params: { customMetric: { type: 'count', params: {} } } } }, 'a derivative of a derivative'),
  siblingCase('max_bucket', agg('', 'sum', '', { field: 'size' })),
  siblingCase('min_bucket', agg('', 'avg', '', { field: 'price' })),
  siblingCase('sum_bucket', agg('', 'count', '')),
  bucketCase('date-range', agg('2', 'date_range', 'segment', { field: '@timestamp', ranges: [{ from: 'now-1w/w', to: 'now' }, { from: 'now-2w/w' }] }), 'bars by ranges of dates'),
  bucketCase('ip-range', agg('2', 'ip_range', 'segment', { field: 'client.ip', ipRangeType: 'fromTo', ranges: { fromTo: [{ from: '10.0.0.0', to: '10.0.0.255' }, { from: '192.168.0.0', to: null }] } }), 'bars by ranges of addresses'),
  bucketCase('ip-masks', agg('2', 'ip_range', 'segment', { field: 'client.ip', ipRangeType: 'mask', ranges: { mask: [{ mask: '10.0.0.0/24' }, { mask: '192.168.0.0/16' }] } }), 'bars by masks of addresses'),
  bucketCase('range', agg('2', 'range', 'segment', { field: 'size', ranges: [{ from: 0, to: 1024 }, { from: 1024, to: 8192 }, { from: 8192 }] }), 'bars by ranges of numbers'),
  bucketCase('significant-terms', agg('2', 'significant_terms', 'segment', { field: 'item', size: 4 }), 'bars by unusual terms', 'horizontal_bar'),
  bucketCase('filters', agg('2', 'filters', 'segment', { filters: [{ input: { query: 'response >= 400 and not item: "book"', language: 'kuery' }, label: 'bad' }, { input: { query: 'items: { name: b* }', language: 'kuery' } }, { input: { query: '_exists_:price', language: 'lucene' } }] }), 'bars by filters: nested, wildcard and Lucene'),
  bucketCase('histogram-auto', agg('2', 'histogram', 'segment', { field: 'size', interval: 'auto', min_doc_count: true, has_extended_bounds: true, extended_bounds: { min: 0, max: 20000 } }), 'a numeric histogram whose interval follows the bounds'),
  bucketCase('scripted-terms', terms('2', 'weekday', 'segment', { orderBy: '_key', order: 'asc', size: 7 }), 'terms of a scripted field'),
  { name: 'terms-by-another-metric', about: 'terms ordered by a metric that is not shown, with include and exclude', source: [`${AGGS}/buckets/terms.ts`, `${AGGS}/buckets/migrate_include_exclude_format.ts`], object: visualization('horizontal_bar', [count, terms('2', 'item', 'segment', { orderBy: 'custom', orderAgg: { type: 'max', params: { field: 'price' } }, include: 'b.*', exclude: 'x.*' })]) },
  { name: 'other-of-rings', about: 'a two-ring pie whose inner and outer ring have an "Other" bucket', source: [`${AGGS}/buckets/_terms_other_bucket_helper.ts`], object: visualization('pie', [count, terms('2', 'geo.country', 'segment', { size: 3, otherBucket: true }), terms('3', 'paid', 'segment', { size: 1, otherBucket: true, missingBucket: true })], { isDonut: true, addLegend: true, labels: { show: true, values: true, last_level: true, truncate: 100 } }) },
  { name: 'split-pies', about: 'a pie for each response, in one colour by value', source: ['src/plugins/vis_type_vislib/public/vislib/helpers/hierarchical_data'], object: visualization('pie', [count, terms('4', 'response', 'split', { size: 3 }), terms('2', 'geo.country', 'segment', { size: 4 })], { addLegend: true, isDonut: true, row: false, labels: { show: false } }) },
  { name: 'area-percentage', about: 'an area of shares, by day in a zone of its own', source: [`${AGGS}/buckets/date_histogram.ts`], object: visualization('area', [count, day('2', { interval: 'd' }), terms('3', 'response', 'group', { size: 3 })], { valueAxes: [{ id: 'ValueAxis-1', scale: { type: 'linear', mode: 'percentage' }, title: {} }] }) },
  { name: 'line-two-axes', about: 'a line and bars on two axes, in steps', source: ['src/plugins/vis_type_vislib/public/vislib/visualizations/point_series/line_chart.js'], object: visualization('line', [count, agg('4', 'avg', 'metric', { field: 'price' }), day()], { valueAxes: [{ id: 'A', position: 'left', scale: { type: 'linear' }, title: { text: 'Orders' } }, { id: 'B', position: 'right', scale: { type: 'linear' }, title: { text: 'Price' } }], seriesParams: [{ type: 'histogram', mode: 'stacked', data: { id: '1' }, valueAxis: 'A' }, { type: 'line', mode: 'normal', data: { id: '4' }, valueAxis: 'B', interpolate: 'step-after' }] }) },
  { name: 'heatmap-ranges', about: 'a heatmap with ranges of its own', source: ['src/plugins/vis_type_vislib/public/vislib/visualizations/point_series/heatmap_chart.js'], object: visualization('heatmap', [count, day('2', { interval: 'd' }), terms('3', 'item', 'group')], { addLegend: true, legendPosition: 'right', colorSchema: 'Blues', setColorRange: true, colorsRange: [{ from: 0, to: 50 }, { from: 50, to: 200 }, { from: 200, to: 1000 }], valueAxes: [{ labels: { show: true } }] }) },
  { name: 'gauges', about: 'a gauge for each country, in classes', source: ['src/plugins/vis_type_vislib/public/gauge.ts'], object: visualization('gauge', [agg('1', 'avg', 'metric', { field: 'price' }), terms('2', 'geo.country', 'group', { size: 3 })], { addLegend: true, gauge: { gaugeType: 'Arc', extendRange: true, colorSchema: 'Green to Red', invertColors: true, colorsRange: [{ from: 0, to: 40 }, { from: 40, to: 80 }, { from: 80, to: 120 }], labels: { show: true }, style: { subText: 'a piece' } } }) },
  { name: 'metric-colours', about: 'numbers in the colours of their classes', source: ['src/plugins/vis_type_metric/public/components/metric_vis_component.tsx'], object: visualization('metric', [count, terms('2', 'item', 'group', { size: 3 })], { metric: { metricColorMode: 'Background', useRanges: true, colorSchema: 'Yellow to Red', colorsRange: [{ from: 0, to: 500 }, { from: 500, to: 1500 }, { from: 1500, to: 5000 }], labels: { show: true }, style: { fontSize: 36 } } }) },
  { name: 'table-all-levels', about: 'a table with its numbers on every level, and an average below', source: ['src/plugins/vis_type_table/public/utils/convert_to_formatted_data.ts'], object: visualization('table', [agg('1', 'sum', 'metric', { field: 'size' }), terms('2', 'geo.country', 'bucket', { size: 2 }), terms('3', 'item', 'bucket', { size: 2 })], { perPage: 10, showMetricsAtAllLevels: true, showPartialRows: true, showTotal: true, totalFunc: 'avg' }) },
  { name: 'region-map', about: 'regions in the colours of their classes; their shapes would come from the network', source: ['src/plugins/region_map/public/region_map_type.js', `${AGGS}/buckets/terms.ts`], object: visualization('region_map', [count, terms('2', 'geo.country', 'segment', { size: 8 })], { colorSchema: 'Yellow to Red', addLegend: true }) },
  { name: 'tile-map', about: 'cells of a map; its tiles would come from the network', source: ['src/plugins/tile_map/public/tile_map_type.js', `${AGGS}/buckets/geo_hash.ts`], object: visualization('tile_map', [count, agg('2', 'geohash_grid', 'segment', { field: 'geo.place', autoPrecision: true, precision: 2, useGeocentroid: true, isFilteredByCollar: true })], { colorSchema: 'Yellow to Red', mapType: 'Scaled Circle Markers', addLegend: true }) },
  { name: 'timelion', about: 'two series of an expression', source: ['src/plugins/vis_type_timeline/public/helpers/timeline_request_handler.ts'], object: { ...visualization('timelion', [], { expression: ".es(index=shop-*, metric='sum:price').label('Sales'), .es(index=shop-*, q='response:500').bars().label('Errors').color('#C66').title('Shop')", interval: 'auto' }), references: [] } },
  tsvb('timeseries'),
  tsvb('metric'),
  tsvb('top_n'),
  tsvb('gauge', { gauge_style: 'circle', gauge_max: '200', gauge_color_rules: [{ id: 'r', operator: 'gte', value: 10, gauge: 'rgba(104,188,0,1)' }] }),
  tsvb('table', { pivot_id: 'item', pivot_label: 'Item' }),
  tsvb('markdown', { markdown: '# Shop\n\n{{ orders.last.formatted }} orders, {{ bytes.last.formatted }}' }),
  { name: 'vega-lite', about: 'Vega-Lite over a search with the context of the page', source: ['src/plugins/vis_type_vega/public/data_model/opensearch_query_parser.ts'], object: { ...visualization('vega', [], { spec: `{
  $schema: https://vega.github.io/schema/vega-lite/v5.json
  # bars by day
  data: {
    url: {
      %context%: true
      %timefield%: @timestamp
      index: shop-*
      body: { size: 0, aggs: { days: { date_histogram: { field: "@timestamp", fixed_interval: { %autointerval%: 10 } } } } }
    }
    format: { property: "aggregations.days.buckets" }
  }
  mark: bar
  encoding: {
    x: { field: "key", type: "temporal", axis: { title: false } }
    y: { field: "doc_count", type: "quantitative", axis: { title: "Orders" } }
  }
}` }), references: [] } },
];
