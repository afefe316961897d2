import type { IndexPattern, StoredAggregation } from '../savedObjects.ts';
import type { ResolvedRange } from '../time/time.ts';

/** The `aggs` of a request. */
export type Aggregations = Record<string, Record<string, unknown>>;

/** The smallest and the largest value of a field, as the product asks for them before a numeric histogram. */
export interface ValueBounds {
  readonly min: number;
  readonly max: number;
}

/** What a request depends on beside the visualization. */
export interface RequestSetting {
  readonly pattern: IndexPattern;
  readonly range: ResolvedRange;
  readonly timeZone: string;
  /** All aggregations of the visualization: some name others. */
  readonly all: readonly StoredAggregation[];
  /** By the id of a numeric histogram. */
  readonly bounds: ReadonlyMap<string, ValueBounds>;
}

/** Writes a bucket aggregation that stands inside another one's parameters. */
export type BucketWriter = (aggregation: StoredAggregation) => Record<string, unknown>;

/** A field, or the script of a scripted one. */
export function sourceOf(field: unknown, pattern: IndexPattern): Readonly<Record<string, unknown>> {
  const listed = typeof field === 'string' ? pattern.fields.get(field) : undefined;
  return listed?.scripted === true ? { script: { source: listed.script, lang: listed.lang } } : { field };
}
