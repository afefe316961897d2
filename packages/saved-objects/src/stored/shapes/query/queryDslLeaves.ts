import type { QueryTuning } from './queryDsl.ts';
import type { QueryScript } from './queryDslJoined.ts';
import type { Scalar } from '../dataValue.ts';

/** How terms of a multi-term query are rewritten. */
export interface RewriteOptions extends QueryTuning {
  readonly rewrite?: string;
  readonly case_insensitive?: boolean;
}

/** Options of full text queries. */
export interface MatchOptions extends QueryTuning {
  readonly query: Scalar;
  /** `phrase` is of Kibana 5 and earlier. */
  readonly type?: 'boolean' | 'phrase' | 'phrase_prefix';
  readonly operator?: 'and' | 'or' | 'AND' | 'OR';
  readonly minimum_should_match?: number | string;
  readonly analyzer?: string;
  readonly fuzziness?: number | string;
  readonly fuzzy_transpositions?: boolean;
  readonly fuzzy_rewrite?: string;
  readonly prefix_length?: number;
  readonly max_expansions?: number;
  readonly slop?: number;
  readonly lenient?: boolean;
  readonly zero_terms_query?: 'none' | 'all' | 'NONE' | 'ALL';
  readonly cutoff_frequency?: number;
  readonly auto_generate_synonyms_phrase_query?: boolean;
}

/** By name: what each field has to match. */
export interface MatchQuery {
  readonly [field: string]: Scalar | MatchOptions;
}

/** By name: the phrase in each field. */
export interface MatchPhraseQuery {
  readonly [field: string]: Scalar | MatchOptions;
}

/** By name: the beginning of the phrase in each field. */
export interface MatchPhrasePrefixQuery {
  readonly [field: string]: Scalar | MatchOptions;
}

/** One text in several fields. */
export interface MultiMatchQuery extends QueryTuning {
  readonly query: Scalar;
  readonly fields?: readonly string[] | string;
  readonly type?: 'best_fields' | 'most_fields' | 'cross_fields' | 'phrase' | 'phrase_prefix' | 'bool_prefix';
  readonly operator?: 'and' | 'or' | 'AND' | 'OR';
  readonly minimum_should_match?: number | string;
  readonly analyzer?: string;
  readonly tie_breaker?: number;
  readonly fuzziness?: number | string;
  readonly fuzzy_transpositions?: boolean;
  readonly fuzzy_rewrite?: string;
  readonly prefix_length?: number;
  readonly max_expansions?: number;
  readonly slop?: number;
  readonly lenient?: boolean;
  readonly zero_terms_query?: 'none' | 'all' | 'NONE' | 'ALL';
  readonly cutoff_frequency?: number;
  readonly auto_generate_synonyms_phrase_query?: boolean;
}

/** A query in Lucene's syntax. */
export interface QueryStringQuery extends QueryTuning {
  readonly query: string | number;
  readonly default_field?: string;
  readonly fields?: readonly string[];
  readonly type?: 'best_fields' | 'most_fields' | 'cross_fields' | 'phrase' | 'phrase_prefix' | 'bool_prefix';
  readonly default_operator?: 'and' | 'or' | 'AND' | 'OR';
  readonly analyzer?: string;
  readonly quote_analyzer?: string;
  readonly quote_field_suffix?: string;
  readonly allow_leading_wildcard?: boolean;
  readonly analyze_wildcard?: boolean;
  readonly all_fields?: boolean;
  readonly lowercase_expanded_terms?: boolean;
  readonly auto_generate_phrase_queries?: boolean;
  readonly auto_generate_synonyms_phrase_query?: boolean;
  readonly enable_position_increments?: boolean;
  readonly escape?: boolean;
  readonly fuzziness?: number | string;
  readonly fuzzy_max_expansions?: number;
  readonly fuzzy_prefix_length?: number;
  readonly fuzzy_rewrite?: string;
  readonly fuzzy_transpositions?: boolean;
  readonly lenient?: boolean;
  readonly locale?: string;
  readonly max_determinized_states?: number;
  readonly minimum_should_match?: number | string;
  readonly phrase_slop?: number;
  readonly rewrite?: string;
  readonly split_on_whitespace?: boolean;
  readonly tie_breaker?: number;
  readonly time_zone?: string;
  readonly use_dis_max?: boolean;
}

/** A query in the simple syntax. */
export interface SimpleQueryStringQuery extends QueryTuning {
  readonly query: string | number;
  readonly fields?: readonly string[];
  readonly default_operator?: 'and' | 'or' | 'AND' | 'OR';
  readonly analyzer?: string;
  readonly analyze_wildcard?: boolean;
  readonly all_fields?: boolean;
  readonly auto_generate_synonyms_phrase_query?: boolean;
  readonly flags?: string | number;
  readonly fuzzy_max_expansions?: number;
  readonly fuzzy_prefix_length?: number;
  readonly fuzzy_transpositions?: boolean;
  readonly lenient?: boolean;
  readonly minimum_should_match?: number | string;
  readonly quote_field_suffix?: string;
}

/** A term, with how it counts. */
export interface TermOptions extends QueryTuning {
  readonly value?: Scalar;
  readonly term?: Scalar;
  readonly case_insensitive?: boolean;
}

/** By name: the exact value of each field. */
export interface TermQuery {
  readonly [field: string]: Scalar | TermOptions;
}

/** Terms out of another document. */
export interface TermsLookup {
  readonly index: string;
  readonly id: string;
  readonly path: string;
  readonly type?: string;
  readonly routing?: string;
  readonly store?: boolean;
}

/** By name: the values that each field may have; `boost` and `_name` stand beside them. */
export interface TermsQuery {
  readonly [field: string]: readonly Scalar[] | TermsLookup | string | number;
}

/** Terms of which a number has to match. */
export interface TermsSetOptions extends QueryTuning {
  readonly terms: readonly Scalar[];
  readonly minimum_should_match_field?: string;
  readonly minimum_should_match_script?: QueryScript;
}

/** By name: terms of which each field has to have a number. */
export interface TermsSetQuery {
  readonly [field: string]: TermsSetOptions;
}

/**
 * A bound that the time filter of the dashboard gives, in a Vega specification
 * (`src/plugins/vis_type_vega/public/data_model/opensearch_query_parser.ts`).
 */
export interface TimefilterBound {
  readonly '%timefilter%': boolean | 'min' | 'max';
  /** Moves the bound by a number of units. */
  readonly shift?: number;
  readonly unit?: TimefilterUnit;
  readonly format?: string;
}

/** The unit of a shift of the time filter. */
export type TimefilterUnit = 'week' | 'day' | 'hour' | 'minute' | 'second' | 'w' | 'd' | 'h' | 'm' | 's' | 'weeks' | 'days' | 'hours' | 'minutes' | 'seconds';

/** A bound of a range. */
export type RangeBound = Scalar | TimefilterBound;

/** From where to where. */
export interface RangeBounds extends QueryTuning {
  readonly gt?: RangeBound;
  readonly gte?: RangeBound;
  readonly lt?: RangeBound;
  readonly lte?: RangeBound;
  readonly from?: RangeBound;
  readonly to?: RangeBound;
  readonly include_lower?: boolean;
  readonly include_upper?: boolean;
  readonly format?: string;
  readonly time_zone?: string;
  readonly relation?: 'INTERSECTS' | 'CONTAINS' | 'WITHIN' | 'intersects' | 'contains' | 'within';
  /** The range of the dashboard's time filter, in a Vega specification. */
  readonly '%timefilter%'?: boolean | 'min' | 'max';
  readonly shift?: number;
  readonly unit?: TimefilterUnit;
}

/** By name: the range of each field. */
export interface RangeQuery {
  readonly [field: string]: RangeBounds;
}

/** Documents that have the field. */
export interface ExistsQuery extends QueryTuning {
  readonly field: string;
}

/** A pattern with `*` and `?`. */
export interface WildcardOptions extends RewriteOptions {
  readonly value?: string;
  readonly wildcard?: string;
}

/** By name: the pattern of each field. */
export interface WildcardQuery {
  readonly [field: string]: string | WildcardOptions;
}

/** A beginning. */
export interface PrefixOptions extends RewriteOptions {
  readonly value?: string;
  readonly prefix?: string;
}

/** By name: the beginning of each field. */
export interface TextPrefixQuery {
  readonly [field: string]: string | PrefixOptions;
}

/** A regular expression. */
export interface RegexpOptions extends RewriteOptions {
  readonly value: string;
  readonly flags?: string;
  readonly flags_value?: number;
  readonly max_determinized_states?: number;
}

/** By name: the regular expression of each field. */
export interface RegexpQuery {
  readonly [field: string]: string | RegexpOptions;
}

/** A value that may be written a little differently. */
export interface FuzzyOptions extends RewriteOptions {
  readonly value: Scalar;
  readonly fuzziness?: number | string;
  readonly max_expansions?: number;
  readonly prefix_length?: number;
  readonly transpositions?: boolean;
}

/** By name: the approximate value of each field. */
export interface FuzzyQuery {
  readonly [field: string]: Scalar | FuzzyOptions;
}

/** Documents by id. */
export interface IdsQuery extends QueryTuning {
  readonly values: readonly string[] | string;
  readonly type?: string | readonly string[];
}
