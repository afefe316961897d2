import type { VegaSpec } from '../../packages/saved-objects/src/index.ts';
import type { visualizationCatalogue } from '../../apps/workshop/src/visualizations/catalogue.ts';
import { drawVega } from '../../apps/workshop/src/visualizations/drawVega.fixture.ts';

/** The pictures of a kind's page, by the name of their file; the same on every machine. */
export async function picturesOf(kind: (typeof visualizationCatalogue)[number]): Promise<Readonly<Record<string, string>>> {
  const look = { width: 760, height: 340, draw: (spec: VegaSpec) => drawVega(inUtc(spec)) };
  return {
    'preview.svg': onPage(await kind.preview({ ...look, theme: 'light' }), '#ffffff'),
    'preview-dark.svg': onPage(await kind.preview({ ...look, theme: 'dark' }), '#1d1e24'),
  };
}

/** With axes in UTC instead of the machine's time zone. */
function inUtc(spec: VegaSpec): VegaSpec {
  return JSON.parse(JSON.stringify(spec).replaceAll('"type":"time"', '"type":"utc"')) as VegaSpec;
}

/** Vega leaves the ground to the page; a picture brings its own, and a font that every machine has. */
function onPage(svg: string, color: string): string {
  return `${svg.replace(/^(<svg[^>]*>)/u, `$1<rect width="100%" height="100%" fill="${color}"/>`).replaceAll('font-family="sans-serif"', 'font-family="system-ui, sans-serif"')}\n`;
}
