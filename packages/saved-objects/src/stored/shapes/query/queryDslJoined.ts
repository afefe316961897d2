import type { DataRow, DataValue } from '../dataValue.ts';
import type { QueryClause, QueryTuning } from './queryDsl.ts';

/** A script: its text, or how it is found. */
export type QueryScript = string | QueryScriptOptions;

/** A script with its language and parameters. */
export interface QueryScriptOptions {
  readonly source?: string;
  /** Of Elasticsearch 5, and still of scripted fields' filters. */
  readonly inline?: string;
  readonly id?: string;
  readonly stored?: string;
  readonly file?: string;
  readonly lang?: string;
  readonly params?: QueryScriptParams;
}

/** By name: the parameters of a script. */
export interface QueryScriptParams {
  readonly [parameter: string]: DataValue;
}

/** Documents for which a script says yes. */
export interface ScriptQuery extends QueryTuning {
  /** In a filter over a scripted field; the query is one level deeper. */
  readonly script?: QueryScript;
  readonly source?: string;
  readonly inline?: string;
  readonly lang?: string;
  readonly params?: QueryScriptParams;
}

/** How scores of inner documents count. */
export type InnerScoreMode = 'avg' | 'max' | 'min' | 'none' | 'sum';

/** Which inner documents come with a hit. */
export interface InnerHits {
  readonly name?: string;
  readonly from?: number;
  readonly size?: number;
  readonly _source?: boolean | string | readonly string[];
}

/** A query over nested documents. */
export interface NestedQuery extends QueryTuning {
  readonly path: string;
  readonly query: QueryClause;
  readonly score_mode?: InnerScoreMode;
  readonly ignore_unmapped?: boolean;
  readonly inner_hits?: InnerHits;
}

/** Parents of children that match. */
export interface HasChildQuery extends QueryTuning {
  readonly type: string;
  readonly query: QueryClause;
  readonly score_mode?: InnerScoreMode;
  readonly min_children?: number;
  readonly max_children?: number;
  readonly ignore_unmapped?: boolean;
  readonly inner_hits?: InnerHits;
}

/** Children of a parent that matches. */
export interface HasParentQuery extends QueryTuning {
  readonly parent_type: string;
  readonly query: QueryClause;
  readonly score?: boolean;
  readonly ignore_unmapped?: boolean;
  readonly inner_hits?: InnerHits;
}

/** Children of one parent. */
export interface ParentIdQuery extends QueryTuning {
  readonly type: string;
  readonly id: string;
  readonly ignore_unmapped?: boolean;
}

/** Stored queries that match a document. */
export interface PercolateQuery extends QueryTuning {
  readonly field: string;
  readonly document?: DataRow;
  readonly documents?: readonly DataRow[];
  readonly index?: string;
  readonly id?: string;
  readonly name?: string;
  readonly preference?: string;
  readonly routing?: string;
  readonly version?: number;
}

/** Scores by a rank feature. */
export interface RankFeatureQuery extends QueryTuning {
  readonly field: string;
  readonly saturation?: RankFeatureCurve;
  readonly log?: RankFeatureCurve;
  readonly sigmoid?: RankFeatureCurve;
  readonly linear?: RankFeatureCurve;
}

/** The curve of a rank feature. */
export interface RankFeatureCurve {
  readonly pivot?: number;
  readonly exponent?: number;
  readonly scaling_factor?: number;
}
