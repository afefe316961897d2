import type { QueryClause } from '../query/queryDsl.ts';
import type { SearchOptions } from '../searchBody/searchBody.ts';

/**
 * Data that the dashboards products get: of a search (`%type%` absent, `elasticsearch` or `opensearch`), of a query in
 * PPL or PromQL, of the map service (`emsfile`), or of an address (`url`). See `opensearch_query_parser.ts`,
 * `ppl_parser.ts`, `promql_parser.ts`, `ems_file_parser.ts` and `url_parser.ts` in
 * `src/plugins/vis_type_vega/public/data_model`.
 */
export interface DataUrl {
  readonly '%type%'?: 'elasticsearch' | 'opensearch' | 'emsfile' | 'url' | 'ppl' | 'promql';
  /** Whether the query and the filters of the dashboard apply; a text of old specifications is taken as yes. */
  readonly '%context%'?: boolean | string;
  /** The field to which the dashboard's time range applies. */
  readonly '%timefield%'?: string;
  /** As `%context%`, before Kibana 6.2: the time field, or `true`. */
  readonly '%context_query%'?: boolean | string;

  readonly index?: string | readonly string[];
  readonly body?: DataUrlBody;
  readonly size?: number;
  readonly from?: number;
  readonly timeout?: string;
  readonly terminate_after?: number;
  readonly ignore_unavailable?: boolean;
  readonly allow_no_indices?: boolean;
  readonly filter_path?: string | readonly string[];
  readonly preference?: string;
  readonly routing?: string;
  readonly type?: string;
  readonly scroll?: string;
  readonly searchType?: string;
  readonly search_type?: string;
  readonly q?: string;
  readonly rest_total_hits_as_int?: boolean;
  readonly track_total_hits?: boolean | number;
  /** The title of the data source (OpenSearch Dashboards with several). */
  readonly data_source_name?: string;
  /** Of `promql`. */
  readonly '%datasource%'?: string;

  /** The file of the map service. */
  readonly name?: string;
  readonly property?: string;

  /** The address of `url`, and its query. */
  readonly url?: string;
  readonly query?: DataUrlQuery;
}

/** The body of the request: a search, or a query in PPL or PromQL. */
export interface DataUrlBody extends SearchOptions {
  readonly query?: QueryClause | string;
}

/** By name: the parameters of the query of an address. */
export interface DataUrlQuery {
  readonly [parameter: string]: string | number | boolean;
}
