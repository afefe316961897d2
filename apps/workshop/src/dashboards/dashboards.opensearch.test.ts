import { Client } from '@opensearch-project/opensearch';
import { mappingOf } from '@podscope/core';
import { isVega, layoutOf, type PanelResult, renderPanel, type RequestOptions, requestsFor, type SearchResponse } from '@podscope/dashboard-renderer';
import { renderToSvg } from '@podscope/dashboard-renderer/svg';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboardIds, workshopDataViews, workshopObjects } from './index.ts';
import { sampleDocuments } from './sampleDocuments.fixture.ts';

const now = Date.parse('2026-11-23T08:15:07.000Z');
const timeRange = { from: 'now-15m', to: 'now' };

describe('the workshop’s dashboards on a real server', () => {
  let server: StartedOpenSearch | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await startOpenSearch({ version: '2.19.6' });
    client = new Client({ node: server.url });
    const documents = sampleDocuments(now);
    for (const { pattern, fields } of Object.values(workshopDataViews)) {
      const index = pattern.replace('*', 'sample');
      await client.indices.create({ index, body: { mappings: mappingOf(fields) as object, settings: { number_of_replicas: 0 } } });
      const lines = documents[pattern as keyof typeof documents].flatMap((document) => [{ index: { _index: index } }, document]);
      const { body } = await client.bulk({ body: lines as Record<string, unknown>[], refresh: true });
      expect(body.errors).toBe(false);
    }
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  async function draw(dashboardId: string, options: Omit<RequestOptions, 'timeRange' | 'now'> = {}): Promise<ReadonlyMap<string, PanelResult>> {
    const requests = requestsFor(workshopObjects, dashboardId, { timeRange, now, ...options });
    const { body } = await client.msearch({ body: requests.flatMap(({ index, body }) => [{ index }, body]) });
    const results = new Map<string, PanelResult>();
    for (const { panelId, object } of layoutOf(workshopObjects, dashboardId).panels) {
      // Pictures of Vega have tests of their own, in ../visualizations.
      if (isVega(object)) continue;
      const response = body.responses[requests.findIndex((request) => request.panelId === panelId)] as SearchResponse | undefined;
      results.set(object.id, renderPanel(object, response, { theme: 'light', timeRange, now, objects: workshopObjects }));
    }
    return results;
  }

  it.each(dashboardIds)('%s: every panel shows something', async (id) => {
    for (const [panel, result] of await draw(id)) {
      expect.soft(result.kind, panel).not.toBe('empty');
      const svg = renderToSvg(result, { width: 640, height: 320 });
      expect.soft(svg, panel).toMatch(/^<svg[\s\S]*<\/svg>$/);
      expect.soft(svg, panel).not.toContain('<script');
      expect.soft(svg, panel).not.toContain('<img');
    }
  });

  it('counts what was indexed', async () => {
    const all = (await draw('guestbook-web')).get('web-totals');
    const counts = Object.fromEntries(all?.kind === 'metric' ? all.values.map(({ label, value }) => [label, value]) : []);
    const codes = sampleDocuments(now)['apache-*'].map(({ http }) => Math.floor((http?.response?.status_code ?? 0) / 100));
    expect(counts).toEqual({
      '2xx - Count': codes.filter((code) => code === 2).length,
      '3xx - Count': codes.filter((code) => code === 3).length,
      '4xx - Count': codes.filter((code) => code === 4).length,
      '5xx - Count': codes.filter((code) => code === 5).length,
    });
  });

  it('narrows to what was clicked', async () => {
    const table = (await draw('guestbook-web')).get('web-not-found-by-url');
    if (table?.kind !== 'table') throw new Error('no table');
    const cell = table.rows[0]?.[0];
    const narrowed = (await draw('guestbook-web', { filters: cell?.filters ?? [] })).get('web-not-found-by-url');
    expect(table.rows.length).toBe(3);
    expect(narrowed?.kind === 'table' ? narrowed.rows : []).toEqual([table.rows[0]]);
  });

  it('narrows to a bar’s status and time', async () => {
    const bars = (await draw('guestbook-web')).get('web-requests-by-status');
    if (bars?.kind !== 'chart') throw new Error('no chart');
    const filters = bars.filterFor(0, 5);
    const numbers = (await draw('guestbook-web', { filters })).get('web-totals');
    const values = numbers?.kind === 'metric' ? numbers.values.map(({ value }) => value ?? 0) : [];
    const series = (bars.option.series as readonly { readonly data: readonly (readonly [number, number])[] }[])[0];
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(series?.data[5]?.[1]);
    expect(values.filter((value) => value > 0)).toHaveLength(1);
  });

  it('says what the server said when a search fails', async () => {
    const { body } = await client.msearch({ body: [{ index: 'apache-*' }, { size: 0, aggs: { 1: { terms: { field: 'message' } } } } as Record<string, unknown>] });
    const object = workshopObjects.find(({ id }) => id === 'web-totals');
    if (!object) throw new Error('no object');
    const draws = (): PanelResult => renderPanel(object, body.responses[0] as SearchResponse, { theme: 'light', timeRange, now });
    expect(draws).toThrowError(expect.objectContaining({ code: 'RENDERER_SEARCH_FAILED', message: expect.stringContaining('message') }));
  });
});
