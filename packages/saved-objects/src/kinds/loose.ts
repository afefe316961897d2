import type { Bucket } from '../aggregations/buckets.ts';
import type { Metric } from '../aggregations/metrics.ts';
import type { Charts } from './lists.ts';
import type { CommonOptions, LookOptions } from './visualization.ts';

/** What every kind without axes is made of, without the catalogue's types, for specifications that come as JSON. */
export interface LooseOptions extends CommonOptions, LookOptions {
  readonly y: Metric | readonly Metric[];
  readonly buckets: readonly Bucket[];
  readonly charts?: Charts<Bucket>;
}
