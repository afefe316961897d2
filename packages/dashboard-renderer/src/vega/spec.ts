import { PodscopeError } from '@podscope/core';
import { Hjson } from '../hjson.ts';
import { type SavedObject, visStateOf } from '../savedObjects.ts';

/** A specification of Vega or Vega-Lite. */
export type VegaSpec = Record<string, unknown>;

/**
 * The specification of a Vega visualization, read as the product reads it: JSON with comments and without quotes.
 *
 * @throws PodscopeError `RENDERER_OBJECT_BROKEN`
 */
export function vegaSpecOf(object: SavedObject): VegaSpec {
  const text = visStateOf(object).params['spec'];
  try {
    const spec: unknown = typeof text === 'string' ? Hjson.parse(text, { legacyRoot: false }) : text;
    if (typeof spec === 'object' && spec !== null && !Array.isArray(spec)) return spec as VegaSpec;
  } catch (cause) {
    throw broken(object, cause);
  }
  throw broken(object);
}

function broken(object: SavedObject, cause?: unknown): PodscopeError {
  return new PodscopeError('RENDERER_OBJECT_BROKEN', `The specification of visualization "${object.id}" is no HJSON object.`, { hint: 'Open it in the editor of OpenSearch Dashboards.', cause });
}

/** Whether the product draws it on a map, for which tiles come from the network. */
export function isOnMap(spec: VegaSpec): boolean {
  const config = (spec['config'] ?? {}) as Readonly<Record<string, unknown>>;
  const host = (config['kibana'] ?? config['opensearchDashboards'] ?? spec['_hostConfig'] ?? {}) as Readonly<Record<string, unknown>>;
  return host['type'] === 'map';
}
