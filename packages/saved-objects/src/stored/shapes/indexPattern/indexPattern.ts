import type { StoredFieldFormat } from './fieldFormat.ts';

/**
 * Attributes of an `index-pattern` (src/plugins/data/common/index_patterns/types.ts in OpenSearch Dashboards,
 * src/plugins/data_views/common/types.ts in Kibana 7.16).
 */
export interface IndexPatternAttributes {
  readonly title?: string;
  readonly timeFieldName?: string | null;
  /** Before 6.0: indices by time, such as `days`. */
  readonly intervalName?: string | null;
  /** Before 6.0: whether the pattern is asked as it stands. */
  readonly notExpandable?: boolean;
  readonly fields?: readonly StoredField[];
  readonly fieldFormatMap?: FieldFormats;
  readonly sourceFilters?: readonly IndexPatternSourceFilter[];
  /** `rollup`, or of no kind. */
  readonly type?: string | null;
  readonly typeMeta?: TypeMeta;
  /** Kibana from 7.11: labels and popularity, the fields themselves not being stored any more. */
  readonly fieldAttrs?: FieldAttributes;
  /** Kibana from 7.12. */
  readonly runtimeFieldMap?: StoredRuntimeFields;
  /** Kibana from 7.13: no error where there are no indices. */
  readonly allowNoIndex?: boolean;
  /** Kibana from 8.2. */
  readonly name?: string;
  /** Kibana from 8.10. */
  readonly allowHidden?: boolean;
  /** OpenSearch Dashboards from 2.4: one of several data sources. */
  readonly dataSource?: string | null;
  /** OpenSearch Dashboards from 2.18. */
  readonly displayName?: string | null;
  readonly description?: string | null;
  /** OpenSearch Dashboards from 3.3: `logs`, `metrics` or `traces`. */
  readonly signalType?: string | null;
}

/** By name: the format of a field. */
export interface FieldFormats {
  readonly [field: string]: StoredFieldFormat;
}

/** Fields that a search doesn't bring along; `*` stands for any text. */
export interface IndexPatternSourceFilter {
  readonly value: string;
  readonly clientId?: number | string;
}

/** What a field is for the product (OSD_FIELD_TYPES of src/plugins/data/common/osd_field_types/types.ts; Kibana's packages/kbn-field-types); `binary` is what Beats wrote. */
export type FieldType =
  | '_source'
  | 'attachment'
  | 'binary'
  | 'boolean'
  | 'conflict'
  | 'counter'
  | 'date'
  | 'date_range'
  | 'geo_point'
  | 'geo_shape'
  | 'histogram'
  | 'ip'
  | 'ip_range'
  | 'missing'
  | 'murmur3'
  | 'nested'
  | 'number'
  | 'number_range'
  | 'object'
  | 'string'
  | 'unknown';

/** A field as it was when the list was last read from the indices; or a scripted one. */
export interface StoredField {
  readonly name: string;
  readonly type?: FieldType;
  /** Types in the mappings. */
  readonly esTypes?: readonly string[] | null;
  /** How often it was used in Discover. */
  readonly count?: number;
  readonly scripted?: boolean;
  readonly script?: string | null;
  readonly lang?: 'painless' | 'expression' | 'groovy' | null;
  readonly searchable?: boolean;
  readonly aggregatable?: boolean;
  readonly readFromDocValues?: boolean;
  readonly subType?: FieldSubType | null;
  readonly conflictDescriptions?: ConflictDescriptions | null;
  readonly format?: StoredFieldFormat | null;
  readonly customLabel?: string;
  readonly displayName?: string;
  /** Before 6.0. */
  readonly indexed?: boolean;
  readonly analyzed?: boolean;
  readonly doc_values?: boolean;
  /** What newer versions hold beside a field and sometimes leave in the list. */
  readonly isNull?: boolean;
  readonly isMapped?: boolean;
  readonly shortDotsEnable?: boolean;
  readonly metadata_field?: boolean;
  readonly runtimeField?: StoredRuntimeField;
  /** Before 7.0, of sorting and filtering in lists. */
  readonly sortable?: boolean;
  readonly filterable?: boolean;
  readonly visualizable?: boolean;
}

/** Whose field it is: of another one by a second mapping, or of nested documents. */
export interface FieldSubType {
  readonly multi?: MultiField | null;
  readonly nested?: NestedField | null;
}

/** The field whose values it has. */
export interface MultiField {
  readonly parent: string;
}

/** The path of the nested documents. */
export interface NestedField {
  readonly path: string;
}

/** By name: the indices that map a field of conflicting types to this type. */
export interface ConflictDescriptions {
  readonly [type: string]: readonly string[];
}

/** By name: what a user set for a field. */
export interface FieldAttributes {
  readonly [field: string]: FieldAttribute;
}

/** A label, and how often the field was used. */
export interface FieldAttribute {
  readonly customLabel?: string;
  readonly customDescription?: string;
  readonly count?: number;
}

/** By name: fields calculated at search time. */
export interface StoredRuntimeFields {
  readonly [field: string]: StoredRuntimeField;
}

/** A field calculated at search time (RuntimeField of src/plugins/data_views/common/types.ts). */
export interface StoredRuntimeField extends FieldAttribute {
  readonly type: RuntimeType;
  readonly script?: RuntimeScript | null;
  readonly format?: StoredFieldFormat | null;
  readonly popularity?: number;
  /** Of a composite one (Kibana from 8.3). */
  readonly fields?: RuntimeSubFields;
}

/** By name: the fields a composite one has. */
export interface RuntimeSubFields {
  readonly [field: string]: RuntimeSubField;
}

/** One field of a composite one. */
export interface RuntimeSubField extends FieldAttribute {
  readonly type: RuntimeType;
  readonly format?: StoredFieldFormat | null;
  readonly popularity?: number;
}

/** RUNTIME_FIELD_TYPES of src/plugins/data_views/common/constants.ts. */
export type RuntimeType = 'keyword' | 'long' | 'double' | 'date' | 'ip' | 'boolean' | 'geo_point' | 'composite';

/** In Painless. */
export interface RuntimeScript {
  readonly source: string;
  readonly lang?: 'painless';
}

/** Of an index pattern over rollups (Kibana; x-pack/plugins/rollup). */
export interface TypeMeta {
  readonly params?: RollupParams;
  readonly aggs?: RollupAggregations;
}

/** Which rollup. */
export interface RollupParams {
  readonly rollup_index?: string;
}

/** By name: the fields that an aggregation can use. */
export interface RollupAggregations {
  readonly [aggregation: string]: RollupFields;
}

/** By name: how a field was rolled up. */
export interface RollupFields {
  readonly [field: string]: RollupField;
}

/** How a field was rolled up. */
export interface RollupField {
  readonly agg?: string;
  readonly interval?: number | string;
  readonly fixed_interval?: string;
  readonly calendar_interval?: string;
  readonly delay?: string;
  readonly time_zone?: string;
}
