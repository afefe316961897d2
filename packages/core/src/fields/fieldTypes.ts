/**
 * Every mapping type that the catalogue knows: those of OpenSearch 1 to 3 and of Elasticsearch 7.10, their bundled
 * plugins included. `other` stands for a type beyond these; its name is then the field's parameter `type`.
 */
export const FIELD_TYPES = [
  'keyword',
  'constant_keyword',
  'wildcard',
  'icu_collation_keyword',
  'version',
  'text',
  'match_only_text',
  'annotated_text',
  'search_as_you_type',
  'completion',
  'byte',
  'short',
  'integer',
  'long',
  'unsigned_long',
  'half_float',
  'float',
  'double',
  'scaled_float',
  'token_count',
  'murmur3',
  'date',
  'date_nanos',
  'boolean',
  'ip',
  'binary',
  'integer_range',
  'long_range',
  'float_range',
  'double_range',
  'date_range',
  'ip_range',
  'geo_point',
  'geo_shape',
  'point',
  'shape',
  'xy_point',
  'xy_shape',
  'object',
  'nested',
  'flat_object',
  'flattened',
  'alias',
  'join',
  'percolator',
  'histogram',
  'rank_feature',
  'rank_features',
  'dense_vector',
  'sparse_vector',
  'knn_vector',
  'semantic',
  'other',
] as const;

/** A field type of the catalogue. */
export type FieldType = (typeof FIELD_TYPES)[number];

/** Types that metric aggregations (avg, sum, percentiles…) accept. */
export const NUMERIC_TYPES = ['byte', 'short', 'integer', 'long', 'unsigned_long', 'half_float', 'float', 'double', 'scaled_float', 'token_count'] as const satisfies readonly FieldType[];

/** A type that metric aggregations accept. */
export type NumericType = (typeof NUMERIC_TYPES)[number];

/** Types of a point in time. */
export const DATE_TYPES = ['date', 'date_nanos'] as const satisfies readonly FieldType[];

/** A type of a point in time. */
export type DateType = (typeof DATE_TYPES)[number];

/** Types whose single values can be told apart, sorted and counted by an aggregation. */
export const AGGREGATABLE_TYPES = [
  ...NUMERIC_TYPES,
  'keyword',
  'constant_keyword',
  'wildcard',
  'icu_collation_keyword',
  'version',
  ...DATE_TYPES,
  'boolean',
  'ip',
  'murmur3',
] as const satisfies readonly FieldType[];

/** A type whose values an aggregation can tell apart. */
export type AggregatableType = (typeof AGGREGATABLE_TYPES)[number];

/** Types that may have fields below them. */
export type ContainerType = 'object' | 'nested' | 'other';

const known: ReadonlySet<string> = new Set(FIELD_TYPES);

/** True for a type that the catalogue knows by its own name. */
export function isFieldType(type: string): type is Exclude<FieldType, 'other'> {
  return type !== 'other' && known.has(type);
}

/** The name of the function that builds fields of a type: `match_only_text` → `matchOnlyText`. */
export function builderNameOf(type: FieldType): string {
  return type.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
