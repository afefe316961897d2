export { PodscopeError, isPodscopeError } from './errors.ts';
export type { PodscopeErrorOptions } from './errors.ts';
export {
  alias,
  annotatedText,
  binary,
  boolean,
  byte,
  completion,
  constantKeyword,
  date,
  dateNanos,
  dateRange,
  denseVector,
  double,
  doubleRange,
  flatObject,
  flattened,
  float,
  floatRange,
  geoPoint,
  geoShape,
  halfFloat,
  histogram,
  icuCollationKeyword,
  integer,
  integerRange,
  ip,
  ipRange,
  join,
  keyword,
  knnVector,
  long,
  longRange,
  matchOnlyText,
  murmur3,
  nested,
  object,
  other,
  percolator,
  point,
  rankFeature,
  rankFeatures,
  scaledFloat,
  searchAsYouType,
  semantic,
  shape,
  short,
  sparseVector,
  text,
  tokenCount,
  unsignedLong,
  version,
  wildcard,
  xyPoint,
  xyShape,
} from './fields/builders.ts';
export { defineFields, pick } from './fields/defineFields.ts';
export type { DocumentOf } from './fields/document.ts';
export type { AliasField, AnyField, ExactOptions, Field, FieldBuilder, FieldBuilderNeeding, FieldOptions, Fields, FieldWith, MultiFields, NoMulti, Parameters, ParameterValue } from './fields/field.ts';
export { fieldsFromMapping } from './fields/fieldsFromMapping.ts';
export type { FieldsFromMappingOptions } from './fields/fieldsFromMapping.ts';
export { fieldsOf } from './fields/fieldsOf.ts';
export type { MappingCatalogue, MappingNote } from './fields/fieldsOf.ts';
export { AGGREGATABLE_TYPES, builderNameOf, DATE_TYPES, FIELD_TYPES, isFieldType, NUMERIC_TYPES } from './fields/fieldTypes.ts';
export type { AggregatableType, ContainerType, DateType, FieldType, NumericType } from './fields/fieldTypes.ts';
export { findField, nestedAbove } from './fields/findField.ts';
export { mappingOf } from './fields/mappingOf.ts';
export type { Dynamic, Mapping, MappingOptions, MappingProperty } from './fields/mappingOf.ts';
export type { FieldName, FieldNameOfType } from './fields/names.ts';
export { isEmptyPlan } from './plan.ts';
export type { Change, ChangeAction, Plan } from './plan.ts';
export { redact, redactText } from './redaction.ts';
