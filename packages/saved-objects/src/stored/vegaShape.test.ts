import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../read/storedObject.ts';
import { shapeProblems } from './shapeProblems.ts';
import type { VegaParams } from './shapes/vega/params.ts';
import type { VegaSpec } from './shapes/vega/spec.ts';
import type { Transform } from './shapes/vega/transforms.ts';
import type { VegaLiteSpec } from './shapes/vegaLite/spec.ts';

const transforms: readonly Transform[] = [
  { type: 'aggregate', groupby: ['pod'], fields: ['bytes', null], ops: ['sum', 'count'], as: ['bytes', 'n'] },
  { type: 'bin', field: 'latency', extent: { signal: 'domain' }, maxbins: 20, as: ['from', 'to'] },
  { type: 'collect', sort: { field: ['pod', 'time'], order: ['ascending', 'descending'] } },
  { type: 'contour', x: { expr: "scale('x', datum.a)" }, y: 'b', size: [{ signal: 'width' }, 200], count: 10 },
  { type: 'filter', expr: 'datum.bytes > 0' },
  { type: 'flatten', fields: ['hits'], as: ['hit'] },
  { type: 'fold', fields: ['cpu', 'memory'], as: ['what', 'value'] },
  { type: 'force', static: true, iterations: 300, forces: [{ force: 'nbody', strength: { signal: 'charge' } }, { force: 'link', links: 'links', id: 'name', distance: 30 }, { force: 'x', x: 'xfocus', strength: '.2' }] },
  { type: 'formula', expr: 'toDate(datum.key)', as: 'time' },
  { type: 'geopoint', projection: 'projection', fields: ['lon', 'lat'] },
  { type: 'graticule', step: [15, 15] },
  { type: 'impute', field: 'count', key: 'time', groupby: ['pod'], method: 'value', value: 0 },
  { type: 'kde', field: 'latency', bandwidth: 0.3, resolve: 'shared' },
  { type: 'linkpath', orient: 'horizontal', shape: 'diagonal', require: { signal: 'ready' } },
  { type: 'lookup', from: 'nodes', key: 'id', fields: ['source', 'target'], as: ['sourceNode', 'targetNode'], default: { x: 0 } },
  { type: 'pack', field: 'size', size: [{ signal: 'width' }, { signal: 'height' }] },
  { type: 'pie', field: 'count', sort: { signal: 'sorted' } },
  { type: 'project', fields: ['key'], as: ['id'] },
  { type: 'regression', x: 'time', y: 'count', method: 'poly', order: 3 },
  { type: 'sequence', start: 0, stop: 10 },
  { type: 'stack', groupby: ['time'], field: 'count', sort: { field: 'pod' }, offset: 'normalize', as: ['y0', 'y1'] },
  { type: 'stratify', key: 'id', parentKey: 'parent' },
  { type: 'timeunit', field: 'time', units: ['year', 'month'], signal: 'unit' },
  { type: 'treemap', method: 'squarify', ratio: 1.6, size: [100, 100] },
  { type: 'window', ops: ['row_number', 'lag'], fields: [null, 'count'], params: [null, 1], as: ['row', 'before'], frame: [null, 0] },
  { type: 'wordcloud', text: { field: 'word' }, fontSize: { field: 'datum.count' }, rotate: { expr: 'datum.angle' }, fontSizeRange: [10, 40] },
];

const vega: VegaSpec = {
  $schema: 'https://vega.github.io/schema/vega/v5.json',
  description: 'Requests by pod',
  padding: { left: 5, bottom: { signal: 'space' } },
  autosize: { type: 'fit', contains: 'padding', resize: true },
  config: { kibana: { type: 'map', mapStyle: false, latitude: 48, longitude: '11', zoom: 5, controlsLocation: 'bottom', tooltips: { position: 'left', padding: 8 } }, axisX: { labelAngle: -45 }, range: { category: { scheme: 'tableau10' }, own: ['#000', '#fff'] } },
  signals: [
    { name: 'hovered', value: null, on: [{ events: '@bars:mouseover', update: 'datum.pod' }, { events: { type: 'mouseout', markname: 'bars', filter: ['event.shiftKey'] }, update: { value: null } }, { events: [{ signal: 'width' }, { stream: { type: 'timer', throttle: 100 } }], encode: 'picked', force: true }] },
    { name: 'size', value: 5, bind: { input: 'range', min: 1, max: 20, step: 1 } },
    { name: 'pod', push: 'outer', on: [] },
  ],
  data: [
    {
      name: 'requests',
      url: {
        '%context%': true,
        '%timefield%': '@timestamp',
        index: 'apache-*',
        body: {
          size: 0,
          track_total_hits: true,
          aggs: {
            by_time: {
              date_histogram: { field: '@timestamp', interval: { '%autointerval%': 60 }, min_doc_count: 0, extended_bounds: { min: { '%timefilter%': 'min' }, max: { '%timefilter%': 'max', shift: 1, unit: 'hour' } } },
              aggs: { pods: { terms: { field: 'kubernetes.pod.name', size: 10, order: { bytes: 'desc' } }, aggs: { bytes: { sum: { field: 'http.response.bytes' } }, errors: { filter: { range: { 'http.response.status_code': { gte: 500 } } } }, ratio: { bucket_script: { buckets_path: { e: 'errors._count', n: '_count' }, script: 'params.e / params.n' } } } } },
            },
            pages: { composite: { size: 100, sources: [{ from: { terms: { field: 'url.path', order: 'asc' } } }] } },
          },
        },
      },
      format: { property: 'aggregations.by_time.buckets', parse: { key: 'date' } },
      transform: transforms,
    },
    { name: 'hits', url: { index: ['a', 'b'], body: { query: { bool: { must: ['%dashboard_context-must_clause%', { range: { '@timestamp': { '%timefilter%': true } } }], must_not: '%dashboard_context-must_not_clause%' } }, sort: [{ '@timestamp': { order: 'desc' } }, '_score'], _source: ['message'], script_fields: { day: { script: { source: 'doc[0]', lang: 'painless' } } } } } },
    { name: 'countries', url: { '%type%': 'emsfile', name: 'World Countries' }, format: { type: 'topojson', feature: 'data' } },
    { name: 'rows', values: [{ pod: 'a', at: [1, 2] }, { pod: 'b', at: { x: 1 } }], on: [{ trigger: 'hovered', insert: '{pod: hovered}', remove: true }] },
    { name: 'copied', source: ['rows', 'hits'] },
  ],
  projections: [{ name: 'projection', type: 'mercator', fit: { signal: "data('countries')" }, size: [{ signal: 'width' }, 100] }],
  scales: [
    { name: 'x', type: 'time', range: 'width', domain: { data: 'requests', field: 'key' }, nice: { interval: 'hour', step: 3 } },
    { name: 'y', type: 'linear', range: 'height', domain: { fields: [{ data: 'requests', field: 'y0' }, [0, 1]] }, zero: true },
    { name: 'color', type: 'ordinal', range: { scheme: 'category10' }, domain: { data: 'requests', field: 'pod', sort: { op: 'sum', field: 'count', order: 'descending' } } },
  ],
  axes: [{ orient: 'bottom', scale: 'x', format: { signal: 'form' }, tickCount: 'hour', encode: { labels: { update: { angle: { value: -30 }, text: { signal: 'datum.label' } } } } }],
  legends: [{ fill: 'color', orient: 'top-right', title: ['Pods', 'by name'], symbolType: 'square' }],
  title: { text: { signal: 'hovered' }, anchor: 'start', color: { value: 'gray' } },
  layout: { columns: 2, padding: { row: 10, column: { signal: 'gap' } } },
  marks: [
    {
      type: 'rect',
      name: 'bars',
      from: { data: 'requests' },
      encode: {
        enter: { x: { scale: 'x', field: 'key' }, width: { scale: 'x', band: 1, offset: -1 }, y: { scale: 'y', field: { signal: 'column' } }, y2: { scale: 'y', value: 0 }, cornerRadiusTopLeft: { value: 3 } },
        update: { fill: [{ test: 'datum.pod === hovered', value: { gradient: 'linear', stops: [{ offset: 0, color: 'red' }] } }, { scale: 'color', field: 'pod' }], opacity: { signal: 'hovered ? 1 : 0.5' }, tooltip: { signal: '{pod: datum.pod}' } },
        picked: { stroke: { value: 'black' } },
      },
    },
    { type: 'group', from: { facet: { name: 'pod', data: 'requests', groupby: ['pod'], aggregate: { fields: ['count'], ops: ['sum'], as: ['total'] } } }, clip: { path: { signal: 'clip' } }, signals: [{ name: 'height', update: "bandwidth('rows')" }], marks: [{ type: 'line', from: { data: 'pod' }, interactive: false, encode: { enter: { interpolate: { value: 'monotone' } } } }, { type: 'text', encode: { update: { text: { field: { parent: 'pod' } }, align: { value: 'right' }, fontWeight: { value: 600 } } } }] },
  ],
};

const lite: VegaLiteSpec = {
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
  title: { text: 'Requests', anchor: 'middle', fontSize: 14 },
  width: 'container',
  data: { url: { '%context%': true, '%timefield%': '@timestamp', index: 'apache-*', body: { size: 0, aggs: { by_time: { date_histogram: { field: '@timestamp', fixed_interval: '1h' } } } } }, format: { property: 'aggregations.by_time.buckets' } },
  params: [{ name: 'brush', select: { type: 'interval', encodings: ['x'] } }, { name: 'pick', select: 'point', bind: 'legend' }, { name: 'limit', value: 5, bind: { input: 'range', max: 10 } }],
  transform: [
    { calculate: 'datum.doc_count * 2', as: 'twice' },
    { filter: { and: [{ field: 'key', timeUnit: 'utcyearmonth', range: [{ year: 2024, month: 'jan' }, null] }, { param: 'brush', empty: false }, 'datum.doc_count > 0'] } },
    { aggregate: [{ op: 'sum', field: 'twice', as: 'total' }], groupby: ['key'] },
    { window: [{ op: 'rank', as: 'rank' }], sort: [{ field: 'total', order: 'descending' }], frame: [null, 0] },
    { lookup: 'key', from: { data: { name: 'names' }, key: 'id', fields: ['label'] } },
    { bin: { maxbins: 10 }, field: 'total', as: ['from', 'to'] },
  ],
  vconcat: [
    {
      layer: [
        { mark: { type: 'area', line: true, point: { filled: false }, interpolate: 'monotone', tooltip: { content: 'data' } }, encoding: { x: { field: 'key', type: 'temporal', axis: { title: false, labelAngle: -30, gridDash: { condition: { test: 'datum.value === 0', value: [] }, value: [2, 2] } } }, y: { field: 'total', type: 'quantitative', stack: 'normalize', scale: { type: 'log', domain: [1, { expr: 'limit' }] } }, color: { condition: { param: 'pick', field: 'pod', type: 'nominal', scale: { scheme: 'tableau10' } }, value: 'lightgray' } } },
        { mark: 'rule', encoding: { y: { datum: 100 }, size: { value: 2 } } },
      ],
      resolve: { scale: { y: 'independent' } },
    },
    { facet: { row: { field: 'pod', type: 'nominal', header: { labelAngle: 0 } } }, spec: { mark: { type: 'boxplot', extent: 1.5, median: { color: 'white' } }, encoding: { x: { aggregate: 'mean', field: 'total', bin: { step: 5 } }, order: { field: 'total', sort: 'descending' }, tooltip: [{ field: 'total', format: ',.0f', title: 'All' }], text: { value: 'all' } } } },
    { repeat: { row: ['cpu', 'memory'] }, spec: { mark: 'tick', encoding: { x: { field: { repeat: 'row' }, type: 'quantitative', sort: '-y' } } } },
  ],
  config: { kibana: { renderer: 'svg' }, view: { stroke: null }, style: { cell: { stroke: 'transparent' } } },
};

const attributes = (params: VegaParams): JsonObject => ({ title: 'Requests', visState: { title: 'Requests', type: 'vega', params: params as unknown as Json, aggs: [] } });

/** The specification with another value at a path. */
function changed(spec: VegaSpec | VegaLiteSpec, path: readonly (string | number)[], value: Json): JsonObject {
  const copy = structuredClone(spec) as unknown as JsonObject;
  const parent = path.slice(0, -1).reduce<Json>((at, part) => (at as Readonly<Record<string | number, Json>>)[part] as Json, copy) as Record<string | number, Json>;
  parent[path.at(-1) as string] = value;
  return attributes({ spec: copy as VegaSpec });
}

describe('Vega visualizations', () => {
  it.each([['Vega', vega], ['Vega-Lite', lite], ['no HJSON', 'vega {']] as const)('fit as they are: %s', (_, spec) => {
    expect(shapeProblems('visualization', attributes({ spec }))).toEqual([]);
  });

  it.each(transforms.map((transform) => [transform.type, transform] as const))('fit with one transform: %s', (_, transform) => {
    expect(shapeProblems('visualization', attributes({ spec: { data: [{ name: 'a', transform: [transform] }] } }))).toEqual([]);
  });

  it.each<[string, VegaSpec | VegaLiteSpec, (string | number)[], Json]>([
    ['an unknown member', vega, ['marks', 0, 'encode', 'enter', 'colour'], { value: 'red' }],
    ['an unknown parameter of a transform', vega, ['data', 0, 'transform', 4, 'expression'], 'datum.a'],
    ['an unknown kind of aggregation', vega, ['data', 0, 'url', 'body', 'aggs', 'by_time', 'average'], { field: 'bytes' }],
    ['an unknown channel', lite, ['vconcat', 2, 'spec', 'encoding', 'colour'], { value: 'red' }],
    ['an unknown setting of the product', lite, ['config', 'kibana', 'rendering'], 'svg'],
  ])('are told from those with %s', (_, spec, path, value) => {
    expect(shapeProblems('visualization', changed(spec, path, value))).toEqual([{ path: ['visState', 'params', 'spec', ...path], what: 'is not known' }]);
  });

  it.each<[string, VegaSpec | VegaLiteSpec, (string | number)[], Json, RegExp]>([
    ['a type of mark that Vega has not', vega, ['marks', 0, 'type'], 'bar', /^must be one of "arc", "area"/u],
    ['a transform that Vega has not', vega, ['data', 0, 'transform', 0, 'type'], 'group', /^must be one of "aggregate", "bin"/u],
    ['an operation that Vega has not', vega, ['data', 0, 'transform', 0, 'ops', 0], 'total', /^must be one of "argmax"/u],
    ['a bound of the time filter that there is not', vega, ['data', 0, 'url', 'body', 'aggs', 'by_time', 'date_histogram', 'extended_bounds', 'min', '%timefilter%'], 'start', /must be/u],
    ['a list where one name belongs', vega, ['scales', 0, 'name'], ['x'], /^must be string/u],
    ['a mark that Vega-Lite has not', lite, ['vconcat', 0, 'layer', 1, 'mark'], 'symbol', /^must be one of "arc", "area", "bar"/u],
    ['a type of field that Vega-Lite has not', lite, ['vconcat', 2, 'spec', 'encoding', 'x', 'type'], 'number', /^must be one of "quantitative"/u],
    ['a wrong place of the controls', vega, ['config', 'kibana', 'controlsLocation'], 'row', /^must be one of "top", "bottom", "left", "right"/u],
  ])('are told from those with %s', (_, spec, path, value, what) => {
    const found = shapeProblems('visualization', changed(spec, path, value));
    expect(found.map((problem) => problem.path)).toEqual(found.map(() => ['visState', 'params', 'spec', ...path]));
    expect(found[0]?.what).toMatch(what);
  });

  it('are told from wrong ones by the compiler, too', () => {
    const wrong: readonly VegaParams[] = [
      // @ts-expect-error a mark of Vega-Lite
      { spec: { marks: [{ type: 'bar' }] } },
      // @ts-expect-error a parameter of another transform
      { spec: { data: [{ name: 'a', transform: [{ type: 'filter', expr: 'true', as: 'b' }] }] } },
      // @ts-expect-error an unknown channel
      { spec: { mark: 'bar', encoding: { colour: { value: 'red' } } } },
      // @ts-expect-error an unknown kind of aggregation
      { spec: { mark: 'bar', data: { url: { index: 'a', body: { aggs: { mine: { average: { field: 'b' } } } } } } } },
      // @ts-expect-error a unit of time that there is not
      { spec: { mark: 'bar', encoding: { x: { field: 'a', timeUnit: 'yearhour' } } } },
    ];
    expect(wrong.filter((params) => shapeProblems('visualization', attributes(params)).length === 0)).toEqual([]);
  });
});
