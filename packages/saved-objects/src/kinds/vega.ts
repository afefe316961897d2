import type { DataView } from '../dataView.ts';
import { isJsonObject, type JsonObject } from '../read/storedObject.ts';
import { specInvalid } from '../specInvalid.ts';
import { type Visualization, visualization } from './visualization.ts';

/** Options of {@link vega} and {@link vegaLite}. */
export interface VegaOptions {
  readonly description?: string;
  /** The data views whose indices it asks, to come into the bundle with it. */
  readonly views?: readonly DataView[];
}

/** What every product of the targets reads: OpenSearch Dashboards 1 to 3, and Kibana from 7.10. */
const VEGA = 'https://vega.github.io/schema/vega/v5.json';
const VEGA_LITE = 'https://vega.github.io/schema/vega-lite/v4.json';

/** A drawing in Vega, by its specification as an object. Without `$schema` it is Vega 5. */
export function vega(id: string, title: string, spec: JsonObject, options: VegaOptions = {}): Visualization {
  return drawn(id, title, VEGA, spec, options);
}

/** A drawing in Vega-Lite, by its specification as an object. Without `$schema` it is Vega-Lite 4. */
export function vegaLite(id: string, title: string, spec: JsonObject, options: VegaOptions = {}): Visualization {
  return drawn(id, title, VEGA_LITE, spec, options);
}

function drawn(id: string, title: string, schema: string, spec: JsonObject, { description, views = [] }: VegaOptions): Visualization {
  if (!isJsonObject(spec)) throw specInvalid(`The specification of "${id}" is no object.`, 'Pass it as an object, not as text.');
  const { $schema = schema, ...others } = spec;
  const wanted = schema === VEGA ? /\/vega\/v\d/u : /\/vega-lite\/v\d/u;
  if (typeof $schema !== 'string' || !wanted.test($schema)) throw specInvalid(`The specification of "${id}" is of ${JSON.stringify($schema)}.`, schema === VEGA ? 'Use vegaLite() for Vega-Lite.' : 'Use vega() for Vega.');
  const params = { spec: JSON.stringify({ $schema, ...others }, null, 2) };
  return visualization({ id, title, kind: 'vega', aggs: [], options: description === undefined ? {} : { description }, params, uses: views });
}
