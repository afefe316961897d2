import type { JsonInputOf } from './jsonInput.ts';

/** What every aggregation of a visualization has beside its type and parameters (src/plugins/data/common/search/aggs/agg_config.ts). */
export interface Placed<Schema> {
  /** By which others name it: `orderBy`, `metricAgg`, a series' `data.id`. */
  readonly id?: string;
  /** One that is off is kept, but not asked for. */
  readonly enabled?: boolean;
  /** Its slot in the visualization. */
  readonly schema?: Schema | null;
}

/** Parameters of every aggregation (src/plugins/data/common/search/aggs/agg_type.ts). */
export interface CommonAggParams<Input> {
  readonly customLabel?: string | null;
  /** The "JSON input", taken apart; text where it is empty or no JSON. */
  readonly json?: JsonInputOf<Input>;
  /** Kibana 7.13 on: the same for an earlier time, such as `1d` or `previous`. */
  readonly timeShift?: string;
  /** Before 7.7, on a split: charts stand below each other. */
  readonly row?: boolean;
}

/** Where a metric can stand: as a value, or as the size of dots. */
export type MetricSlot = 'metric' | 'radius';

/** Where a bucket can stand: along, within, beside, or (of tables) as rows. */
export type BucketSlot = 'segment' | 'group' | 'split' | 'bucket';

/** What an aggregation inside another one says: which of the other's parameters it is. */
export type InnerSlot = 'orderAgg' | 'metricAgg' | 'bucketAgg' | 'metric' | 'bucket' | 'group' | 'segment' | 'split' | LegacySlot;

/** Kibana 5 and 6 kept the whole description of the slot (src/ui/public/agg_types/{buckets/terms,metrics/lib/*_agg_helper}.js). */
export interface LegacySlot {
  readonly group?: 'none' | 'metrics' | 'buckets';
  readonly name?: 'orderAgg' | 'metricAgg' | 'bucketAgg';
  readonly title?: string;
  readonly hideCustomLabel?: boolean;
  readonly aggFilter?: readonly string[];
  readonly min?: number;
  readonly max?: number | null;
  readonly editor?: boolean | string;
  readonly deprecate?: boolean;
  readonly params?: readonly LegacySlotParam[];
}

/** A parameter of such a slot. */
export interface LegacySlotParam {
  readonly name?: string;
  readonly default?: boolean;
}
