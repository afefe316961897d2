import { PodscopeError } from '@podscope/core';
import type { parse } from 'hjson';
// @ts-expect-error The build for browsers has no types of its own; the package's entry asks for Node's `os`.
import bundle from 'hjson/bundle/hjson.js';
import { type SavedObject, visStateOf } from '../savedObjects.ts';

const hjson = bundle as { readonly parse: typeof parse };

/** A specification of Vega or Vega-Lite. */
export type VegaSpec = Record<string, unknown>;

/** What a specification says to the product rather than to Vega. */
export interface VegaHost {
  /** Drawn on a map, for which tiles come from the network. */
  readonly map: boolean;
  readonly lite: boolean;
}

/**
 * The specification of a Vega visualization, read as the product reads it: JSON with comments and without quotes.
 *
 * @throws PodscopeError `RENDERER_OBJECT_BROKEN`
 */
export function vegaSpecOf(object: SavedObject): VegaSpec {
  const text = visStateOf(object).params['spec'];
  try {
    const spec: unknown = typeof text === 'string' ? hjson.parse(text, { legacyRoot: false }) : text;
    if (typeof spec === 'object' && spec !== null && !Array.isArray(spec)) return spec as VegaSpec;
  } catch (cause) {
    throw broken(object, cause);
  }
  throw broken(object);
}

function broken(object: SavedObject, cause?: unknown): PodscopeError {
  return new PodscopeError('RENDERER_OBJECT_BROKEN', `The specification of visualization "${object.id}" is no HJSON object.`, { hint: 'Open it in the editor of OpenSearch Dashboards.', cause });
}

/** Which of the two languages it is in, and whether it wants a map. */
export function vegaHostOf(spec: VegaSpec): VegaHost {
  const config = (spec['config'] ?? {}) as Readonly<Record<string, unknown>>;
  const host = (config['kibana'] ?? config['opensearchDashboards'] ?? spec['_hostConfig'] ?? {}) as Readonly<Record<string, unknown>>;
  return { map: host['type'] === 'map', lite: /vega-lite/.test(String(spec['$schema'] ?? '')) };
}

/** A data source of a specification that is a search. */
export interface VegaSource {
  /** `data` of Vega by its name; those of Vega-Lite by their place. */
  readonly name: string;
  readonly holder: Record<string, unknown>;
  readonly url: Readonly<Record<string, unknown>>;
}

/** Every search in a specification, from the outside inwards. */
export function vegaSources(spec: VegaSpec): readonly VegaSource[] {
  const found: VegaSource[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(look);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const holder = value as Record<string, unknown>;
    const url = holder['url'];
    if (typeof url === 'object' && url !== null && !Array.isArray(url) && isSearch(url as Record<string, unknown>)) {
      found.push({ name: typeof holder['name'] === 'string' ? holder['name'] : String(found.length), holder, url: url as Record<string, unknown> });
      return;
    }
    Object.values(holder).forEach(look);
  };
  look(spec);
  return found;
}

/** The product's default for a `url` that is an object: `%type%` opensearch. */
function isSearch(url: Readonly<Record<string, unknown>>): boolean {
  return ['opensearch', 'elasticsearch', undefined].includes(url['%type%'] as string | undefined) && typeof url['index'] === 'string';
}
