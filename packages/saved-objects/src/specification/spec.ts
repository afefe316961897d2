import type { Bucket } from '../aggregations/buckets.ts';
import type { HitsTogether, Metric } from '../aggregations/metrics.ts';
import type { VisualizationKind } from '../kinds/visualization.ts';
import type { Query } from '../savedObject.ts';

/** A metric as JSON. */
export interface MetricSpec {
  readonly kind: Metric['kind'];
  /** For every kind that reads a field. */
  readonly field?: string;
  readonly label?: string;
  /** For `percentiles`. */
  readonly percents?: readonly number[];
  /** For `percentileRanks`. */
  readonly values?: readonly number[];
  /** For `topHits`: of how many documents. @default 1 */
  readonly size?: number;
  /** For `topHits`. @default 'concat' */
  readonly together?: HitsTogether;
  /** For `topHits`. @default the view's time field */
  readonly orderBy?: string;
  /** For `topHits`. @default 'desc' */
  readonly order?: 'asc' | 'desc';
  /** For pipelines: of which metric. */
  readonly of?: MetricSpec;
  /** For `averageBucket` and the like: over which buckets. */
  readonly over?: BucketSpec;
  /** For `movingAverage`: of how many buckets. @default 5 */
  readonly window?: number;
}

/** A bucket as JSON. */
export interface BucketSpec {
  readonly kind: Bucket['kind'];
  /** For every kind but `filters`. */
  readonly field?: string;
  readonly label?: string;
  /** For `dateHistogram` a text such as `30s` or `auto`; for `histogram` a number or `auto`. */
  readonly interval?: string | number;
  /** For `terms` and `significantTerms`. */
  readonly size?: number;
  /** For `terms`. @default 'desc' */
  readonly order?: 'asc' | 'desc';
  /** For `terms`: by the first metric, by the value, or by a metric. @default 'metric' */
  readonly orderBy?: 'metric' | 'key' | MetricSpec;
  /** For `terms`: show the rest as one bucket. @default false */
  readonly other?: boolean;
  /** For `terms`: show documents without a value. @default false */
  readonly missing?: boolean;
  /** For `filters`: label → DQL. */
  readonly filters?: Readonly<Record<string, string>>;
  /** For `range` numbers, for `dateRange` date math, for `ipRange` addresses or masks. */
  readonly ranges?: readonly { readonly from?: number | string; readonly to?: number | string; readonly mask?: string }[];
  /** For `geohashGrid` and `geotileGrid`. */
  readonly precision?: number;
}

/** The kinds that are made of metrics and buckets. */
export type SpecKind = Exclude<VisualizationKind, 'markdown' | 'timeSeries' | 'vega' | 'timelion' | 'controls'>;

/** A visualization as JSON, such as a form sends it. */
export interface VisualizationSpec {
  readonly id: string;
  readonly title: string;
  readonly kind: SpecKind;
  /** The pattern of one of the data views. */
  readonly pattern: string;
  readonly metric: MetricSpec | readonly MetricSpec[];
  /** The axis, the slices, the table's rows, the tags, the regions or the places. */
  readonly bucket?: BucketSpec;
  /** Series; for a pie a second ring; for a table a second column; for a heat map its rows. */
  readonly split?: BucketSpec;
  readonly filter?: string | Query;
  /** For `gauge`: where colours change. @default [0, 50, 75, 100] */
  readonly bounds?: readonly number[];
  /** For `goal`: what is to be reached. @default 100 */
  readonly goal?: number;
}
