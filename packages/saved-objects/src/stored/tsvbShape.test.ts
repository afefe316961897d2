import { expect, it } from 'vitest';
import type { JsonObject } from '../read/storedObject.ts';
import { shapeProblems } from './shapeProblems.ts';
import type { TsvbMetric } from './shapes/tsvb/metric.ts';
import type { TsvbParams } from './shapes/tsvb/params.ts';
import type { TsvbSeries } from './shapes/tsvb/series.ts';

const metrics: readonly TsvbMetric[] = [
  { id: 'a', type: 'avg', field: 'memory.used', unit: '' },
  { id: 'b', type: 'percentile', field: 'latency', percentiles: [{ id: 'p', mode: 'band', value: '10', percentile: 90, shade: 0.2, color: '#68BC00' }] },
  { id: 'c', type: 'percentile_rank', field: 'latency', values: ['100', '250'], colors: ['#f00', '#0f0'], numberOfSignificantValueDigits: 3 },
  { id: 'd', type: 'filter_ratio', numerator: { query: 'status >= 500', language: 'kuery' }, denominator: '*', metric_agg: 'count' },
  { id: 'e', type: 'std_deviation', field: 'latency', sigma: '', mode: 'band' },
  { id: 'f', type: 'top_hit', field: 'pod', size: '1', agg_with: 'concat', order: 'desc', order_by: '@timestamp' },
  { id: 'g', type: 'static', value: '80' },
  { id: 'h', type: 'positive_rate', field: 'bytes', unit: '1s' },
  { id: 'i', type: 'moving_average', field: 'a', model_type: 'holt_winters', window: 10, alpha: 0.3, beta: 0.1, gamma: null, period: 1, multiplicative: true },
  { id: 'j', type: 'serial_diff', field: 'a', lag: '' },
  { id: 'k', type: 'calculation', script: 'params.used / params.total', variables: [{ id: 'v', name: 'used', field: 'a' }] },
  { id: 'l', type: 'math', script: 'last(params.used)', variables: [{ id: 'v', name: 'used', field: 'a' }] },
  { id: 'm', type: 'series_agg', function: 'overall_sum' },
  { id: 'n', type: 'sum_of_squares_bucket', field: 'a' },
];

const panel: TsvbParams = {
  id: 'panel',
  type: 'timeseries',
  index_pattern: { id: 'pods' },
  use_kibana_indexes: true,
  time_field: '@timestamp',
  interval: '>=1m',
  filter: { query: 'namespace:guestbook', language: 'lucene' },
  drop_last_bucket: 0,
  max_bars: 100,
  ignore_daylight_time: false,
  axis_min: '0',
  axis_max: null,
  axis_scale: 'log',
  tooltip_mode: 'show_focused',
  hide_last_value_indicator: true,
  truncate_legend: 1,
  legend_position: 'bottom',
  background_color_rules: [{ id: 'r', operator: 'gte', value: 0.8, background_color: 'rgba(211,49,21,1)', color: null }, { id: 's' }],
  bar_color_rules: [{ id: 't', operator: 'empty', value: null, bar_color: '#fff' }],
  gauge_color_rules: [{ id: 'u', opperator: 'lt', value: 1, gauge: '#0f0', text: null }],
  gauge_style: 'half',
  gauge_max: '',
  gauge_inner_width: '10',
  markdown: '{{ pods.last.formatted }}',
  markdown_vertical_align: 'middle',
  pivot_id: ['pod', null],
  pivot_type: ['string', null],
  pivot_rows: '10',
  annotations: [
    { id: 'x', index_pattern: 'events-*', time_field: '@timestamp', query_string: { query: 'reason:OOMKilled', language: 'kuery' }, icon: 'fa-bomb', fields: 'pod', template: '{{pod}}', ignore_global_filters: 1, ignore_panel_filters: 1 },
  ],
  series: [
    {
      id: 'series',
      metrics,
      split_mode: 'terms',
      terms_field: ['namespace', 'pod'],
      terms_order_by: '_count',
      terms_size: '5',
      split_filters: [{ id: 'y', filter: { query: 'status:200', language: 'lucene' }, color: '#fff', label: 'good' }],
      palette: { type: 'palette', name: 'custom', params: { colors: ['#000', '#fff'], gradient: true } },
      override_index_pattern: 1,
      series_index_pattern_ref_name: 'metrics_0_index_pattern',
      line_width: '2',
      fill: 0,
      stacked: 'stacked_within_series',
      seperate_axis: 0,
      color_rules: [{ id: 'z', operator: 'gt', value: 10, text: '#f00' }],
      time_range_mode: 'last_value',
      formatter: 'us,ms,2',
      value_template: '{{value}}/s',
    },
  ],
};

function problemsOf(params: object): readonly (readonly [string, string])[] {
  return shapeProblems('visualization', { visState: { type: 'metrics', params } as unknown as JsonObject }).map(({ path, what }) => [path.join('.'), what] as const).sort(([a], [b]) => (a < b ? -1 : 1));
}

it('describes every type of metric, and what both products’ editors keep of a panel', () => {
  expect(problemsOf(panel)).toEqual([]);
});

it('finds a type of metric that no product has', () => {
  const problems = problemsOf({ series: [{ metrics: [{ id: 'a', type: 'average' }] }] });
  expect(problems.find(([path]) => path === 'visState.params.series.0.metrics.0.type')?.[1]).toContain('"avg"');
});

it('finds a parameter that no product has', () => {
  expect(problemsOf({ ...panel, series: [{ line_color: '#fff' }], show_title: 1 }).filter(([, what]) => what === 'is not known')).toEqual([
    ['visState.params.series.0.line_color', 'is not known'],
    ['visState.params.show_title', 'is not known'],
  ]);
});

it('finds a value of a wrong type', () => {
  expect(problemsOf({ time_field: ['@timestamp'], hide_last_value_indicator: 'yes' }).map(([path]) => path)).toEqual(expect.arrayContaining(['visState.params.time_field', 'visState.params.hide_last_value_indicator']));
  expect(problemsOf({ show_legend: 2 })).toContainEqual(['visState.params.show_legend', 'must be one of 0, 1']);
});

it('says what does not fit to the compiler as to the program', () => {
  // @ts-expect-error: `line_color` is no parameter of a series
  const series: TsvbSeries = { line_color: '#fff' };
  // @ts-expect-error: `average` is no type of metric
  const metric: TsvbMetric = { type: 'average' };
  expect(problemsOf({ series: [series] })).not.toEqual([]);
  expect(problemsOf({ series: [{ metrics: [metric] }] })).not.toEqual([]);
});
