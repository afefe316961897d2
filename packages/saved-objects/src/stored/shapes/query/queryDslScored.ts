import type { Scalar } from '../dataValue.ts';
import type { QueryClause, QueryTuning } from './queryDsl.ts';
import type { QueryScript } from './queryDslJoined.ts';

/** How the score of a function joins the others. */
export type ScoreMode = 'multiply' | 'sum' | 'avg' | 'first' | 'max' | 'min';

/** How the score of the functions joins that of the query. */
export type BoostMode = 'multiply' | 'replace' | 'sum' | 'avg' | 'max' | 'min';

/** One function of a score. */
export interface ScoreFunction {
  readonly filter?: QueryClause;
  readonly weight?: number;
  readonly random_score?: RandomScore;
  readonly script_score?: ScoreScript;
  readonly field_value_factor?: FieldValueFactor;
  readonly gauss?: ScoreDecay;
  readonly linear?: ScoreDecay;
  readonly exp?: ScoreDecay;
}

/** A query whose scores are changed by functions. */
export interface FunctionScoreQuery extends ScoreFunction, QueryTuning {
  readonly query?: QueryClause;
  readonly functions?: readonly ScoreFunction[];
  readonly score_mode?: ScoreMode;
  readonly boost_mode?: BoostMode;
  readonly max_boost?: number;
  readonly min_score?: number;
}

/** A score by chance. */
export interface RandomScore {
  readonly seed?: number | string;
  readonly field?: string;
}

/** A score by script. */
export interface ScoreScript {
  readonly script: QueryScript;
}

/** A score by a field's value. */
export interface FieldValueFactor {
  readonly field: string;
  readonly factor?: number;
  readonly modifier?: 'none' | 'log' | 'log1p' | 'log2p' | 'ln' | 'ln1p' | 'ln2p' | 'square' | 'sqrt' | 'reciprocal';
  readonly missing?: number;
}

/** Where a score falls off. */
export interface DecayPoint {
  readonly origin?: Scalar;
  readonly scale: string | number;
  readonly offset?: string | number;
  readonly decay?: number;
}

/** By name: where the score falls off for the field; `multi_value_mode` stands beside it. */
export interface ScoreDecay {
  readonly multi_value_mode?: 'min' | 'max' | 'avg' | 'sum';
  readonly [field: string]: DecayPoint | string | undefined;
}

/** A query whose score a script gives. */
export interface ScriptScoreQuery extends QueryTuning {
  readonly query: QueryClause;
  readonly script: QueryScript;
  readonly min_score?: number;
}

/** A document that is like others. */
export interface LikeDocument {
  readonly _index?: string;
  readonly _id?: string;
  readonly _routing?: string;
}

/** Documents that are like a text or like others. */
export interface MoreLikeThisQuery extends QueryTuning {
  readonly fields?: readonly string[];
  readonly like: string | LikeDocument | readonly (string | LikeDocument)[];
  readonly unlike?: string | LikeDocument | readonly (string | LikeDocument)[];
  readonly max_query_terms?: number;
  readonly min_term_freq?: number;
  readonly min_doc_freq?: number;
  readonly max_doc_freq?: number;
  readonly min_word_length?: number;
  readonly max_word_length?: number;
  readonly stop_words?: readonly string[];
  readonly analyzer?: string;
  readonly minimum_should_match?: number | string;
  readonly fail_on_unsupported_field?: boolean;
  readonly boost_terms?: number;
  readonly include?: boolean;
}

/** The nearest vectors (k-NN plugin). */
export interface NearestVectors extends QueryTuning {
  readonly vector: readonly number[];
  readonly k?: number;
  readonly filter?: QueryClause;
  readonly min_score?: number;
  readonly max_distance?: number;
}

/** By name: the vector of each field. */
export interface KnnQuery {
  readonly [field: string]: NearestVectors;
}
