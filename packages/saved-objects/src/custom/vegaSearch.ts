import type { JsonObject } from '../read/storedObject.ts';
import { specInvalid } from '../specInvalid.ts';

/** What {@link vegaSearch} asks for. */
export interface VegaSearchOptions {
  /** Aggregations by name. `{ '%timefilter%': 'min' }` in them becomes the beginning of the page's time range, `max` its end. */
  readonly aggs?: JsonObject;
  /** Documents. @default 0 */
  readonly size?: number;
  /** Further members of the search's body, such as `sort` and `_source`. */
  readonly body?: JsonObject;
  /** Only documents that match: a query in Lucene's language, or a clause of the query DSL. */
  readonly filter?: string | JsonObject;
  /** Leaves the page's time range and filters out. @default false */
  readonly regardless?: boolean;
}

/**
 * A search as the `url` of a Vega data set: of a data view's indices, within the page's time range, query and filters. The
 * answer is the data set's one row; `format: { property: 'aggregations.pods.buckets' }` makes rows of a part of it.
 * A pattern that no index has yet is answered without `aggregations`; `{ type: 'filter', expr: 'datum.aggregations' }` as the first
 * transform of the data set leaves such an answer out.
 *
 * No `%type%` is written: what is left out means the product's own, and its name is `opensearch` in one and `elasticsearch` in
 * the other. `%context%` goes with no query of one's own, so with a filter the clauses are named one by one. From OpenSearch
 * Dashboards src/plugins/vis_type_vega/public/data_model/opensearch_query_parser.ts, and Kibana's es_query_parser.ts. The
 * visualization's own `filter` is part of the page's query there (src/plugins/visualizations/public/legacy/build_pipeline.ts).
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID` for what is given twice.
 */
export function vegaSearch(view: { readonly pattern: string; readonly timeField: string | undefined }, options: VegaSearchOptions = {}): JsonObject {
  const { aggs, body, filter, regardless = false } = options;
  const twice = ([['aggs', aggs], ['size', options.size], ['query', filter]] as const).find(([name, given]) => given !== undefined && body?.[name] !== undefined);
  if (twice !== undefined) throw specInvalid(`A search of "${view.pattern}" has ${twice[0]} in its body, and ${twice[0] === 'query' ? 'a filter' : 'another'} beside it.`, 'Give it once.');
  const asked: JsonObject = { size: options.size ?? 0, ...(aggs === undefined ? {} : { aggs }), ...body };
  const own = typeof filter === 'string' ? { query_string: { query: filter } } : filter;
  if (regardless) return { index: view.pattern, body: own === undefined ? asked : { ...asked, query: own } };
  if (own === undefined) return { index: view.pattern, '%context%': true, ...(view.timeField === undefined ? {} : { '%timefield%': view.timeField }), body: asked };
  const query = {
    bool: {
      must: ['%dashboard_context-must_clause%', ...(view.timeField === undefined ? [] : [{ range: { [view.timeField]: { '%timefilter%': true } } }])],
      filter: ['%dashboard_context-filter_clause%', own],
      must_not: ['%dashboard_context-must_not_clause%'],
    },
  };
  return { index: view.pattern, body: { ...asked, query } };
}
