import type { VegaSpec } from '@podscope/saved-objects';
import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';

/** The products' own functions, which Vega must know before it reads a specification that calls them. */
for (const name of ['AddFilter', 'RemoveFilter', 'RemoveAllFilters', 'SetTimeFilter']) vega.expressionFunction(`opensearchDashboards${name}`, () => null);

/** A view without a page, run to its end; like the products it interprets expressions, loads nothing, and fails on warnings. */
export async function vegaView(spec: VegaSpec): Promise<vega.View> {
  const refuse = () => Promise.reject(new Error('Nothing is loaded.'));
  const logger = vega.logger(vega.Warn);
  const fail = (...what: readonly unknown[]): typeof logger => {
    const text = what.map(String).join(' ');
    // Of an axis without data, and of too few points for a line: what is drawn then is right.
    if (/^(?:Infinite extent|Skipping regression)/u.test(text)) return logger;
    throw new Error(`Vega warns: ${text}`);
  };
  logger.warn = fail;
  logger.error = fail;
  const view = new vega.View(vega.parse(spec as unknown as vega.Spec, undefined, { ast: true }), {
    renderer: 'none',
    loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
    logger,
    expr: expressionInterpreter,
  } as vega.ViewOptions);
  return view.runAsync();
}

/** Draws a specification as a text of SVG. */
export async function drawVega(spec: VegaSpec): Promise<string> {
  const view = await vegaView(spec);
  // Vega numbers its clips through the whole process; a picture would depend on those before it.
  (vega as unknown as { resetSVGDefIds(): void }).resetSVGDefIds();
  return view.toSVG();
}
