import { PodscopeError } from '@podscope/core';
import type { Config, Loader, Spec } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { VegaResult } from '../answer/result.ts';
import type { SvgOptions } from '../svg/svgParts.ts';

/** Pixels around the drawing, as in the product. */
const PADDING = 5;

/** What specifications may call of the page around them: src/plugins/vis_type_vega/public/vega_view/vega_base_view.js. A picture has none. */
const PAGE_FUNCTIONS = ['AddFilter', 'RemoveFilter', 'RemoveAllFilters', 'SetTimeFilter'].flatMap((name) => [`opensearchDashboards${name}`, `kibana${name}`]);

/** Draws a specification with Vega, interpreted: no code is made out of it, and nothing is loaded. */
export async function vegaSvg({ spec, language }: VegaResult, { width, height }: SvgOptions): Promise<string> {
  const [vega, { expressionInterpreter }] = await Promise.all([import('vega'), import('vega-interpreter')]);
  for (const name of PAGE_FUNCTIONS) vega.expressionFunction(name, () => undefined);
  const sized = { ...spec, width: spec['width'] ?? width - 2 * PADDING, height: spec['height'] ?? height - 2 * PADDING, autosize: spec['autosize'] ?? { type: 'fit', contains: 'padding' }, padding: spec['padding'] ?? PADDING };
  try {
    const compiled = language === 'vega-lite' ? (await import('vega-lite')).compile(sized as unknown as TopLevelSpec, { logger: vega.logger(vega.None) }).spec : (sized as unknown as Spec);
    const view = new vega.View(vega.parse(compiled, {} as Config, { ast: true }), { renderer: 'none', expr: expressionInterpreter, loader: denying(vega.loader()), logLevel: vega.None } as ConstructorParameters<typeof vega.View>[1]);
    try {
      await view.runAsync();
      return await view.toSVG();
    } finally {
      view.finalize();
    }
  } catch (cause) {
    throw new PodscopeError('RENDERER_OBJECT_BROKEN', `Vega refuses the specification: ${cause instanceof Error ? cause.message : String(cause)}`, { hint: 'Open it in the editor of OpenSearch Dashboards, which names the place.', cause });
  }
}

/** Data come with the specification; whatever else it names stays away, and its links lead nowhere. */
function denying(loader: Loader): Loader {
  const refuse = async (uri: string): Promise<never> => {
    throw new Error(`"${uri}" is not loaded: only searches of OpenSearch are.`);
  };
  // Vega takes a refusal here for an answer, and fails later where nobody can catch it.
  const sanitize = async (): Promise<{ readonly href: string }> => ({ href: '#' });
  return { ...loader, load: refuse, sanitize, http: refuse, file: refuse };
}
