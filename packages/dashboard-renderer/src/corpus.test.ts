import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPanel, requestFor, type SavedObject, type SearchResponse } from './index.ts';
import { renderToSvg } from './svg.ts';

const root = join(process.env['PODSCOPE_CORPUS'] ?? '/nowhere', 'golden/osd-2.8.0');

interface Recorded {
  readonly from: string;
  readonly to: string;
  readonly requests: readonly {
    readonly path: string;
    readonly request: { readonly params: { readonly index: string; readonly body: Record<string, unknown> } };
    readonly response: { readonly rawResponse: SearchResponse };
  }[];
}

function read(...path: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8'));
}

/** The kinds that are drawn here; the product's other kinds are not part of this library yet. */
const DRAWN = ['line', 'area', 'histogram', 'horizontal_bar', 'pie', 'gauge', 'goal', 'metric', 'table', 'markdown'];

const here = existsSync(root);

describe.runIf(here)(here ? 'what OpenSearch Dashboards 2.8.0 asked' : 'what OpenSearch Dashboards 2.8.0 asked (not run: PODSCOPE_CORPUS names no folder with golden)', () => {
  const patterns = here ? (read('index-patterns.json') as SavedObject[]) : [];
  const names = here ? readdirSync(join(root, 'visualization')).sort() : [];
  let same = 0;
  let unsupported = 0;

  it.each(names)('%s', (name) => {
    const object = read('visualization', name, 'saved-object.json') as SavedObject;
    const recorded = read('visualization', name, 'requests.json') as Recorded;
    const kind = (JSON.parse(String(object.attributes['visState'])) as { type: string }).type;
    const objects = [...patterns, object];
    const timeRange = { from: recorded.from, to: recorded.to };
    if (!DRAWN.includes(kind) || name === 'own-sibling') {
      unsupported += 1;
      const draw = (): unknown => [requestFor(object, objects, { timeRange }), renderPanel(object, {}, { theme: 'light', timeRange, objects })];
      expect(draw).toThrowError(expect.objectContaining({ code: 'RENDERER_UNSUPPORTED' }));
      return;
    }
    const request = requestFor(object, objects, { timeRange, timeZone: 'Africa/Abidjan' });
    if (kind === 'markdown') {
      expect(request).toBeUndefined();
      expect(renderPanel(object, undefined, { theme: 'light', timeRange }).kind).toBe('markdown');
      return;
    }
    // A numeric histogram first asks for its bounds, and an "other" bucket asks a second time.
    const main = recorded.requests.find(({ request: { params } }) => !('minAgg' in (params.body['aggs'] as object)));
    const { track_total_hits, ...body } = request?.body ?? {};
    expect(track_total_hits).toBe(true);
    expect({ index: request?.index, body }).toEqual({ index: main?.request.params.index, body: main?.request.params.body });
    const result = renderPanel(object, main?.response.rawResponse, { theme: 'light', timeRange, objects });
    expect(result.kind).not.toBe('empty');
    expect(renderToSvg(result, { width: 800, height: 400 })).toMatch(/^<svg[\s\S]*<\/svg>$/);
    if (name === 'own-filters') expect(result.kind === 'metric' ? result.values.map(({ label, formatted }) => `${label} ${formatted}`) : []).toEqual(['ok 1,492', 'errors 127']);
    same += 1;
  });

  it.each([['ecommerce-revenue-dashboard', 5], ['logs-web-traffic', 3]])('%s: its panels ask the same as on the product’s page', (name, drawn) => {
    const dashboard = read('dashboard', name, 'saved-object.json') as SavedObject;
    const recorded = read('dashboard', name, 'requests.json') as Pick<Recorded, 'from' | 'to'> & { readonly requests: readonly { readonly request?: { readonly params?: { readonly body?: unknown } } }[] };
    const placed = new Set(dashboard.references.map(({ id }) => id));
    const objects = [...patterns, ...names.map((each) => read('visualization', each, 'saved-object.json') as SavedObject)];
    const panels = objects.filter(({ id, attributes }) => placed.has(id) && DRAWN.includes((JSON.parse(String(attributes['visState'] ?? '{}')) as { type?: string }).type ?? ''));
    const timeRange = { from: recorded.from, to: recorded.to };
    const asked = panels.flatMap((object) => requestFor(object, objects, { timeRange, timeZone: 'Africa/Abidjan', dashboardQuery: { query: '', language: 'kuery' } }) ?? []);
    const sent = recorded.requests.flatMap(({ request }) => request?.params?.body ?? []);
    for (const { body } of asked) expect(sent).toContainEqual(Object.fromEntries(Object.entries(body).filter(([part]) => part !== 'track_total_hits')));
    expect(asked).toHaveLength(drawn);
  });

  it('counts them', () => {
    expect({ same, unsupported, all: names.length }).toEqual({ same: 16, unsupported: 13, all: 31 });
  });
});
