import type { DataValue, Scalar } from '../dataValue.ts';
import type { QueryClause } from '../query/queryDsl.ts';
import type { GeoPlace } from '../query/queryDslGeo.ts';
import type { QueryScript } from '../query/queryDslJoined.ts';
import type { AggregationsByName } from './searchAggregations.ts';

/** The body of a search request. */
export interface SearchBody extends SearchOptions {
  readonly query?: QueryClause;
}

/** What a search request has beside its query. */
export interface SearchOptions {
  readonly post_filter?: QueryClause;
  readonly aggs?: AggregationsByName;
  readonly aggregations?: AggregationsByName;
  readonly size?: number;
  readonly from?: number;
  readonly sort?: SearchSort;
  readonly search_after?: readonly Scalar[];
  readonly _source?: SourceFilter;
  readonly fields?: readonly (string | SearchField)[];
  readonly docvalue_fields?: readonly (string | SearchField)[];
  readonly stored_fields?: string | readonly string[];
  readonly script_fields?: ScriptFields;
  readonly runtime_mappings?: RuntimeMappings;
  readonly highlight?: HighlightRequest;
  readonly collapse?: SearchCollapse;
  readonly track_total_hits?: boolean | number;
  readonly track_scores?: boolean;
  readonly timeout?: string;
  readonly terminate_after?: number;
  readonly min_score?: number;
  readonly version?: boolean;
  readonly explain?: boolean;
  readonly profile?: boolean;
  readonly seq_no_primary_term?: boolean;
  readonly indices_boost?: readonly IndexBoost[];
}

/** By name: how much the hits of an index count. */
export interface IndexBoost {
  readonly [index: string]: number;
}

/** Which parts of the source come with a hit. */
export type SourceFilter = boolean | string | readonly string[] | SourceParts;

/** Parts of the source. */
export interface SourceParts {
  readonly includes?: string | readonly string[];
  readonly excludes?: string | readonly string[];
  readonly include?: string | readonly string[];
  readonly exclude?: string | readonly string[];
}

/** A field to fetch, with the form of its values. */
export interface SearchField {
  readonly field: string;
  readonly format?: string;
  readonly include_unmapped?: boolean;
}

/** By name: fields that scripts give. */
export interface ScriptFields {
  readonly [field: string]: ScriptField;
}

/** A field that a script gives. */
export interface ScriptField {
  readonly script: QueryScript;
  readonly ignore_failure?: boolean;
}

/** By name: fields of the request's own (Elasticsearch 7.11+, `derived` fields of OpenSearch). */
export interface RuntimeMappings {
  readonly [field: string]: RuntimeField;
}

/** A field of the request's own. */
export interface RuntimeField {
  readonly type: string;
  readonly script?: QueryScript;
  readonly format?: string;
}

/** The order of hits. */
export type SearchSort = SearchSortEntry | readonly SearchSortEntry[];

/** One criterion of the order. */
export type SearchSortEntry = string | SortByField;

/** By name: the direction of a field, or of `_script` and `_geo_distance`. */
export interface SortByField {
  readonly _geo_distance?: GeoDistanceSort;
  readonly [field: string]: SortDirection | SortOptions | GeoDistanceSort | undefined;
}

/** The direction of an order. */
export type SortDirection = 'asc' | 'desc';

/** How a field orders the hits. */
export interface SortOptions {
  readonly order?: SortDirection;
  readonly mode?: 'min' | 'max' | 'sum' | 'avg' | 'median';
  readonly missing?: Scalar;
  readonly unmapped_type?: string;
  readonly numeric_type?: 'double' | 'long' | 'date' | 'date_nanos';
  readonly format?: string;
  readonly nested?: SortNested;
  /** Of `_script`. */
  readonly type?: 'number' | 'string';
  readonly script?: QueryScript;
}

/** Which nested documents order the hits. */
export interface SortNested {
  readonly path: string;
  readonly filter?: QueryClause;
  readonly max_children?: number;
  readonly nested?: SortNested;
}

/** By name: the place from which distances order the hits; options stand beside it. */
export interface GeoDistanceSort {
  readonly order?: SortDirection;
  readonly unit?: string;
  readonly mode?: 'min' | 'max' | 'avg' | 'median';
  readonly distance_type?: 'arc' | 'plane';
  readonly ignore_unmapped?: boolean;
  readonly [field: string]: GeoPlace | readonly GeoPlace[] | boolean | undefined;
}

/** What is marked in the hits. */
export interface HighlightRequest extends HighlightOptions {
  readonly fields?: HighlightFields;
  readonly encoder?: 'default' | 'html';
  readonly tags_schema?: 'styled';
}

/** By name: the fields in which hits are marked. */
export interface HighlightFields {
  readonly [field: string]: HighlightOptions;
}

/** How hits are marked. */
export interface HighlightOptions {
  readonly pre_tags?: readonly string[];
  readonly post_tags?: readonly string[];
  readonly require_field_match?: boolean;
  readonly fragment_size?: number;
  readonly number_of_fragments?: number;
  readonly fragmenter?: 'simple' | 'span';
  readonly no_match_size?: number;
  readonly order?: 'score' | 'none';
  readonly type?: 'unified' | 'plain' | 'fvh';
  readonly highlight_query?: QueryClause;
  readonly matched_fields?: readonly string[];
  readonly boundary_chars?: string;
  readonly boundary_max_scan?: number;
  readonly boundary_scanner?: 'chars' | 'sentence' | 'word';
  readonly boundary_scanner_locale?: string;
  readonly phrase_limit?: number;
  readonly force_source?: boolean;
}

/** One hit for each value of a field. */
export interface SearchCollapse {
  readonly field: string;
  readonly max_concurrent_group_searches?: number;
}

/** By name: notes on an aggregation that come back with its result. */
export interface AggregationMeta {
  readonly [name: string]: DataValue;
}
