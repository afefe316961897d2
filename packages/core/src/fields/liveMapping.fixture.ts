import { FIELD_TYPES } from './fieldTypes.ts';

const NEEDED: Readonly<Record<string, object>> = {
  scaled_float: { scaling_factor: 100 },
  token_count: { analyzer: 'standard' },
  join: { relations: { question: ['answer', 'comment'] } },
  alias: { path: 'of_keyword' },
};

/** One field of each type of the catalogue, named `of_<type>`. */
export const everyType = Object.fromEntries(
  FIELD_TYPES.filter((type) => type !== 'other').map((type) => [`of_${type}`, { type, ...NEEDED[type] }]),
);

/** A mapping as a server shows it, with one of everything that a mapping can hold. */
export const everyKind = {
  dynamic: 'true',
  _meta: { made: "by 'hand'", version: 3, of: null },
  date_detection: false,
  dynamic_templates: [{ strings: { match_mapping_type: 'string', mapping: { type: 'keyword' } } }],
  runtime: { hour: { type: 'long', script: { source: "emit(doc['@timestamp'].value.getHour())" } } },
  properties: {
    '@timestamp': { type: 'date', format: 'strict_date_optional_time||epoch_millis' },
    http: { properties: { response: { properties: { status_code: { type: 'short' } } } } },
    message: { type: 'text', norms: false, fields: { keyword: { type: 'keyword', ignore_above: 256 }, shingles: { type: 'text', analyzer: 'shingle' } } },
    bare: { type: 'keyword' },
    standard: { type: 'keyword', ignore_above: 1024 },
    copied: { type: 'keyword', copy_to: ['message', 'bare'], null_value: 'NULL', meta: { unit: 'ms' }, boost: -0.5 },
    status: { type: 'alias', path: 'http.response.status_code' },
    exact: { type: 'alias', path: 'message.keyword' },
    lost: { type: 'alias', path: 'not.there' },
    labels: { dynamic: 'true', properties: { known: { type: 'keyword' } } },
    opaque: { type: 'object', enabled: false },
    empty: { type: 'object' },
    answers: { type: 'nested', include_in_parent: true, properties: { name: { type: 'keyword', ignore_above: 1024 }, deep: { type: 'nested', properties: { x: { type: 'byte' } } } } },
    lonely: { type: 'nested' },
    embedding: { type: 'some_plugin_type', model: { id: 'm', layers: [1, 2] } },
    metrics: { type: 'object', subobjects: false, properties: { time: { type: 'long' }, 'time.max': { type: 'long' } } },
    chained: { type: 'text', fields: { a: { type: 'keyword', fields: { b: { type: 'text' } } } } },
    halved: { type: 'scaled_float' },
    vector: { type: 'knn_vector', dimension: 3, method: { name: 'hnsw', engine: 'lucene', parameters: { ef_construction: 128, m: 16 } } },
    every: { properties: everyType },
  },
};

/** A mapping that keeps dotted names, as OpenSearch 3 shows one: fields stand below fields. */
export const flatRoot = {
  disable_objects: true,
  properties: { time: { type: 'long' }, 'time.max': { type: 'long' }, 'time.max.at': { type: 'date' }, 'other.name': { type: 'keyword', ignore_above: 1024 } },
};

/** Names that would break out of the code, were they not escaped. */
export const hostileNames = [
  '__proto__',
  'constructor',
  "it's",
  '"quoted"',
  "`${process['exit'](1)}`",
  "'); process['exit'](1); ('",
  "*/ process['exit'](1) /*",
  'line\nbreak',
  'carriage\rreturn',
  'line\u2028separator',
  'right\u202eleft',
  'zero\u200bwidth',
  'null\u0000byte',
  'back\\slash',
  'ends with \\',
  'lone \ud800 surrogate',
  'größe',
  '大きさ',
  '😀',
  '1',
  '007',
  ' ',
  'import',
  'class',
] as const;
