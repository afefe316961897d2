import type { QueryScript } from '../query/queryDslJoined.ts';
import type { SearchSort } from './searchBody.ts';

/** What is done where a bucket has no value. */
export type GapPolicy = 'skip' | 'insert_zeros' | 'keep_values';

/** A pipeline over one metric of the buckets. */
export interface BucketsPathPipeline {
  readonly buckets_path: string | readonly string[];
  readonly gap_policy?: GapPolicy;
  readonly format?: string;
}

/** By name: the metrics that a script over buckets takes. */
export interface BucketsPaths {
  readonly [variable: string]: string;
}

/** A script over buckets. */
export interface BucketScriptPipeline {
  readonly buckets_path: string | readonly string[] | BucketsPaths;
  readonly script: QueryScript;
  readonly gap_policy?: GapPolicy;
  readonly format?: string;
}

/** Sorts and cuts the buckets. */
export interface BucketSortPipeline {
  readonly sort?: SearchSort;
  readonly from?: number;
  readonly size?: number;
  readonly gap_policy?: GapPolicy;
}

/** Sums up along the buckets. */
export interface CumulativePipeline {
  readonly buckets_path: string | readonly string[];
  readonly format?: string;
}

/** The change from bucket to bucket. */
export interface DerivativePipeline extends BucketsPathPipeline {
  readonly unit?: string;
}

/** Percentiles of the buckets. */
export interface PercentilesBucketPipeline extends BucketsPathPipeline {
  readonly percents?: readonly number[];
  readonly keyed?: boolean;
}

/** Statistics of the buckets, with deviations. */
export interface ExtendedStatsBucketPipeline extends BucketsPathPipeline {
  readonly sigma?: number;
}

/** The difference to an earlier bucket. */
export interface SerialDiffPipeline extends BucketsPathPipeline {
  readonly lag?: number;
}

/** A moving average. */
export interface MovingAveragePipeline extends BucketsPathPipeline {
  readonly model?: 'simple' | 'linear' | 'ewma' | 'holt' | 'holt_winters';
  readonly window?: number;
  readonly predict?: number;
  readonly minimize?: boolean;
  readonly settings?: MovingAverageSettings;
}

/** Settings of a moving average's model. */
export interface MovingAverageSettings {
  readonly alpha?: number;
  readonly beta?: number;
  readonly gamma?: number;
  readonly pad?: boolean;
  readonly period?: number;
  readonly type?: 'add' | 'mult';
}

/** A script over a moving window. */
export interface MovingFunctionPipeline extends BucketsPathPipeline {
  readonly script: QueryScript;
  readonly window: number;
  readonly shift?: number;
}

/** Percentiles of a moving window. */
export interface MovingPercentilesPipeline extends BucketsPathPipeline {
  readonly window: number;
  readonly shift?: number;
}

/** The values of the buckets in relation to each other. */
export interface NormalizePipeline extends BucketsPathPipeline {
  readonly method?: 'rescale_0_1' | 'rescale_0_100' | 'percent_of_sum' | 'mean' | 'z-score' | 'zscore' | 'softmax';
}
