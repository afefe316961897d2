import { AGGREGATABLE_TYPES, DATE_TYPES, FIELD_TYPES, type FieldNameOfType, type Fields, type FieldType, NUMERIC_TYPES } from '@podscope/core';

/** Types of fields that hold texts which can be told apart. */
const STRING_TYPES = ['keyword', 'constant_keyword', 'wildcard', 'icu_collation_keyword', 'version'] as const satisfies readonly FieldType[];
const NUMBER_OR_HISTOGRAM = [...NUMERIC_TYPES, 'histogram'] as const;
const NUMBER_OR_DATE = [...NUMERIC_TYPES, ...DATE_TYPES] as const;

type HitType = Exclude<FieldType, 'histogram' | 'object' | 'nested'>;

/**
 * The types of fields that each aggregation takes: the compiler and the checks at run time read this one table. It is
 * {@link AGGREGATIONS} of the products in the types of mappings.
 */
export const FIELD_TYPES_OF = {
  avg: NUMBER_OR_HISTOGRAM,
  sum: NUMBER_OR_HISTOGRAM,
  min: NUMBER_OR_DATE,
  max: NUMBER_OR_DATE,
  median: [...NUMBER_OR_DATE, 'histogram'],
  stdDev: NUMERIC_TYPES,
  uniqueCount: AGGREGATABLE_TYPES,
  percentiles: [...NUMBER_OR_DATE, 'histogram'],
  percentileRanks: NUMBER_OR_HISTOGRAM,
  topHits: FIELD_TYPES.filter((type): type is HitType => type !== 'histogram' && type !== 'object' && type !== 'nested'),
  topHitsOrder: [...NUMBER_OR_DATE, ...STRING_TYPES, 'ip'],
  dateHistogram: DATE_TYPES,
  dateRange: DATE_TYPES,
  histogram: NUMERIC_TYPES,
  range: NUMERIC_TYPES,
  ipRange: ['ip'],
  terms: AGGREGATABLE_TYPES,
  significantTerms: STRING_TYPES,
  geohashGrid: ['geo_point'],
  geotileGrid: ['geo_point'],
} as const satisfies Readonly<Record<string, readonly FieldType[]>>;

/** The names of the fields that an aggregation takes. */
export type FieldFor<F extends Fields, Aggregation extends keyof typeof FIELD_TYPES_OF> = FieldNameOfType<F, (typeof FIELD_TYPES_OF)[Aggregation][number]>;
