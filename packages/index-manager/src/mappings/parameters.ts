import type { JsonValue } from '../model.ts';

/**
 * What a change of a parameter costs. `free`: the server makes it, and back. `one-way`: the server makes it, and never takes
 * it back. `reindex`: only an index that is written anew has it. `impossible`: no index made out of this one can have it.
 */
export type MappingChangeClass = 'free' | 'one-way' | 'reindex' | 'impossible';

/** What is known of one parameter of one field type. */
export interface MappingParameter {
  /** The field type; `(mapping)` for the members of the mapping itself. */
  readonly type: string;
  readonly parameter: string;
  /** `one-way` holds for the way that `way` names; the way back needs a reindex. */
  readonly class: MappingChangeClass;
  /** The value that a field has which doesn't say it, as text. */
  readonly default?: JsonValue;
  /** The default is another one from server to server, so leaving it out says nothing. */
  readonly varies?: true;
  /** Left out in a later request, the old value stays; so the default has to be said to get it back. */
  readonly keeps?: true;
  /** The way a one-way change goes: to this value, or by adding members. */
  readonly way?: 'false' | 'grows';
  /** Documents that are there already keep what was made of them. */
  readonly later?: true;
  /** Where the server decides it: a class of OpenSearch's `org.opensearch.index.mapper`, or of the module named. */
  readonly source: string;
}

type Facts = Omit<MappingParameter, 'type' | 'parameter' | 'source'>;

const FREE: Facts = { class: 'free' };
const LATER: Facts = { class: 'free', later: true };
const REINDEX: Facts = { class: 'reindex' };
const OFF: Facts = { class: 'reindex', default: 'false' };
const ON: Facts = { class: 'reindex', default: 'true' };
const GROWS: Facts = { class: 'one-way', way: 'grows' };
/** The server takes it and forgets it. */
const FORGOTTEN: Facts = { class: 'impossible', default: '1.0' };

/** The server says it and takes no other value. */
const FIXED: Facts = { class: 'impossible', default: 'false' };

const ANY = { meta: FREE, copy_to: LATER } as const;
const STORED = { ...ANY, doc_values: ON, index: ON, store: OFF, fields: GROWS } as const;
const BOOST: Facts = { class: 'free', default: '1.0' };
/** Without it the index's own setting holds. */
const MALFORMED: Facts = LATER;

const NUMBER = { ...STORED, coerce: MALFORMED, ignore_malformed: MALFORMED, null_value: REINDEX, boost: FORGOTTEN } as const;
const RANGE = { ...ANY, doc_values: ON, index: ON, store: OFF, coerce: MALFORMED, boost: BOOST } as const;
const ANALYSED = {
  ...ANY,
  index: ON,
  store: OFF,
  fields: GROWS,
  norms: { class: 'one-way', way: 'false', default: 'true' },
  index_options: { class: 'reindex', default: 'positions' },
  term_vector: { class: 'reindex', default: 'no' },
  analyzer: { class: 'reindex', default: 'default' },
  search_analyzer: FREE,
  search_quote_analyzer: FREE,
  similarity: REINDEX,
} as const satisfies Readonly<Record<string, Facts>>;

/** What the older mappers do: a parameter that isn't said stays. */
const kept = (value: string): Facts => ({ class: 'free', default: value, keeps: true, later: true });

/** Servers leave them out of what they give back. */
const FORMAT: Facts = { class: 'reindex', default: 'strict_date_optional_time||epoch_millis' };
const LOCALE: Facts = { class: 'reindex', default: '' };

const DATE = {
  ...STORED,
  format: FORMAT,
  locale: LOCALE,
  ignore_malformed: MALFORMED,
  null_value: REINDEX,
} as const;

const GEO = { doc_values: ON, index: { ...ON, keeps: true }, store: OFF, ignore_malformed: kept('false'), ignore_z_value: kept('true'), meta: FREE } as const;

type Parameters = Readonly<Record<string, Facts>>;

/** By source, the types that it makes and what they take. */
const SOURCES: readonly (readonly [source: string, types: readonly string[], parameters: Parameters])[] = [
  [
    'KeywordFieldMapper',
    ['keyword'],
    {
      ...STORED,
      ignore_above: { ...LATER, default: '2147483647' },
      null_value: REINDEX,
      norms: { class: 'one-way', way: 'false', default: 'false' },
      index_options: { class: 'reindex', default: 'docs' },
      eager_global_ordinals: { class: 'free', default: 'false' },
      split_queries_on_whitespace: { class: 'free', default: 'false' },
      normalizer: { class: 'reindex', default: 'default' },
      similarity: REINDEX,
      boost: BOOST,
    },
  ],
  [
    'TextFieldMapper',
    ['text'],
    {
      ...ANALYSED,
      fielddata: { class: 'free', default: 'false' },
      fielddata_frequency_filter: FREE,
      eager_global_ordinals: { class: 'free', default: 'false' },
      index_phrases: OFF,
      index_prefixes: REINDEX,
      position_increment_gap: REINDEX,
      boost: BOOST,
    },
  ],
  [
    'MatchOnlyTextFieldMapper',
    ['match_only_text'],
    { ...ANY, fields: GROWS, analyzer: ANALYSED.analyzer, search_analyzer: FREE, search_quote_analyzer: FREE, fielddata: { class: 'free', default: 'false' } },
  ],
  ['SearchAsYouTypeFieldMapper in mapper-extras', ['search_as_you_type'], { ...ANALYSED, doc_values: FIXED, max_shingle_size: { class: 'reindex', default: '3' } }],
  [
    'CompletionFieldMapper',
    ['completion'],
    {
      analyzer: { class: 'reindex', default: 'simple' },
      search_analyzer: FREE,
      preserve_separators: ON,
      preserve_position_increments: ON,
      max_input_length: { ...LATER, default: '50' },
    },
  ],
  ['TokenCountFieldMapper in mapper-extras', ['token_count'], { ...STORED, analyzer: LATER, enable_position_increments: ON, null_value: REINDEX }],
  [
    'WildcardFieldMapper',
    ['wildcard'],
    // Since OpenSearch 3 it has doc_values unless it says otherwise.
    { ...ANY, fields: GROWS, doc_values: { ...REINDEX, varies: true }, ignore_above: LATER, null_value: REINDEX, normalizer: { class: 'reindex', default: 'default' } },
  ],
  ['ConstantKeywordFieldMapper', ['constant_keyword'], { value: REINDEX }],
  ['NumberFieldMapper', ['long', 'integer', 'short', 'byte', 'double', 'float', 'half_float', 'unsigned_long'], NUMBER],
  ['ScaledFloatFieldMapper in mapper-extras', ['scaled_float'], { ...NUMBER, scaling_factor: REINDEX }],
  ['BooleanFieldMapper', ['boolean'], { ...STORED, null_value: REINDEX, boost: BOOST }],
  ['DateFieldMapper', ['date'], { ...DATE, boost: BOOST, print_format: REINDEX }],
  ['DateFieldMapper', ['date_nanos'], DATE],
  ['IpFieldMapper', ['ip'], { ...STORED, ignore_malformed: MALFORMED, null_value: REINDEX, boost: FORGOTTEN }],
  ['GeoPointFieldMapper', ['geo_point'], { ...GEO, fields: GROWS, null_value: { ...LATER, keeps: true } }],
  ['GeoShapeFieldMapper', ['geo_shape'], { ...GEO, coerce: kept('false'), orientation: kept('right') }],
  ['BinaryFieldMapper', ['binary'], { doc_values: OFF, store: OFF, meta: FREE }],
  ['RangeFieldMapper', ['integer_range', 'long_range', 'float_range', 'double_range', 'ip_range'], RANGE],
  ['RangeFieldMapper', ['date_range'], { ...RANGE, format: FORMAT, locale: LOCALE }],
  ['RankFeatureFieldMapper in mapper-extras', ['rank_feature'], { positive_score_impact: ON, meta: FREE }],
  ['RankFeaturesFieldMapper in mapper-extras', ['rank_features'], { positive_score_impact: ON, meta: FREE }],
  ['FieldAliasMapper', ['alias'], { path: FREE }],
  ['ParentJoinFieldMapper in parent-join', ['join'], { relations: GROWS, eager_global_ordinals: { class: 'free', default: 'true' } }],
  // What an object doesn't say of `dynamic` it has from the one around it.
  ['ObjectMapper', ['object'], { properties: GROWS, dynamic: { ...LATER, keeps: true }, enabled: ON }],
  ['ObjectMapper', ['nested'], { properties: GROWS, dynamic: { ...LATER, keeps: true }, include_in_parent: OFF, include_in_root: OFF }],
  [
    'RootObjectMapper',
    ['(mapping)'],
    {
      properties: GROWS,
      dynamic: { ...kept('true') },
      dynamic_templates: { ...LATER, default: [], keeps: true },
      date_detection: kept('true'),
      numeric_detection: kept('false'),
      dynamic_date_formats: { ...LATER, default: ['strict_date_optional_time', 'yyyy/MM/dd HH:mm:ss Z||yyyy/MM/dd Z'], keeps: true },
    },
  ],
  ['SourceFieldMapper', ['(mapping)'], { _source: { ...REINDEX, keeps: true } }],
  ['RoutingFieldMapper', ['(mapping)'], { _routing: { ...REINDEX, keeps: true } }],
  ['FieldNamesFieldMapper', ['(mapping)'], { _field_names: { ...LATER, default: { enabled: 'true' }, keeps: true } }],
  ['DocumentMapper', ['(mapping)'], { _meta: { class: 'free', default: {}, keeps: true } }],
];

/** The table: a row for each type and parameter. A test tries every row on real servers. */
export const MAPPING_PARAMETERS: readonly MappingParameter[] = SOURCES.flatMap(([source, types, parameters]) =>
  types.flatMap((type) => Object.entries(parameters).map(([parameter, facts]) => ({ type, parameter, ...facts, source }))),
);

const ROWS = new Map(MAPPING_PARAMETERS.map((row) => [`${row.type} ${row.parameter}`, row]));

/** The row of a parameter; undefined for one that isn't in the table. */
export function parameterOf(type: string, parameter: string): MappingParameter | undefined {
  return ROWS.get(`${type} ${parameter}`);
}
