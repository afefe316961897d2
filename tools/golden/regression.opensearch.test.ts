import { Client } from '@opensearch-project/opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOpenSearch, type StartedOpenSearch } from '../../packages/embedded-opensearch/src/index.ts';
import { askPanel, type PanelSearch, renderPanel, type SearchResponse } from '../../packages/dashboard-renderer/src/index.ts';
import { CASES } from './regression/cases.ts';
import { PATTERN, TIME_RANGE, TIME_ZONE } from './regression/pattern.ts';

let server: StartedOpenSearch;
let client: Client;

const PROPERTIES = {
  '@timestamp': { type: 'date' },
  client: { properties: { ip: { type: 'ip' } } },
  geo: { properties: { country: { type: 'keyword' }, place: { type: 'geo_point' } } },
  item: { type: 'keyword' },
  items: { type: 'nested', properties: { name: { type: 'keyword' } } },
  message: { type: 'text' },
  paid: { type: 'boolean' },
  price: { type: 'float' },
  pieces: { type: 'integer' },
  response: { type: 'short' },
  size: { type: 'long' },
} as const;

beforeAll(async () => {
  server = await startOpenSearch();
  client = new Client({ node: server.url });
  await client.indices.create({ index: 'shop-1', body: { mappings: { properties: PROPERTIES } } });
  const from = Date.parse(TIME_RANGE.from);
  const body = Array.from({ length: 300 }, (_unused, at) => [
    { index: { _index: 'shop-1' } },
    {
      '@timestamp': new Date(from + at * 30 * 60_000).toISOString(),
      client: { ip: `10.0.0.${at % 250}` },
      geo: { country: ['CN', 'DE', 'US', 'BR', 'IN'][at % 5], place: { lat: (at % 18) * 5 - 40, lon: (at % 36) * 10 - 175 } },
      item: ['book', 'ball', 'cup'][at % 3],
      items: [{ name: at % 2 === 0 ? 'bag' : 'hat' }],
      paid: at % 4 !== 0,
      price: 10 + (at % 50),
      pieces: at % 6,
      response: [200, 200, 200, 404, 500][at % 5],
      size: (at * 37) % 12_000,
    },
  ]).flat();
  await client.bulk({ body, refresh: true });
});

afterAll(async () => {
  await client.close();
  await server.stop();
});

describe('OpenSearch takes what is asked for', () => {
  // TSVB and Timelion ask a server of OpenSearch Dashboards.
  const asking = CASES.filter(({ object }) => !/"type":"(?:metrics|timelion)"/.test(String(object.attributes['visState'])));

  it.each(asking.map((each) => [each.name, each.object] as const))('%s', async (_name, object) => {
    const objects = [PATTERN, object];
    const options = { timeRange: TIME_RANGE, timeZone: TIME_ZONE, now: Date.parse(TIME_RANGE.to) };
    const send = async ({ index, body }: PanelSearch): Promise<SearchResponse> => (await client.search({ index, body: body as Record<string, unknown> })).body as SearchResponse;
    const answers = await askPanel(object, objects, options, send);
    const result = renderPanel(object, answers.get('main'), { theme: 'light', objects, answers, ...options });
    // Nothing is unusual in documents that are all alike, and of the map's default part there is nothing.
    if (!/significant_terms|geohash_grid/.test(String(object.attributes['visState']))) expect(result.kind).not.toBe('empty');
  });
});
