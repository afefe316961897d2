import type { GeoBoundingBoxQuery, GeoDistanceQuery, GeoPolygonQuery, GeoShapeQuery } from './queryDslGeo.ts';
import type { HasChildQuery, HasParentQuery, NestedQuery, ParentIdQuery, PercolateQuery, RankFeatureQuery, ScriptQuery } from './queryDslJoined.ts';
import type { ExistsQuery, FuzzyQuery, IdsQuery, MatchPhrasePrefixQuery, MatchPhraseQuery, MatchQuery, MultiMatchQuery, QueryStringQuery, RangeQuery, RegexpQuery, SimpleQueryStringQuery, TermQuery, TermsQuery, TermsSetQuery, TextPrefixQuery, WildcardQuery } from './queryDslLeaves.ts';
import type { FunctionScoreQuery, KnnQuery, MoreLikeThisQuery, ScriptScoreQuery } from './queryDslScored.ts';
import type { SpanQuery } from './queryDslSpans.ts';

/**
 * A query of OpenSearch 1–3 and Elasticsearch 7: an object with the name of one kind of query. What filters and the
 * requests of a Vega specification are made of.
 */
export interface QueryClause extends SpanQuery {
  readonly bool?: BoolQuery;
  readonly boosting?: BoostingQuery;
  readonly constant_score?: ConstantScoreQuery;
  readonly dis_max?: DisMaxQuery;
  readonly distance_feature?: DistanceFeatureQuery;
  readonly exists?: ExistsQuery;
  readonly function_score?: FunctionScoreQuery;
  readonly fuzzy?: FuzzyQuery;
  readonly geo_bounding_box?: GeoBoundingBoxQuery;
  readonly geo_distance?: GeoDistanceQuery;
  readonly geo_polygon?: GeoPolygonQuery;
  readonly geo_shape?: GeoShapeQuery;
  readonly has_child?: HasChildQuery;
  readonly has_parent?: HasParentQuery;
  readonly ids?: IdsQuery;
  readonly knn?: KnnQuery;
  readonly match?: MatchQuery;
  readonly match_all?: MatchAllQuery;
  readonly match_bool_prefix?: MatchQuery;
  readonly match_none?: MatchAllQuery;
  readonly match_phrase?: MatchPhraseQuery;
  readonly match_phrase_prefix?: MatchPhrasePrefixQuery;
  /** Of Elasticsearch 2. */
  readonly missing?: ExistsQuery;
  readonly more_like_this?: MoreLikeThisQuery;
  readonly multi_match?: MultiMatchQuery;
  readonly nested?: NestedQuery;
  readonly parent_id?: ParentIdQuery;
  readonly percolate?: PercolateQuery;
  readonly prefix?: TextPrefixQuery;
  readonly query_string?: QueryStringQuery;
  readonly range?: RangeQuery;
  readonly rank_feature?: RankFeatureQuery;
  readonly regexp?: RegexpQuery;
  readonly script?: ScriptQuery;
  readonly script_score?: ScriptScoreQuery;
  readonly simple_query_string?: SimpleQueryStringQuery;
  readonly term?: TermQuery;
  readonly terms?: TermsQuery;
  readonly terms_set?: TermsSetQuery;
  readonly wildcard?: WildcardQuery;
  readonly wrapper?: WrapperQuery;
}

/** What every query may have beside its own parameters. */
export interface QueryTuning {
  readonly boost?: number;
  readonly _name?: string;
}

/** Places where a Vega specification takes in what the dashboard asks for; `search_parser` of the Vega plugin replaces them. */
export type DashboardContextClause = '%dashboard_context-must_clause%' | '%dashboard_context-filter_clause%' | '%dashboard_context-must_not_clause%';

/** One clause of a `bool` query, or several. */
export type BoolClauses = QueryClause | DashboardContextClause | readonly (QueryClause | DashboardContextClause)[];

/** Clauses together. */
export interface BoolQuery extends QueryTuning {
  readonly must?: BoolClauses;
  readonly filter?: BoolClauses;
  readonly should?: BoolClauses;
  readonly must_not?: BoolClauses;
  readonly minimum_should_match?: number | string;
  readonly adjust_pure_negative?: boolean;
}

/** Every document, or none. */
export type MatchAllQuery = QueryTuning;

/** Demotes documents instead of leaving them out. */
export interface BoostingQuery extends QueryTuning {
  readonly positive: QueryClause;
  readonly negative: QueryClause;
  readonly negative_boost: number;
}

/** A filter with a fixed score. */
export interface ConstantScoreQuery extends QueryTuning {
  readonly filter: QueryClause;
}

/** The best of several queries. */
export interface DisMaxQuery extends QueryTuning {
  readonly queries: readonly QueryClause[];
  readonly tie_breaker?: number;
}

/** Scores what is near to a date or a place. */
export interface DistanceFeatureQuery extends QueryTuning {
  readonly field: string;
  readonly origin: string | readonly number[];
  readonly pivot: string;
}

/** A query as base64. */
export interface WrapperQuery {
  readonly query: string;
}
