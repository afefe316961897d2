import { expect, it } from 'vitest';
import type { JsonObject } from '../read/storedObject.ts';
import { decodeAttributes, encodeAttributes } from './innerJson.ts';
import { shapeProblems } from './shapeProblems.ts';
import type { DashboardAttributes } from './shapes/dashboard/dashboard.ts';
import type { DrilldownAction } from './shapes/dashboard/drilldown.ts';
import type { SavedVis } from './shapes/dashboard/savedVis.ts';
import type { SearchAttributes } from './shapes/search.ts';

const board: DashboardAttributes = {
  title: 'Pods',
  description: '',
  hits: 0,
  version: 1,
  timeRestore: true,
  timeFrom: 'now-15m',
  timeTo: 'now',
  refreshInterval: { pause: false, value: 10_000, display: '10 seconds', section: 1 },
  optionsJSON: { useMargins: true, hidePanelTitles: false, darkTheme: false, syncColors: true },
  kibanaSavedObjectMeta: { searchSourceJSON: { query: { query: 'namespace: guestbook', language: 'kuery' }, filter: [] } },
  panelsJSON: [
    {
      panelIndex: '1',
      version: '7.17.0',
      gridData: { x: 0, y: 0, w: 24, h: 15, i: '1' },
      panelRefName: 'panel_0',
      title: 'Restarts',
      embeddableConfig: {
        hidePanelTitles: true,
        timeRange: { from: 'now-1h', to: 'now' },
        vis: { colors: { Restarts: '#f00' }, legendOpen: false },
        enhancements: {
          dynamicActions: {
            events: [
              { eventId: 'e', triggers: ['FILTER_TRIGGER'], action: { factoryId: 'DASHBOARD_TO_DASHBOARD_DRILLDOWN', name: 'Nodes', config: { useCurrentFilters: true, useCurrentDateRange: true } } },
              { eventId: 'f', triggers: ['VALUE_CLICK_TRIGGER'], action: { factoryId: 'URL_DRILLDOWN', name: 'Docs', config: { url: { template: 'https://example.com/{{event.value}}' }, openInNewTab: true, encodeUrl: true } } },
            ],
          },
        },
      },
    },
    { panelIndex: 2, gridData: { x: 24, y: 0, w: 24, h: 15, i: 2 }, type: 'search', id: 'pods', embeddableConfig: { columns: ['pod'], sort: [['@timestamp', 'desc']] } },
    { panelIndex: '3', gridData: { x: 0, y: 15, w: 24, h: 15, i: '3' }, type: 'map', panelRefName: 'panel_2', embeddableConfig: { mapCenter: { lat: 0, lon: 10, zoom: 3 }, hiddenLayers: ['a'], isLayerTOCOpen: false } },
    { panelIndex: '5', gridData: { x: 0, y: 30, w: 12, h: 8, i: '5' }, type: 'ml_anomaly_swimlane', embeddableConfig: { jobIds: ['restarts'], swimlaneType: 'viewBy', viewBy: 'pod' } },
    { panelIndex: '6', gridData: { x: 12, y: 30, w: 12, h: 8, i: '6' }, type: 'image', embeddableConfig: { imageConfig: { src: { type: 'url', url: 'https://example.com/logo.png' }, sizing: { objectFit: 'contain' } } } },
    { panelIndex: '4', gridData: { x: 24, y: 15, w: 24, h: 15, i: '4' }, type: 'visualization', embeddableConfig: { savedVis: { type: 'markdown', params: { markdown: '# Hello' }, data: { aggs: [] } } } },
  ],
  controlGroupInput: {
    controlStyle: 'oneLine',
    chainingSystem: 'HIERARCHICAL',
    ignoreParentSettingsJSON: { ignoreFilters: false, ignoreQuery: true },
    panelsJSON: { c: { type: 'optionsListControl', order: 0, width: 'auto', explicitInput: { id: 'c', fieldName: 'pod', title: 'Pod', selectedOptions: ['web-1'] } } },
  },
};

const search: SearchAttributes = {
  title: 'Errors',
  columns: ['message'],
  sort: [['@timestamp', 'desc']],
  kibanaSavedObjectMeta: { searchSourceJSON: { query: { query: '', language: 'lucene' }, filter: [], indexRefName: 'kibanaSavedObjectMeta.searchSourceJSON.index' } },
  grid: { columns: { message: { width: 300 } } },
  hideChart: true,
  viewMode: 'documents',
  rowHeight: -1,
};

const json = (value: object): JsonObject => value as unknown as JsonObject;

function problemsOf(type: 'dashboard' | 'search', attributes: object): readonly (readonly [string, string])[] {
  return shapeProblems(type, json(attributes)).map(({ path, what }) => [path.join('.'), what] as const).sort(([a], [b]) => (a < b ? -1 : 1));
}

it('describes panels by reference and by value, their overrides and drilldowns, and the controls', () => {
  expect(problemsOf('dashboard', board)).toEqual([]);
});

it('describes the same after it was text', () => {
  const stored = encodeAttributes('dashboard', json(board));
  expect([typeof stored['panelsJSON'], typeof stored['optionsJSON'], typeof (stored['controlGroupInput'] as JsonObject)['panelsJSON']]).toEqual(['string', 'string', 'string']);
  expect(decodeAttributes('dashboard', stored)).toEqual(board);
});

it('describes the searches that Discover of Kibana 9 has in tabs, and takes them apart', () => {
  const meta = { searchSourceJSON: JSON.stringify({ query: { query: 'pod: web', language: 'kuery' }, filter: [] }) };
  const attributes = { title: 'Errors', tabs: [{ id: 't', label: 'Untitled', attributes: { columns: ['message'], kibanaSavedObjectMeta: meta, controlGroupJson: '{"c":{"type":"timeSlider","order":0}}' } }] };
  const decoded = decodeAttributes('search', json(attributes));
  expect(problemsOf('search', decoded)).toEqual([]);
  expect(JSON.stringify(decoded)).not.toContain('\\"');
  expect(encodeAttributes('search', decoded)).toEqual(attributes);
  expect(problemsOf('search', json({ tabs: [{ id: 't', label: '', attributes: { column: [] } }] }))).toEqual([['tabs.0.attributes.column', 'is not known']]);
});

it('finds what no panel has, inside its configuration, too', () => {
  expect(problemsOf('dashboard', { panelsJSON: [{ gridData: { x: 0, y: 0, w: 1, h: '1' }, hidden: true, embeddableConfig: { colour: '#fff' } }] })).toEqual([
    ['panelsJSON.0.embeddableConfig.colour', 'is not known'],
    ['panelsJSON.0.gridData.h', 'must be number'],
    ['panelsJSON.0.hidden', 'is not known'],
  ]);
});

it('finds a drilldown and a visualization by value of an unknown kind', () => {
  const event = { eventId: 'e', action: { factoryId: 'EMAIL_DRILLDOWN' } };
  expect(problemsOf('dashboard', { panelsJSON: [{ embeddableConfig: { enhancements: { dynamicActions: { events: [event] } }, savedVis: { type: 'sunburst' } } }] }).map(([path]) => path)).toEqual([
    'panelsJSON.0.embeddableConfig.enhancements.dynamicActions.events.0.action.factoryId',
    'panelsJSON.0.embeddableConfig.savedVis.type',
  ]);
});

it('describes searches, with one sort order as older versions have it, and what Kibana added', () => {
  expect(problemsOf('search', search)).toEqual([]);
  expect(problemsOf('search', { ...search, sort: ['@timestamp', 'desc'] })).toEqual([]);
  expect(problemsOf('search', { columns: 'message', viewMode: 'table' })).toEqual([['columns', 'must be array'], ['viewMode', 'must be one of "documents", "patterns", "aggregated"']]);
});

it('says what does not fit to the compiler as to the program', () => {
  // @ts-expect-error: a pie has other parameters than a text
  const held: SavedVis = { type: 'pie', params: { markdown: '# Hello' } };
  // @ts-expect-error: there is no such drilldown
  const drilldown: DrilldownAction = { factoryId: 'EMAIL_DRILLDOWN' };
  expect(problemsOf('dashboard', { panelsJSON: [{ embeddableConfig: { savedVis: held } }] })).not.toEqual([]);
  expect(problemsOf('dashboard', { panelsJSON: [{ embeddableConfig: { enhancements: { dynamicActions: { events: [{ eventId: 'e', action: drilldown }] } } } }] })).not.toEqual([]);
});
