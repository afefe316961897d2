import { describe, expect, it } from 'vitest';
import {
  bundle,
  checkSavedObjects,
  convertSavedObjects,
  dashboard,
  dashboardLink,
  type DashboardOptions,
  existsFilter,
  formatFindings,
  line,
  count,
  dateHistogram,
  markdown,
  panel,
  phraseFilter,
  readSavedObjects,
  row,
  savedQuery,
  search,
  settings,
  shortUrl,
  type Target,
  TARGETS,
  toNdjson,
} from '../index.ts';
import { web } from '../fixtures/web.ts';
import { rison } from './rison.ts';

const requests = line('requests', 'Requests', web, { x: dateHistogram('@timestamp'), y: count(), filters: [existsFilter(web, 'path')] });
const about = markdown('about', 'About', 'Hello');
const errors = search('errors', 'Errors', web, { columns: ['path'], sort: [['status', 'asc'], ['@timestamp', 'desc']], filters: [phraseFilter(web, 'ok', false)] });

const board = dashboard(
  'board',
  'Board',
  [
    row(panel(requests, { colors: { Count: '#ff0000' }, legendOpen: false, hideTitle: true }), panel(errors, { columns: ['path', 'status'], sort: [['path', 'asc']] })),
    panel(about, { at: { x: 12, y: 13 }, width: 36, height: 5, title: 'Read me' }),
    panel(requests, { at: { x: 0, y: 13 }, width: 12, height: 20 }),
  ],
  { query: { query: 'path:a*', language: 'lucene' }, filters: [phraseFilter(web, 'status', 404, { negate: true, alias: 'found' })], margins: false, hidePanelTitles: true, refresh: 30, refreshPaused: true },
);

function parsed(attribute: string): unknown {
  return JSON.parse(String(board.object.attributes[attribute]));
}

describe('a dashboard', () => {
  it('has rows, places of their own, and a look by panel', () => {
    const panels = parsed('panelsJSON') as readonly { readonly gridData: object }[];
    expect(panels.map(({ gridData }) => gridData)).toEqual([
      { x: 0, y: 0, w: 24, h: 13, i: '1' },
      { x: 24, y: 0, w: 24, h: 13, i: '2' },
      { x: 12, y: 13, w: 36, h: 5, i: '3' },
      { x: 0, y: 13, w: 12, h: 20, i: '4' },
    ]);
    expect(panels).toMatchObject([
      { embeddableConfig: { hidePanelTitles: true, vis: { colors: { Count: '#ff0000' }, legendOpen: false } }, panelRefName: 'panel_0' },
      { embeddableConfig: { columns: ['path', 'status'], sort: [['path', 'asc']] }, panelRefName: 'panel_1' },
      { title: 'Read me', panelRefName: 'panel_2' },
      { embeddableConfig: {}, panelRefName: 'panel_3' },
    ]);
    expect(parsed('optionsJSON')).toEqual({ hidePanelTitles: true, useMargins: false });
    expect(board.object.attributes['refreshInterval']).toEqual({ pause: true, value: 30_000 });
  });

  it('names what its panels, their contents and its filters refer to', () => {
    expect(board.object.references).toEqual([
      { name: 'panel_0', type: 'visualization', id: 'requests' },
      { name: 'panel_1', type: 'search', id: 'errors' },
      { name: 'panel_2', type: 'visualization', id: 'about' },
      { name: 'panel_3', type: 'visualization', id: 'requests' },
      { name: 'kibanaSavedObjectMeta.searchSourceJSON.filter[0].meta.index', type: 'index-pattern', id: 'web-*' },
    ]);
    const { searchSourceJSON } = board.object.attributes['kibanaSavedObjectMeta'] as { readonly searchSourceJSON: string };
    expect(JSON.parse(searchSourceJSON)).toMatchObject({
      query: { query: 'path:a*', language: 'lucene' },
      filter: [{ meta: { negate: true, disabled: false, alias: 'found', type: 'phrase', key: 'status', params: { query: 404 }, indexRefName: 'kibanaSavedObjectMeta.searchSourceJSON.filter[0].meta.index' }, query: { match_phrase: { status: 404 } }, $state: { store: 'appState' } }],
    });
  });

  it.each(Object.keys(TARGETS) as Target[])('and objects beside it are nothing that %s refuses or breaks on', (target) => {
    const query = savedQuery('late', 'Late', 'status >= 500', { filters: [phraseFilter(web, 'ok', true)], time: { from: 'now-1d', to: 'now' }, refresh: 5 });
    const short = shortUrl('b', `/app/dashboards${dashboardLink(board)}`);
    const config = settings('2.8.0', { defaultDataView: web, darkMode: true, timeDefaults: { from: 'now-1h', to: 'now' }, refreshDefault: 0, others: { 'metaFields': ['_id'] } });
    const { objects, problems } = readSavedObjects(toNdjson(bundle(board, query, short, config), { target }));
    expect(problems).toEqual([]);
    expect(objects.map(({ object }) => object.type)).toEqual(['config', 'index-pattern', 'query', 'search', 'url', 'visualization', 'visualization', 'dashboard']);
    expect(formatFindings(checkSavedObjects(objects, { target }))).toBe(formatFindings([]));
  });

  it('may hold a visualization, for the product that reads that; the others get a saved object of its own', () => {
    const holding = dashboard('board', 'Board', [row(about, panel(requests, { byValue: true }))]);
    const panels = JSON.parse(String(holding.object.attributes['panelsJSON'])) as readonly unknown[];
    expect(panels[1]).toMatchObject({ type: 'visualization', embeddableConfig: { savedVis: { title: 'Requests', type: 'line', data: { searchSource: { indexRefName: 'kibanaSavedObjectMeta.searchSourceJSON.index' } } } } });
    expect(holding.object.references.map(({ name }) => name)).toEqual(['panel_0', '2:kibanaSavedObjectMeta.searchSourceJSON.index', '2:kibanaSavedObjectMeta.searchSourceJSON.filter[0].meta.index']);
    const { objects } = readSavedObjects(toNdjson(bundle(holding), { target: 'kibana@7.12' }));
    const rules = (target: Target): readonly string[] => checkSavedObjects(objects, { target }).map(({ rule }) => rule);
    expect(rules('kibana@7.12')).toEqual([]);
    expect(rules('opensearch-dashboards@2')).toEqual(['version-too-new']);
    const converted = convertSavedObjects(objects.map(({ object }) => object), { to: 'opensearch-dashboards@2' }).objects;
    const made = converted.find(({ id }) => id === 'board-panel-2');
    expect(made?.references).toEqual(requests.object.references);
    expect(JSON.parse(String(made?.attributes['visState']))).toEqual(JSON.parse(String(requests.object.attributes['visState'])));
    expect(checkSavedObjects(converted, { target: 'opensearch-dashboards@2' })).toEqual([]);
  });

  it.each<[string, () => unknown, string]>([
    ['panels that overlap', () => dashboard('d', 'D', [row(about), panel(about, { at: { x: 0, y: 7 }, width: 10, height: 3 })]), 'SAVED_OBJECT_LAYOUT_INVALID'],
    ['a panel beyond the grid', () => dashboard('d', 'D', [panel(about, { at: { x: 40, y: 0 }, width: 10, height: 3 })]), 'SAVED_OBJECT_LAYOUT_INVALID'],
    ['a panel without a place', () => dashboard('d', 'D', [panel(about)]), 'SAVED_OBJECT_LAYOUT_INVALID'],
    ['a place inside a row', () => dashboard('d', 'D', [row(panel(about, { at: { x: 0, y: 0 } }))]), 'SAVED_OBJECT_LAYOUT_INVALID'],
    ['a search that is held', () => dashboard('d', 'D', [row(panel(errors, { byValue: true }))]), 'SAVED_OBJECT_SPEC_INVALID'],
    ['columns of a text', () => dashboard('d', 'D', [row(panel(about, { columns: ['path'] }))]), 'SAVED_OBJECT_SPEC_INVALID'],
    ['a time range that is not restored', () => dashboard('d', 'D', [row(about)], { restoreTime: false, timeFrom: 'now-1h' }), 'SAVED_OBJECT_SPEC_INVALID'],
    ['a refresh below 0', () => dashboard('d', 'D', [row(about)], { refresh: -1 }), 'SAVED_OBJECT_SPEC_INVALID'],
    ['settings of no version', () => settings('latest', {}), 'SAVED_OBJECT_SPEC_INVALID'],
    ['a short address of another site', () => shortUrl('a', 'https://example.com/'), 'SAVED_OBJECT_SPEC_INVALID'],
    ['a refresh of a link without a time', () => dashboardLink('d', { refresh: 1 }), 'SAVED_OBJECT_SPEC_INVALID'],
  ])('refuses %s', (_name, make, code) => {
    expect(make).toThrowError(expect.objectContaining({ code }));
  });

  it('leaves the time range to the viewer', () => {
    const options: DashboardOptions = { restoreTime: false };
    const { attributes } = dashboard('d', 'D', [row(about)], options).object;
    expect(attributes).toMatchObject({ timeRestore: false });
    expect(Object.keys(attributes)).not.toContain('timeFrom');
  });
});

describe('a link to a dashboard', () => {
  it('carries time, query and filters, and keeps placeholders', () => {
    const link = dashboardLink(board, { time: { from: 'now-1h', to: 'now' }, refresh: 10, query: 'status >= 500', filters: [phraseFilter(web, 'path', '{{value}}')], basePath: '/_dashboards/' });
    const [path, state = ''] = link.split('?');
    expect(path).toBe('/_dashboards/app/dashboards#/view/board');
    expect(link).toContain("'{{value}}'");
    expect(link).not.toMatch(/[() ]/u);
    const [global, page] = state.split('&').map(decodeURIComponent);
    expect(global).toBe('_g=(refreshInterval:(pause:!f,value:10000),time:(from:now-1h,to:now))');
    expect(page).toBe("_a=(filters:!(('$state':(store:appState),meta:(alias:!n,disabled:!f,index:'web-*',key:path,negate:!f,params:(query:'{{value}}'),type:phrase),query:(match_phrase:(path:'{{value}}')))),query:(language:kuery,query:'status >= 500'))");
  });

  it('stays in the page, and may carry nothing', () => {
    expect(dashboardLink('board')).toBe('#/view/board');
  });

  it.each<[Parameters<typeof rison>[0], string]>([
    [null, '!n'],
    [[true, false, 1.5, -2, 1e21], '!(!t,!f,1.5,-2,1e21)'],
    ['', "''"],
    ["it's!", "'it!'s!!'"],
    ['a-b.c', 'a-b.c'],
    ['-b', "'-b'"],
    ['0', "'0'"],
    [{ b: 1, a: { 'c d': [] } }, "(a:('c d':!()),b:1)"],
  ])('writes %j as %s', (value, text) => {
    expect(rison(value)).toBe(text);
  });
});
