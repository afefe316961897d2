import type { Scalar } from '../dataValue.ts';
import type { QueryClause, QueryTuning } from './queryDsl.ts';
import type { TermOptions } from './queryDslLeaves.ts';

/** Queries over the places of terms: one of them. */
export interface SpanQuery {
  readonly span_containing?: SpanPairQuery;
  readonly span_first?: SpanFirstQuery;
  readonly span_multi?: SpanMultiQuery;
  readonly span_near?: SpanNearQuery;
  readonly span_not?: SpanNotQuery;
  readonly span_or?: SpanOrQuery;
  readonly span_term?: SpanTermQuery;
  readonly span_within?: SpanPairQuery;
}

/** A span around another. */
export interface SpanPairQuery extends QueryTuning {
  readonly little: SpanQuery;
  readonly big: SpanQuery;
}

/** A span near the beginning. */
export interface SpanFirstQuery extends QueryTuning {
  readonly match: SpanQuery;
  readonly end: number;
}

/** A multi-term query as a span. */
export interface SpanMultiQuery extends QueryTuning {
  readonly match: QueryClause;
}

/** Spans near each other. */
export interface SpanNearQuery extends QueryTuning {
  readonly clauses: readonly SpanQuery[];
  readonly slop?: number;
  readonly in_order?: boolean;
}

/** A span without another. */
export interface SpanNotQuery extends QueryTuning {
  readonly include: SpanQuery;
  readonly exclude: SpanQuery;
  readonly pre?: number;
  readonly post?: number;
  readonly dist?: number;
}

/** One of several spans. */
export interface SpanOrQuery extends QueryTuning {
  readonly clauses: readonly SpanQuery[];
}

/** By name: the term of the field. */
export interface SpanTermQuery {
  readonly [field: string]: Scalar | TermOptions;
}
