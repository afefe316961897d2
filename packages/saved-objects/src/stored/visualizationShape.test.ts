import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { AGGREGATIONS } from '../products/aggregations.ts';
import { AGGREGATION_SLOTS, OTHER_KINDS } from '../products/kinds.ts';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import type { JsonObject } from '../read/storedObject.ts';
import { decodeAttributes } from './innerJson.ts';
import { shapeProblems } from './shapeProblems.ts';
import type { VisualizationAttributes } from './shapes/visualization.ts';

const problems = (attributes: VisualizationAttributes | JsonObject) => shapeProblems('visualization', attributes as JsonObject);
const state = (visState: object): JsonObject => ({ title: 'V', visState: visState as JsonObject });
/** The deepest of the problems: those above only say that one of several forms was not met. */
const places = (visState: object) => problems(state(visState)).map(({ path, what }) => `${path.join('.')}: ${what}`);

const fits: Readonly<Record<string, VisualizationAttributes>> = {
  'a chart with two axes, whose right one is logarithmic': {
    title: 'Requests and bytes',
    version: 1,
    uiStateJSON: { vis: { colors: { '200': '#00BFB3' }, legendOpen: false } },
    visState: {
      title: 'Requests and bytes',
      type: 'line',
      aggs: [
        { id: '1', enabled: true, type: 'count', schema: 'metric', params: { customLabel: 'Requests' } },
        { id: '2', enabled: true, type: 'sum', schema: 'metric', params: { field: 'bytes', json: { missing: 0, script: { source: '_value / 1024', lang: 'painless' } } } },
        { id: '3', enabled: true, type: 'date_histogram', schema: 'segment', params: { field: 'time', interval: 'auto', timeRange: { from: 'now-1h', to: 'now' }, useNormalizedOpenSearchInterval: true, min_doc_count: 1, extended_bounds: {} } },
        { id: '4', type: 'terms', schema: 'group', params: { field: 'pod', size: 5, order: 'desc', orderBy: 'custom', orderAgg: { id: '4-orderAgg', type: 'max', schema: 'orderAgg', params: { field: 'bytes' } }, include: ['web-1', 'web-2'], exclude: { pattern: 'x.*', flags: ['CASE_INSENSITIVE'] } } },
        { id: '5', type: 'count', schema: 'radius', params: {} },
      ],
      params: {
        type: 'line', addLegend: true, addTooltip: true, legendPosition: 'right', times: [], addTimeMarker: false, radiusRatio: '17', grid: { categoryLines: false, valueAxis: 'ValueAxis-1' }, labels: {},
        categoryAxes: [{ id: 'CategoryAxis-1', type: 'category', position: 'bottom', show: true, style: {}, scale: { type: 'linear' }, labels: { show: true, filter: true, truncate: 100 }, title: {} }],
        valueAxes: [{ id: 'ValueAxis-2', name: 'RightAxis-1', type: 'value', position: 'right', show: true, style: {}, scale: { type: 'log', mode: 'normal', min: 1, max: null }, labels: { rotate: 75 }, title: { text: 'Bytes' } }],
        seriesParams: [{ show: 'true', type: 'line', mode: 'normal', data: { id: '1', label: 'Requests' }, valueAxis: 'ValueAxis-1', lineWidth: '', interpolate: 'step-after' }],
        thresholdLine: { show: true, value: 10, width: 1, style: 'dot-dashed', color: '#E7664C' },
        dimensions: { x: { accessor: 0, format: { id: 'date', params: { pattern: 'HH:mm' } }, params: { date: true, interval: 'PT30S', bounds: { min: '2026-01-01T00:00:00Z', max: '2026-01-02T00:00:00Z' } }, aggType: 'date_histogram' }, y: [] },
      },
    },
  },
  'what Kibana 7.17 adds to a pie': {
    visState: {
      type: 'pie',
      params: { type: 'pie', isDonut: true, palette: { type: 'palette', name: 'kibana_palette' }, distinctColors: true, nestedLegend: true, truncateLegend: true, maxLegendLines: 1, legendSize: 130, labels: { show: true, position: 'inside', valuesFormat: 'percent', percentDecimals: 1 } },
      aggs: [{ id: '2', type: 'range', schema: 'segment', params: { field: 'bytes', ranges: [{ from: 0, to: 1000 }, { from: 1000, to: null }] } }],
    },
  },
  'pipelines of both kinds in a table, sorted by the reader': {
    uiStateJSON: { vis: { params: { sort: { columnIndex: 1, direction: 'desc' }, colWidth: [{ colIndex: 0, width: 120.5 }] } } },
    visState: {
      type: 'table',
      params: { perPage: 10, showPartialRows: false, showMeticsAtAllLevels: false, sort: { columnIndex: null, direction: null }, showTotal: true, totalFunc: 'avg', percentageCol: '', showToolbar: true, autoFitRowToContent: true },
      aggs: [
        { id: '1', type: 'max_bucket', schema: 'metric', params: { customBucket: { id: '1-bucket', enabled: true, type: 'filters', params: { filters: [{ input: { query: 'a: 1', language: 'kuery' }, label: 'one' }] } }, customMetric: { id: '1-metric', type: 'moving_avg', params: { metricAgg: 'custom', window: 5, script: 'MovingFunctions.max(values)' } } } },
        { id: '2', type: 'derivative', schema: 'metric', params: { metricAgg: '1', buckets_path: '1', json: '' } },
        { id: '3', type: 'ip_range', schema: 'bucket', params: { field: 'ip', ipRangeType: 'mask', ranges: { fromTo: [{ from: '10.0.0.0', to: '10.0.0.9' }], mask: [{ mask: '10.0.0.0/8' }] } } },
      ],
    },
  },
  'a slot as Kibana 6 described it': {
    visState: { type: 'area', aggs: [{ id: '2', type: 'terms', schema: 'group', params: { field: 'a', orderAgg: { id: '2-orderAgg', type: 'avg', schema: { group: 'none', name: 'orderAgg', title: 'Order Agg', hideCustomLabel: true, aggFilter: ['!top_hits'], min: 0, max: null, editor: false, params: [] } } } }] },
  },
  'controls': {
    visState: { type: 'input_control_vis', params: { controls: [{ id: '1', type: 'list', fieldName: 'pod', label: 'Pod', parent: '', indexPatternRefName: 'control_0_index_pattern', options: { type: 'terms', multiselect: true, dynamicOptions: true, size: 5, order: 'desc' } }, { id: '2', type: 'range', options: { decimalPlaces: 0, step: '' } }], updateFiltersOnChange: false, useTimeFilter: true, pinFilters: false } },
  },
  'a map with a layer of one’s own': {
    uiStateJSON: { mapZoom: 3, mapCenter: [12.5, -0.25] },
    visState: { type: 'region_map', params: { layerChosenByUser: 'custom', selectedCustomLayer: { layerId: 'user-upload.zones', origin: 'user-upload', isEMS: false, format: { type: 'geojson' }, fields: [{ name: 'zone', type: 'zone', description: 'zone' }] }, selectedJoinField: null, wms: { enabled: false, options: { format: 'image/png', transparent: true }, baseLayersAreLoaded: {} } }, aggs: [] },
  },
  'a gauge': { visState: { type: 'gauge', params: { type: 'gauge', gauge: { type: 'meter', gaugeType: 'Arc', alignment: 'automatic', colorSchema: 'Green to Red', colorsRange: [{ from: 0, to: 50 }], percentageFormatPattern: '0,0.0%', scale: { show: true, labels: false, color: '#333' } } } } },
  'figures of Kibana 5': { visState: { type: 'metric', listeners: {}, params: { fontSize: '36', handleNoResults: true, gauge: { gaugeType: 'Metric', type: 'simple', verticalSplit: false } } } },
};

describe('the shape of visualizations', () => {
  it.each(Object.entries(fits))('has room for %s', (_, attributes) => {
    expect(problems(attributes)).toEqual([]);
  });

  it('has every aggregation of the products in every slot of every kind that takes it', () => {
    let count = 0;
    for (const [kind, slots] of Object.entries(AGGREGATION_SLOTS)) {
      for (const { schema, group, only, not } of slots) {
        for (const [type, facts] of Object.entries(AGGREGATIONS)) {
          if (facts.group !== group || (only !== undefined && !only.some((each) => each === type)) || (not ?? []).some((each) => each === type)) continue;
          expect(places({ type: kind, params: {}, aggs: [{ id: '1', enabled: true, type, schema, params: {} }] }), `${type} as ${schema} of ${kind}`).toEqual([]);
          count += 1;
        }
      }
    }
    expect(count).toBeGreaterThan(200);
    for (const kind of OTHER_KINDS) expect(places({ type: kind, aggs: [] }), kind).toEqual([]);
  });

  it('says where something else stands', () => {
    expect(places({ type: 'sunburst' })[0]).toMatch(/^visState\.type: must be one of "line", "area"/u);
    expect(places({ type: 'pie', params: { isDonut: true, donutWidth: 3 } })).toContain('visState.params.donutWidth: is not known');
    expect(places({ type: 'pie', params: { legendPosition: 'middle' } })).toContain('visState.params.legendPosition: must be one of "right", "left", "top", "bottom"');
    expect(places({ type: 'line', params: { valueAxes: [{ show: 'yes' }] } })).toContain('visState.params.valueAxes.0.show: must be boolean');
    expect(places({ type: 'line', aggs: [{ type: 'count', schema: 'metric' }, { type: 'percentile', schema: 'metric' }] }).join('\n')).toMatch(/visState\.aggs\.1\.type: must be one of "count", "avg"/u);
    expect(places({ type: 'line', aggs: [{ type: 'avg', schema: 'metric', params: { fields: ['a'] } }] })).toContain('visState.aggs.0.params.fields: is not known');
    expect(places({ type: 'table', aggs: [{ type: 'terms', schema: 'segment', params: { field: 'a' } }] })).toContain('visState.aggs.0.schema: must be one of "bucket", "split", null');
    expect(places({ type: 'area', aggs: [{ type: 'terms', schema: 'group', params: { orderAgg: { type: 'max', params: { field: 1 } } } }] })).toContain('visState.aggs.0.params.orderAgg.params.field: must be string,null');
    expect(places({ type: 'area', aggs: [{ type: 'max', schema: 'metric', params: { json: { precision_treshold: 1 } } }] })).toContain('visState.aggs.0.params.json.precision_treshold: is not known');
    expect(problems({ uiStateJSON: { vis: { legendOpen: 1 } } }).map(({ path }) => path)).toContainEqual(['uiStateJSON', 'vis', 'legendOpen']);
    expect(problems({ visualisation: 1 })).toEqual([{ path: ['visualisation'], what: 'is not known' }]);
  });
});

describe('the types of visualizations', () => {
  it('refuse what the shape refuses', () => {
    const wrong: readonly VisualizationAttributes[] = [
      // @ts-expect-error -- no such kind
      { visState: { type: 'sunburst' } },
      // @ts-expect-error -- of a line, not of a pie
      { visState: { type: 'pie', params: { seriesParams: [] } } },
      // @ts-expect-error -- a table has no segments
      { visState: { type: 'table', aggs: [{ type: 'terms', schema: 'segment' }] } },
      // @ts-expect-error -- an average has no size
      { visState: { type: 'metric', aggs: [{ type: 'avg', schema: 'metric', params: { field: 'a', size: 1 } }] } },
      // @ts-expect-error -- a bucket is no metric
      { visState: { type: 'line', aggs: [{ type: 'derivative', params: { customMetric: { type: 'terms' } } }] } },
      // @ts-expect-error -- misspelt within the JSON input
      { visState: { type: 'line', aggs: [{ type: 'terms', params: { json: { min_docs: 1 } } }] } },
      // @ts-expect-error -- listeners were never kept
      { visState: { type: 'line', listeners: { click: 'a' } } },
      // @ts-expect-error -- misspelt, as the guide has it
      { title: 'A', visState: { type: 'line', params: { valueAxes: [{ scale: { type: 'sqare root' } }] } } },
      // @ts-expect-error -- no such colours
      { visState: { type: 'heatmap', params: { colorSchema: 'Rainbow' } } },
    ];
    for (const attributes of wrong) expect(problems(attributes).length, JSON.stringify(attributes)).toBeGreaterThan(0);
  });
});

const root = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'saved-objects');
const here = existsSync(root);

describe.runIf(here)(here ? 'the corpus’ visualizations' : 'the corpus’ visualizations (not run: PODSCOPE_CORPUS names no folder with saved-objects)', () => {
  it('have their shape, but for those whose members somebody renamed with their fields', () => {
    const strange = new Set<string>();
    let count = 0;
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      for (const { object: original } of readSavedObjects(readFileSync(file, 'utf8'), { file }).objects) {
        if (original.type !== 'visualization') continue;
        const attributes = decodeAttributes('visualization', migrateSavedObject(original).attributes);
        const kind = (attributes['visState'] as JsonObject | undefined)?.['type'];
        if (kind === 'vega' || kind === 'metrics') continue;
        count += 1;
        const renamed = /"aws\.waf\.labels":\{|"schema":"aws\.s3\.bucket"/u.test(JSON.stringify(attributes['visState']));
        if (!renamed && problems(attributes).length > 0) strange.add(`${entry.name}: ${original.id}`);
      }
    }
    expect([...strange]).toEqual([]);
    expect(count).toBeGreaterThan(1500);
  });
});

it('takes the UI state of panels by their names, and of nothing else', () => {
  const state = (uiStateJSON: JsonObject) => shapeProblems('visualization', { title: 'A', uiStateJSON });
  expect(state({ 'P-12': { vis: { legendOpen: false } } })).toEqual([]);
  expect(state({ title: { vis: { legendOpen: false } } })).toEqual([{ path: ['uiStateJSON', 'title'], what: 'is not known' }]);
});
