import type { DataValue } from '../dataValue.ts';
import type { AggregateOp } from '../vega/transformsOfData.ts';
import type { LiteImputeSequence } from './channels.ts';
import type { LiteData } from './data.ts';
import type { LitePredicates } from './predicates.ts';
import type { LiteBin, LiteSortOrder, LiteTimeUnit } from './values.ts';

/**
 * One step by which data is changed (https://vega.github.io/vega-lite/docs/transform.html). Which one follows from the
 * member that has its name; the others are its parameters.
 */
export interface LiteTransform extends LiteTransformKinds {
  readonly as?: string | readonly string[];
  readonly groupby?: readonly string[];
  readonly field?: string;
  readonly key?: string;
  readonly on?: string;
  readonly op?: AggregateOp;
  readonly value?: DataValue;
  readonly default?: DataValue;
  readonly keyvals?: readonly DataValue[] | LiteImputeSequence;
  readonly method?: string;
  readonly frame?: readonly (number | null)[];
  readonly from?: LiteLookupSource;
  readonly sort?: readonly LiteTransformSort[];
  readonly offset?: 'zero' | 'center' | 'normalize';
  readonly ignorePeers?: boolean;
  readonly limit?: number;
  readonly order?: number;
  readonly extent?: string | readonly number[];
  readonly params?: boolean;
  readonly param?: string;
  readonly bandwidth?: number;
  readonly counts?: boolean;
  readonly cumulative?: boolean;
  readonly minsteps?: number;
  readonly maxsteps?: number;
  readonly steps?: number;
  readonly resolve?: 'independent' | 'shared';
  readonly probs?: readonly number[];
  readonly step?: number;
}

/** The kinds of steps. */
export interface LiteTransformKinds {
  readonly aggregate?: readonly LiteAggregateField[];
  readonly bin?: boolean | LiteBin;
  readonly calculate?: string;
  readonly density?: string;
  readonly filter?: LitePredicates;
  readonly flatten?: readonly string[];
  readonly fold?: readonly string[];
  readonly impute?: string;
  readonly joinaggregate?: readonly LiteAggregateField[];
  readonly loess?: string;
  readonly lookup?: string;
  readonly pivot?: string;
  readonly quantile?: string;
  readonly regression?: string;
  readonly sample?: number;
  readonly stack?: string;
  readonly timeUnit?: LiteTimeUnit;
  readonly window?: readonly LiteWindowField[];
}

/** What is made of a field. */
export interface LiteAggregateField {
  readonly op: AggregateOp;
  readonly field?: string;
  readonly as: string;
}

/** What is made of the tuples around. */
export interface LiteWindowField {
  readonly op: LiteWindowOp;
  readonly field?: string;
  readonly param?: number;
  readonly as: string;
}

/** What can be made of the tuples around. */
export type LiteWindowOp = AggregateOp | 'row_number' | 'rank' | 'dense_rank' | 'percent_rank' | 'cume_dist' | 'ntile' | 'lag' | 'lead' | 'first_value' | 'last_value' | 'nth_value';

/** By which field tuples are sorted. */
export interface LiteTransformSort {
  readonly field: string;
  readonly order?: LiteSortOrder;
}

/** Where a lookup finds its columns: in data, or in a parameter (`selection` before Vega-Lite 5). */
export interface LiteLookupSource {
  readonly data?: LiteData;
  readonly param?: string;
  readonly selection?: string;
  readonly key?: string;
  readonly fields?: readonly string[];
}
