import { defineVisualization, vegaSearch } from '@podscope/saved-objects';
import { ANSWERED, CLOCK, literal, pageRange } from '../vegaParts.ts';
import { sampleStrip } from './sample.ts';

const INTERVALS = 50;
const histogram = (field: string) => ({ field, interval: { '%autointerval%': INTERVALS }, min_doc_count: 1 });

/** The smallest step that a format can tell apart: with a smaller one, an axis of nearly equal values would repeat one label. Any step where the format doesn't say. */
function stepOf(format: string): number {
  const [, digits, sort] = /\.(\d+)([%f])$/.exec(format) ?? [];
  return digits === undefined ? 0 : 10 ** -(Number(digits) + (sort === '%' ? 2 : 0));
}

/** Log lines that tell of trouble, above a metric, on one time axis, with how much they go together. */
export const correlationStrip = defineVisualization({
  id: 'correlation-strip',
  description: 'Log lines that tell of trouble, above a metric, on one time axis, with how much the two go together.',
  fields: { time: 'date' },
  views: { metric: { time: 'date', value: 'number' } },
  options: {
    trouble: { type: 'text', description: 'Which log lines tell of trouble: a query in Lucene’s language.' },
    lines: { type: 'text', default: '*', description: 'Which log lines count at all: a query in Lucene’s language.' },
    troubleTitle: { type: 'text', default: 'Trouble' },
    metric: { type: 'choice', choices: ['avg', 'max', 'min', 'sum'], default: 'avg' },
    metricTitle: { type: 'text', default: 'Metric' },
    metricFilter: { type: 'text', default: '*', description: 'Which samples count: a query in Lucene’s language.' },
    metricFormat: { type: 'text', default: '~s', description: 'How the metric’s numbers are written, as d3-format says.' },
  },
  sample: sampleStrip,
  toVega: ({ view, fields: { time }, views: { metric }, options }) => ({
    data: [
      {
        name: 'logs',
        url: vegaSearch(view, {
          filter: options.lines,
          aggs: {
            range: pageRange(time),
            times: { date_histogram: histogram(time), aggs: { trouble: { filter: { query_string: { query: options.trouble } } } } },
          },
        }),
        transform: [ANSWERED],
      },
      {
        name: 'samples',
        url: vegaSearch(metric.view, {
          filter: options.metricFilter,
          aggs: { times: { date_histogram: histogram(metric.fields.time), aggs: { value: { [options.metric]: { field: metric.fields.value } } } } },
        }),
        transform: [ANSWERED],
      },
      { name: 'range', source: 'logs', transform: [{ type: 'flatten', fields: ['aggregations.range.buckets'], as: ['bucket'] }] },
      {
        name: 'counts',
        source: 'logs',
        transform: [
          { type: 'flatten', fields: ['aggregations.times.buckets'], as: ['bucket'] },
          { type: 'formula', as: 't', expr: 'datum.bucket.key' },
          { type: 'formula', as: 'lines', expr: 'datum.bucket.doc_count' },
          { type: 'formula', as: 'trouble', expr: 'datum.bucket.trouble.doc_count' },
          { type: 'window', sort: { field: 't' }, ops: ['lag'], fields: ['t'], as: ['before'] },
          { type: 'formula', as: 'gap', expr: 'isValid(datum.before) ? datum.t - datum.before : null' },
          // The answer doesn't tell the interval; two neighbours do.
          { type: 'extent', field: 'gap', signal: 'gaps' },
        ],
      },
      {
        name: 'values',
        source: 'samples',
        transform: [
          { type: 'flatten', fields: ['aggregations.times.buckets'], as: ['bucket'] },
          { type: 'formula', as: 't', expr: 'datum.bucket.key' },
          { type: 'formula', as: 'value', expr: 'datum.bucket.value.value' },
          { type: 'filter', expr: 'isValid(datum.value)' },
          { type: 'extent', field: 'value', signal: 'seen' },
        ],
      },
      {
        name: 'fit',
        source: 'counts',
        transform: [
          { type: 'lookup', from: 'values', key: 't', fields: ['t'], values: ['value'], as: ['value'] },
          { type: 'filter', expr: 'isValid(datum.value)' },
          { type: 'regression', x: 'trouble', y: 'value', params: true },
          { type: 'formula', as: 'r', expr: '(datum.coef[1] < 0 ? -1 : 1) * sqrt(datum.rSquared)' },
        ],
      },
    ],
    signals: [
      { name: 'step', update: 'gaps[0] > 0 ? gaps[0] : 30000' },
      // An axis over less than one step would have two labels that say the same.
      { name: 'apart', update: `seen && isValid(seen[1]) ? [seen[1] - ${stepOf(options.metricFormat)}, seen[1]] : []` },
      { name: 'half', update: 'height * 0.44' },
      { name: 'from', value: null, on: [{ events: 'mousedown', update: "invert('x', clamp(x(), 0, width))" }] },
      {
        name: 'to',
        value: null,
        on: [
          { events: 'mousedown', update: 'null' },
          { events: '[mousedown, mouseup] > mousemove!', update: "invert('x', clamp(x(), 0, width))" },
        ],
      },
      {
        name: 'zoomed',
        on: [{ events: 'mouseup', update: 'from && to && abs(to - from) >= 1000 ? opensearchDashboardsSetTimeFilter(min(+from, +to), max(+from, +to)) : null' }],
      },
    ],
    scales: [
      { name: 'x', type: 'time', range: 'width', domain: { data: 'range', fields: ['bucket.from', 'bucket.to'] } },
      { name: 'count', type: 'linear', range: [{ signal: 'half' }, 0], nice: true, zero: true, domain: { data: 'counts', field: 'lines' } },
      { name: 'metric', type: 'linear', range: [{ signal: 'height' }, { signal: 'height - half' }], nice: true, zero: false, domain: { fields: [{ data: 'values', field: 'value' }, { signal: 'apart' }] } },
      { name: 'color', type: 'ordinal', domain: ['All lines', options.troubleTitle, options.metricTitle], range: ['#98A2B3', '#E7664C', '#6092C0'] },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', grid: true, tickCount: 8, format: CLOCK, labelOverlap: true },
      { orient: 'left', scale: 'count', tickCount: 3, title: 'Log lines' },
      { orient: 'left', scale: 'metric', tickCount: 3, tickMinStep: stepOf(options.metricFormat), format: options.metricFormat, title: options.metricTitle },
    ],
    legends: [{ fill: 'color', orient: 'top', direction: 'horizontal', symbolType: 'square', labelLimit: 200 }],
    marks: [
      ...[['lines', 'All lines', 0.35], ['trouble', options.troubleTitle, 1]].map(([field, name, opacity]) => ({
        type: 'rect',
        from: { data: 'counts' },
        clip: true,
        encode: {
          update: {
            x: { scale: 'x', field: 't' },
            x2: { signal: "max(scale('x', datum.t + step) - 1, scale('x', datum.t) + 1)" },
            y: { scale: 'count', field: field as string },
            y2: { scale: 'count', value: 0 },
            fill: { scale: 'color', value: name as string },
            fillOpacity: { value: opacity as number },
            tooltip: { signal: `{'From': timeFormat(datum.t, '%H:%M:%S'), 'Lines': datum.lines, ${literal(options.troubleTitle)}: datum.trouble}` },
          },
        },
      })),
      {
        type: 'line',
        from: { data: 'values' },
        sort: { field: 't' },
        clip: true,
        encode: { update: { x: { scale: 'x', signal: 'datum.t + step / 2' }, y: { scale: 'metric', field: 'value' }, stroke: { scale: 'color', value: options.metricTitle }, strokeWidth: { value: 2 }, interpolate: { value: 'monotone' } } },
      },
      {
        type: 'symbol',
        from: { data: 'values' },
        clip: true,
        encode: {
          update: {
            x: { scale: 'x', signal: 'datum.t + step / 2' },
            y: { scale: 'metric', field: 'value' },
            size: { value: 24 },
            fill: { scale: 'color', value: options.metricTitle },
            tooltip: { signal: `{'From': timeFormat(datum.t, '%H:%M:%S'), ${literal(options.metricTitle)}: format(datum.value, ${literal(options.metricFormat)})}` },
          },
        },
      },
      {
        type: 'text',
        from: { data: 'fit' },
        encode: {
          update: {
            x: { signal: 'width' },
            y: { signal: 'half + height * 0.06' },
            align: { value: 'right' },
            baseline: { value: 'middle' },
            fontWeight: { value: 'bold' },
            text: { signal: "isFinite(datum.r) && datum.r != 0 ? 'r = ' + format(datum.r, '.2f') : ''" },
            tooltip: { value: 'Pearson’s coefficient of both, interval by interval: 1 is in step, 0 is unrelated, -1 is opposite.' },
          },
        },
      },
      {
        type: 'rect',
        interactive: false,
        encode: {
          update: {
            x: { signal: "from && to ? scale('x', from) : 0" },
            x2: { signal: "from && to ? scale('x', to) : 0" },
            y: { value: 0 },
            y2: { signal: 'height' },
            fill: { value: '#98A2B3' },
            fillOpacity: { value: 0.25 },
          },
        },
      },
    ],
  }),
});
