import type { Scalar } from './dataValue.ts';
import type { BoolQuery, ConstantScoreQuery, DisMaxQuery, QueryClause } from './query/queryDsl.ts';
import type { GeoBoundingBoxQuery, GeoBox, GeoDistanceQuery, GeoPlace, GeoPolygonQuery, GeoShapeQuery } from './query/queryDslGeo.ts';
import type { HasChildQuery, HasParentQuery, NestedQuery, ScriptQuery } from './query/queryDslJoined.ts';
import type { ExistsQuery, FuzzyQuery, IdsQuery, MatchQuery, MultiMatchQuery, QueryStringQuery, RangeBounds, RangeQuery, RegexpQuery, SimpleQueryStringQuery, TermQuery, TermsQuery, TermsSetQuery, TextPrefixQuery, WildcardQuery } from './query/queryDslLeaves.ts';
import type { FunctionScoreQuery, MoreLikeThisQuery } from './query/queryDslScored.ts';

/**
 * A filter of the filter bar (`src/plugins/data/common/opensearch_query/filters`). The query is in `query`, or, in
 * filters of older versions and of some types (range, exists, script, geo), beside `meta`.
 */
export interface StoredFilter extends QueryClause {
  readonly meta?: FilterMeta;
  readonly $state?: FilterState;
  readonly query?: QueryClause;
}

/** Whether a filter stays when the page changes. */
export interface FilterState {
  readonly store?: 'appState' | 'globalState';
}

/** The type of a filter. */
export type FilterType =
  | 'phrase'
  | 'phrases'
  | 'range'
  | 'range_from_value'
  | 'exists'
  | 'missing'
  | 'match_all'
  | 'custom'
  | 'query_string'
  | 'combined'
  | 'script'
  | 'geo_bounding_box'
  | 'geo_polygon'
  | 'spatial_filter'
  | 'unknown';

/** What the filter bar keeps of a filter. */
export interface FilterMeta {
  readonly type?: FilterType;
  readonly key?: string | null;
  /** A text for the filter bar, or the query that was written by hand. */
  readonly value?: FilterValue;
  readonly params?: FilterParams;
  readonly negate?: boolean;
  readonly disabled?: boolean;
  readonly alias?: string | null;
  readonly index?: string;
  readonly indexRefName?: string;
  readonly field?: string;
  readonly controlledBy?: string;
  readonly formattedValue?: string;
  readonly apply?: boolean;
  readonly removable?: boolean;
  readonly unremovable?: boolean;
  readonly view?: string;
  readonly group?: string;
  readonly isMultiIndex?: boolean;
  /** How the filters of a combined one join. */
  readonly relation?: 'AND' | 'OR';
}

/**
 * The value of a filter: text, or what the text is: a range, or (of a filter that was written by hand) what stands under
 * the filter's `key` (`src/plugins/data/public/query/filter_manager/lib/mappers/map_default.ts`).
 */
export type FilterValue = Scalar | readonly Scalar[] | RangeFilterParams | QueryClause | QueryBody;

/** What stands under the name of a query. */
export type QueryBody =
  | BoolQuery
  | ConstantScoreQuery
  | DisMaxQuery
  | ExistsQuery
  | FunctionScoreQuery
  | GeoBoundingBoxQuery
  | GeoDistanceQuery
  | GeoPolygonQuery
  | GeoShapeQuery
  | HasChildQuery
  | HasParentQuery
  | IdsQuery
  | MatchQuery
  | MoreLikeThisQuery
  | MultiMatchQuery
  | NestedQuery
  | QueryStringQuery
  | RangeQuery
  | RegexpQuery
  | ScriptQuery
  | SimpleQueryStringQuery
  | TermsQuery
  | TermsSetQuery
  | FuzzyQuery
  | TermQuery
  | TextPrefixQuery
  | WildcardQuery;

/** The parameters of a filter, by its type. */
export type FilterParams = Scalar | PhraseFilterParams | PhrasesFilterParams | RangeFilterParams | GeoBoundingBoxFilterParams | GeoPolygonFilterParams | QueryClause | readonly StoredFilter[];

/** Of `phrase`. */
export interface PhraseFilterParams {
  /** The value; `value` in filters over scripted fields. */
  readonly query?: Scalar | QueryClause;
  readonly value?: Scalar;
  readonly type?: 'phrase';
}

/** Of `phrases`. */
export type PhrasesFilterParams = readonly Scalar[];

/** Of `range`. */
export type RangeFilterParams = RangeBounds;

/** Of `geo_bounding_box`. */
export type GeoBoundingBoxFilterParams = GeoBox;

/** Of `geo_polygon`. */
export interface GeoPolygonFilterParams {
  readonly points: readonly GeoPlace[];
}
