import type { VegaView } from '@podscope/dashboard-renderer';
import { Error as ERRORS_ONLY, expressionFunction, parse, type Spec, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { clickedFilters, type ProductCall } from './vegaCalls.ts';

/** What a picture does on the page. */
export interface VegaHooks {
  /** A call of one of the products' functions. */
  onCall(call: ProductCall): void;
  /** The name and value pairs under the pointer; none when it is gone. */
  onTooltip(lines: readonly (readonly [name: string, value: string])[], at: { readonly x: number; readonly y: number }): void;
}

const hooksOf = new WeakMap<object, VegaHooks>();

// Vega knows functions by name for the whole page; each call finds the picture that it came from.
for (const product of ['opensearchDashboards', 'kibana']) {
  for (const name of ['AddFilter', 'RemoveFilter', 'RemoveAllFilters', 'SetTimeFilter']) {
    expressionFunction(`${product}${name}`, function call(this: { readonly context: { readonly dataflow: View } }, ...args: readonly unknown[]) {
      const view = this.context.dataflow;
      view.runAfter(() => hooksOf.get(view)?.onCall(clickedFilters(name, args)));
      return null;
    });
  }
}

/** Whatever a specification says, nothing is fetched: no data, no pictures, no pages behind a link. */
const refuse = (): Promise<never> => Promise.reject(new Error('A picture loads nothing.'));

/**
 * Draws into an element. Expressions are interpreted, so that the page's policy against made-up code holds.
 *
 * @throws Error for a specification that Vega can't read.
 */
export async function drawInto(element: HTMLElement, { language, spec }: VegaView, hooks: VegaHooks): Promise<View> {
  const whole = { autosize: { type: 'fit', contains: 'padding' }, ...spec } as Readonly<Record<string, unknown>>;
  const compiled = language === 'vega-lite' ? (await import('vega-lite')).compile({ width: 'container', height: 'container', ...whole } as never).spec : (whole as unknown as Spec);
  const view = new View(parse(compiled, undefined, { ast: true }), {
    renderer: 'canvas',
    container: element,
    hover: true,
    logLevel: ERRORS_ONLY,
    loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
    expr: expressionInterpreter,
    // At its end a picture calls it without an event.
    tooltip: (_handler: unknown, event: MouseEvent | null, _item: unknown, value: unknown) => hooks.onTooltip(event === null ? [] : linesOf(value), { x: event?.clientX ?? 0, y: event?.clientY ?? 0 }),
  } as ConstructorParameters<typeof View>[1]);
  hooksOf.set(view, hooks);
  await fit(view, element);
  return view;
}

/** Gives a picture the size of its element. */
export async function fit(view: View, element: HTMLElement): Promise<void> {
  await view.width(element.clientWidth).height(element.clientHeight).runAsync();
}

function linesOf(value: unknown): readonly (readonly [string, string])[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value !== 'object') return [['', String(value)]];
  return Object.entries(value).map(([name, each]) => [name === 'title' ? '' : name, String(each)]);
}
