import type { DataView } from '../dataView.ts';
import { isJsonObject, type Json, type JsonObject } from '../read/storedObject.ts';
import { specInvalid } from '../specInvalid.ts';
import { type Visualization, visualization } from './visualization.ts';

/** A specification of Vega or Vega-Lite, as JSON. */
export interface VegaSpec {
  /** Says which of the two it is, and of which version. */
  readonly $schema?: string;
  readonly [member: string]: Json | undefined;
}

/** Options of {@link vega} and {@link vegaLite}. */
export interface VegaOptions {
  readonly description?: string;
  /** The data views whose indices it asks, to come into the bundle with it. */
  readonly views?: readonly DataView[];
}

/** What every product of the targets reads: OpenSearch Dashboards 1 to 3, and Kibana from 7.10. */
const VEGA = 'https://vega.github.io/schema/vega/v5.json';
const VEGA_LITE = 'https://vega.github.io/schema/vega-lite/v4.json';

/** A drawing in Vega, by its specification. */
export function vega(id: string, title: string, spec: VegaSpec, options: VegaOptions = {}): Visualization {
  return drawn(id, title, VEGA, spec, options);
}

/** A drawing in Vega-Lite, by its specification. */
export function vegaLite(id: string, title: string, spec: VegaSpec, options: VegaOptions = {}): Visualization {
  return drawn(id, title, VEGA_LITE, spec, options);
}

function drawn(id: string, title: string, schema: string, spec: VegaSpec, { description, views = [] }: VegaOptions): Visualization {
  if (!isJsonObject(spec)) throw specInvalid(`The specification of "${id}" is no object.`, 'Pass it as an object, not as text.');
  const { $schema = schema, ...others } = spec;
  const wanted = schema === VEGA ? /\/vega\/v\d/u : /\/vega-lite\/v\d/u;
  if (!wanted.test($schema)) throw specInvalid(`The specification of "${id}" is of "${$schema}".`, schema === VEGA ? 'Use vegaLite() for Vega-Lite.' : 'Use vega() for Vega.');
  const params = { spec: JSON.stringify({ $schema, ...others }, null, 2) };
  return visualization({ id, title, kind: 'vega', aggs: [], options: description === undefined ? {} : { description }, params, uses: views });
}

/** What {@link vegaSearch} asks. */
export interface VegaSearchOptions {
  /** The body of the search. */
  readonly body: JsonObject;
  /** Where in the answer the rows are, such as `aggregations.time.buckets`. */
  readonly property?: string;
  /** Let the dashboard's query, filters and time range hold. @default true */
  readonly context?: boolean;
}

/**
 * The `data` of a specification that asks the server: with the dashboard's query, filters and time range
 * (`%context%` and `%timefield%` of src/plugins/vis_type_vega/public/data_model/opensearch_query_parser.ts).
 */
export function vegaSearch(view: DataView, { body, property, context = true }: VegaSearchOptions): JsonObject {
  const inContext = context ? { '%context%': true, ...(view.timeField === undefined ? {} : { '%timefield%': view.timeField }) } : {};
  return { url: { ...inContext, index: view.pattern, body }, ...(property === undefined ? {} : { format: { property } }) };
}
