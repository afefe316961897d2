import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as vega from 'vega';
import { compile } from 'vega-lite';
import { compile as compile4 } from 'vega-lite-4';
import { visualizationCatalogue } from '../../apps/workshop/src/visualizations/catalogue.ts';
import { defineVisualization, type VegaSpec, vegaSearch } from '../../packages/saved-objects/src/index.ts';

// The bundle: its parts are of one age, as in a product; those that a package manager finds today are not.
const vega5 = createRequire(import.meta.url)('vega-5/build/vega.js') as typeof vega;

/**
 * What products bring: OpenSearch Dashboards 3.6 has Vega and Vega-Lite 6 (its package.json), 2.5 still had Vega 5.22 and Vega-Lite 4
 * (its pull requests 3549 and 3151). 5.17 came out in 2020, beside Kibana 7.10.
 */
const VERSIONS: readonly (readonly [string, Pick<typeof vega, 'parse' | 'View' | 'expressionFunction'>])[] = [
  ['Vega 6', vega],
  ['Vega 5.17', vega5],
];
for (const [, { expressionFunction }] of VERSIONS) for (const name of ['AddFilter', 'SetTimeFilter']) expressionFunction(`opensearchDashboards${name}`, () => null);

function drawWith({ parse, View }: Pick<typeof vega, 'parse' | 'View'>): (spec: VegaSpec) => Promise<string> {
  return async (spec) => (await new View(parse(spec as unknown as vega.Spec), { renderer: 'none' }).runAsync()).toSVG();
}

describe.each(VERSIONS)('%s', (_name, library) => {
  it.each(visualizationCatalogue.map((kind) => [kind.id, kind] as const))('draws %s as the newest does', async (_id, kind) => {
    const marks = (svg: string) => ({ paths: svg.match(/<path/gu)?.length, texts: [...svg.matchAll(/<text[^>]*>([^<]*)</gu)].map(([, text]) => text) });
    const drawn = marks(await kind.preview({ draw: drawWith(library) }));
    expect(drawn.paths).toBeGreaterThan(3);
    expect(drawn).toEqual(marks(await kind.preview({ draw: drawWith(vega) })));
  });
});

describe('Vega-Lite', () => {
  const bars = defineVisualization({
    id: 'bars',
    fields: { name: 'keyword' },
    toVega: ({ view, fields: { name } }) => ({
      $schema: 'https://vega.github.io/schema/vega-lite/v4.json',
      data: { name: 'names', url: vegaSearch(view, { aggs: { names: { terms: { field: name } } } }), format: { property: 'aggregations.names.buckets' } },
      mark: 'bar',
      encoding: { y: { field: 'key', type: 'nominal' }, x: { field: 'doc_count', type: 'quantitative' } },
    }),
    sample: () => ({ names: { aggregations: { names: { buckets: [{ key: 'a', doc_count: 3 }, { key: 'b', doc_count: 5 }] } } } }),
  });

  it.each([
    ['6', compile as (spec: never) => { readonly spec: unknown }, vega],
    ['4.17', compile4 as unknown as (spec: never) => { readonly spec: unknown }, vega5],
  ])('%s compiles a kind, and Vega draws it', async (_version, compiled, library) => {
    const svg = await bars.preview({ draw: async (spec) => drawWith(library)(compiled(spec as never).spec as VegaSpec) });
    expect(svg.match(/#54B399/gu)).toHaveLength(2);
  });
});
