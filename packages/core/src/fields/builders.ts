import type { AliasField, ExactOptions, Field, FieldBuilder, FieldBuilderNeeding, FieldOptions, FieldWith, MultiFields, NoMulti, Parameters, ParameterValue } from './field.ts';
import type { FieldType } from './fieldTypes.ts';

function made(type: FieldType, options: FieldOptions, parameters: Parameters): Field<FieldType, boolean, MultiFields> {
  return { type, required: options.required ?? false, multi: options.fields ?? {}, many: options.many ?? false, parameters };
}

// The annotation lets a bundler drop the builders that nothing uses.
/* @__NO_SIDE_EFFECTS__ */
function field<Type extends FieldType>(type: Type, own: Parameters = {}): FieldBuilder<Type> {
  return ((options: FieldOptions = {}) => made(type, options, options.parameters ?? own)) as FieldBuilder<Type>;
}

/* @__NO_SIDE_EFFECTS__ */
function fieldNeeding<Type extends FieldType, Needed>(type: Type): FieldBuilderNeeding<Type, Needed> {
  return ((options: FieldOptions & { readonly parameters: Parameters }) => made(type, options, options.parameters)) as FieldBuilderNeeding<Type, Needed>;
}

/** An exact value to filter, sort and aggregate by. Longer values than 1,024 characters are kept but not indexed. */
export const keyword = field('keyword', { ignore_above: 1024 });
/** A keyword that is the same in every document of an index. */
export const constantKeyword = field('constant_keyword');
/** A keyword for patterns with a leading `*`, such as command lines. OpenSearch 2.15 and later, or Elasticsearch. */
export const wildcard = field('wildcard');
/** A keyword in the sort order of a language (plugin analysis-icu). */
export const icuCollationKeyword = field('icu_collation_keyword');
/** A software version, sorted as versions are. Elasticsearch. */
export const version = field('version');
/** Full text, analysed; aggregate by a keyword multi-field: `text({ fields: { keyword: keyword() } })`. */
export const text = field('text');
/** Full text without scores and positions, in less space. OpenSearch 2.12 and later. */
export const matchOnlyText = field('match_only_text');
/** Full text with marked entities (plugin mapper-annotated-text). */
export const annotatedText = field('annotated_text');
/** Full text that is found while it is typed. */
export const searchAsYouType = field('search_as_you_type');
/** Suggestions that complete what is typed. */
export const completion = field('completion');
/** A whole number from -128 to 127. */
export const byte = field('byte');
/** A whole number from -32,768 to 32,767. */
export const short = field('short');
/** A whole number of 32 bits. */
export const integer = field('integer');
/** A whole number of 64 bits; beyond 2^53 JavaScript loses digits. */
export const long = field('long');
/** A whole number from 0 to 2^64 - 1; beyond 2^53 JavaScript loses digits. OpenSearch 2.8 and later. */
export const unsignedLong = field('unsigned_long');
/** A 16-bit floating-point number. */
export const halfFloat = field('half_float');
/** A 32-bit floating-point number. */
export const float = field('float');
/** A 64-bit floating-point number. */
export const double = field('double');
/** A number that is kept as a whole number after it was multiplied by `scaling_factor`. */
export const scaledFloat = fieldNeeding<'scaled_float', { readonly scaling_factor: number }>('scaled_float');
/** The number of tokens that `analyzer` makes of a text. */
export const tokenCount = fieldNeeding<'token_count', { readonly analyzer: string }>('token_count');
/** A hash of the value, for faster unique counts (plugin mapper-murmur3). */
export const murmur3 = field('murmur3');
/** A point in time; documents carry ISO 8601 with milliseconds, or epoch milliseconds. */
export const date = field('date');
/** A point in time to the nanosecond, from 1970 to 2262. */
export const dateNanos = field('date_nanos');
/** True or false. */
export const boolean = field('boolean');
/** An IPv4 or IPv6 address. */
export const ip = field('ip');
/** Bytes in base64; kept, not searched. */
export const binary = field('binary');
/** A range of 32-bit whole numbers. */
export const integerRange = field('integer_range');
/** A range of 64-bit whole numbers. */
export const longRange = field('long_range');
/** A range of 32-bit floating-point numbers. */
export const floatRange = field('float_range');
/** A range of 64-bit floating-point numbers. */
export const doubleRange = field('double_range');
/** A range of points in time. */
export const dateRange = field('date_range');
/** A range of addresses, or a network in CIDR notation. */
export const ipRange = field('ip_range');
/** A place on earth. */
export const geoPoint = field('geo_point');
/** A shape on earth, as GeoJSON or WKT. */
export const geoShape = field('geo_shape');
/** A point of a plane. Elasticsearch. */
export const point = field('point');
/** A shape in a plane. Elasticsearch. */
export const shape = field('shape');
/** A point of a plane. OpenSearch. */
export const xyPoint = field('xy_point');
/** A shape in a plane. OpenSearch. */
export const xyShape = field('xy_shape');
/** An object. It is needed only for parameters of its own or when nothing is known of its inside. */
export const object = field('object');
/** A list of objects, each of which is searched by itself. Its fields stand beside it: `answers`, `answers.name`. */
export const nested = field('nested');
/** An object whose leaves are all keywords under one mapping entry: labels cannot blow up the mapping. OpenSearch 2.7 and later. */
export const flatObject = field('flat_object');
/** What {@link flatObject} is in Elasticsearch. */
export const flattened = field('flattened');
/** Which kind of document this is, in an index with parents and children. */
export const join = fieldNeeding<'join', { readonly relations: { readonly [parent: string]: ParameterValue } }>('join');
/** A stored query that documents are matched with. */
export const percolator = field('percolator');
/** Counts of values that were aggregated before. Elasticsearch. */
export const histogram = field('histogram');
/** A number that raises scores. */
export const rankFeature = field('rank_feature');
/** Named numbers that raise scores. */
export const rankFeatures = field('rank_features');
/** A vector. Elasticsearch. */
export const denseVector = field('dense_vector');
/** Weights by token. */
export const sparseVector = field('sparse_vector');
/** A vector to find neighbours of (plugin k-NN). */
export const knnVector = field('knn_vector');
/** Text that the server turns into an embedding (plugin neural-search, OpenSearch 3.1 and later). */
export const semantic = field('semantic');

/** A second name of the field `path`: searches may use it, documents may not. */
export function alias<const Path extends string>(path: Path, options: { readonly parameters?: Parameters & { readonly type?: never; readonly path?: never } } = {}): AliasField<Path> {
  return { type: 'alias', required: false, multi: {}, many: false, parameters: { ...options.parameters, path } };
}

/** A field of a type that the catalogue doesn't know, such as a plugin's: carried as it is. */
export function other(type: string): Field<'other', false, NoMulti, false>;
export function other<const Options extends FieldOptions>(type: string, options: Options & ExactOptions<Options, FieldOptions>): FieldWith<'other', Options>;
export function other(type: string, options: FieldOptions = {}): Field<FieldType, boolean, MultiFields> {
  return made('other', options, { ...options.parameters, type });
}
