import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { translateString } from './old-mappings.ts';
import type { Notes } from './translation.ts';

/** What stands for a type that a server lacks: the first whose own type it has. */
interface TypeRule {
  readonly rule: string;
  readonly to: (field: JsonObject) => JsonObject;
  /** The type that the server must have for it. */
  readonly needs?: string;
  readonly why: string;
  /** Whether it can stand in a multi-field. */
  readonly inFields: boolean;
}

/** Values longer than this would be more bytes than an index term can have. */
const LONGEST_KEYWORD = 8191;

const only = (field: JsonObject, names: readonly string[]): JsonObject => Object.fromEntries(Object.entries(field).filter(([name]) => names.includes(name)));
const SHARED = ['copy_to', 'fields', 'meta'];
const keyword = (field: JsonObject): JsonObject => ({ type: 'keyword', ...only(field, [...SHARED, 'doc_values', 'ignore_above', 'index', 'null_value', 'store']) });
const text = (field: JsonObject): JsonObject => ({ type: 'text', ...only(field, [...SHARED, 'analyzer', 'search_analyzer', 'search_quote_analyzer', 'fielddata']) });

const AS_KEYWORD = (rule: string, why: string): readonly TypeRule[] => [{ rule, to: keyword, why, inFields: true }];
const OBJECT: TypeRule = {
  rule: 'to-unindexed-object',
  to: (field) => ({ type: 'object', enabled: false, ...only(field, []) }),
  why: 'the server has no type for an object of any members; it is kept with the document and can not be searched',
  inFields: false,
};

const DISTRIBUTION = 'the server has no type for distributions; they are kept with the document, and no aggregation reads them';
const metrics = (field: JsonObject): JsonObject => {
  const names = Array.isArray(field['metrics']) ? (field['metrics'] as readonly JsonValue[]).map(String) : [];
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: name === 'value_count' ? 'long' : 'double' }])) };
};

const RULES: Readonly<Record<string, readonly TypeRule[]>> = {
  flattened: [{ rule: 'flattened-to-flat_object', to: () => ({ type: 'flat_object' }), needs: 'flat_object', why: 'flat_object is what OpenSearch calls it', inFields: false }, OBJECT],
  flat_object: [{ rule: 'flat_object-to-flattened', to: () => ({ type: 'flattened' }), needs: 'flattened', why: 'flattened is what Elasticsearch calls it', inFields: false }, OBJECT],
  match_only_text: [{ rule: 'match_only_text-to-text', to: (field) => ({ ...text(field), norms: false }), why: 'text without norms finds the same documents and takes more room', inFields: true }],
  pattern_text: [{ rule: 'pattern_text-to-text', to: text, why: 'text finds the same documents and takes more room', inFields: true }],
  annotated_text: [{ rule: 'annotated_text-to-text', to: text, why: 'annotations are searched as text', inFields: true }],
  constant_keyword: AS_KEYWORD('constant_keyword-to-keyword', 'every document has to say the value itself'),
  wildcard: [
    {
      rule: 'wildcard-to-keyword',
      to: (field) => ({ ...keyword(field), ignore_above: field['ignore_above'] ?? LONGEST_KEYWORD }),
      why: `wildcard searches are slower, and values over ${LONGEST_KEYWORD} characters can't be searched`,
      inFields: true,
    },
  ],
  version: AS_KEYWORD('version-to-keyword', 'versions sort as texts'),
  counted_keyword: AS_KEYWORD('counted_keyword-to-keyword', 'counts of equal values in one document are lost'),
  icu_collation_keyword: AS_KEYWORD('icu_collation_keyword-to-keyword', 'values sort by their bytes, not by the rules of a language'),
  unsigned_long: [{ rule: 'unsigned_long-to-double', to: (field) => ({ type: 'double', ...only(field, [...SHARED, 'doc_values', 'ignore_malformed', 'index', 'null_value', 'store']) }), why: 'values over 2^53 are rounded', inFields: true }],
  // Figures of a histogram are nothing without the others; they are kept, as the members of a flattened object are.
  histogram: [{ ...OBJECT, rule: 'to-unindexed-object', why: DISTRIBUTION }],
  exponential_histogram: [{ ...OBJECT, rule: 'to-unindexed-object', why: DISTRIBUTION }],
  tdigest: [{ ...OBJECT, rule: 'to-unindexed-object', why: DISTRIBUTION }],
  aggregate_metric_double: [{ rule: 'aggregate_metric_double-to-object', to: metrics, why: 'each figure is a field of its own, to be asked for by its name: the field itself answers nothing', inFields: false }],
  point: [{ rule: 'point-to-xy_point', to: (field) => ({ type: 'xy_point', ...only(field, ['ignore_malformed', 'ignore_z_value', 'null_value']) }), needs: 'xy_point', why: 'xy_point is what OpenSearch calls it', inFields: false }],
  shape: [{ rule: 'shape-to-xy_shape', to: (field) => ({ type: 'xy_shape', ...only(field, ['coerce', 'ignore_malformed', 'ignore_z_value', 'orientation']) }), needs: 'xy_shape', why: 'xy_shape is what OpenSearch calls it', inFields: false }],
  xy_point: [{ rule: 'xy_point-to-point', to: (field) => ({ type: 'point', ...only(field, ['ignore_malformed', 'ignore_z_value', 'null_value']) }), needs: 'point', why: 'point is what Elasticsearch calls it', inFields: false }],
  xy_shape: [{ rule: 'xy_shape-to-shape', to: (field) => ({ type: 'shape', ...only(field, ['coerce', 'ignore_malformed', 'ignore_z_value', 'orientation']) }), needs: 'shape', why: 'shape is what Elasticsearch calls it', inFields: false }],
  passthrough: [{ rule: 'passthrough-to-object', to: (field) => ({ type: 'object', ...only(field, ['dynamic', 'enabled', 'properties']) }), why: 'fields have to be asked for by their whole path', inFields: false }],
};

/** Types with no counterpart: what they hold, no other type answers for. */
const WITHOUT: Readonly<Record<string, string>> = {
  dense_vector: 'vectors for a search by nearness',
  geo_shape: 'shapes on the earth',
  knn_vector: 'vectors for a search by nearness',
  murmur3: 'hashes of values',
  point: 'points of a plane',
  semantic_text: 'vectors that the server makes of texts',
  shape: 'shapes of a plane',
  sparse_vector: 'weights of tokens',
  xy_point: 'points of a plane',
  xy_shape: 'shapes of a plane',
};

/** A field of a type that the server lacks, as one of a type that it has. */
export function translateType(field: JsonObject, path: string, inFields: boolean, notes: Notes): JsonObject {
  const type = field['type'];
  if (typeof type !== 'string') return field;
  if (type === 'string') return translateString(field, path, notes);
  const lacking = notes.lacks(`type:${type}`) || (type === 'constant_keyword' && field['value'] === undefined && notes.lacks('parameter:constant_keyword without value'));
  if (!lacking) return field;
  const rule = RULES[type]?.find(({ needs }) => needs === undefined || !notes.lacks(`type:${needs}`));
  if (rule === undefined || (inFields && !rule.inFields)) {
    notes.refuse(path, `the server has no type ${type}${WITHOUT[type] === undefined ? '' : `, and none that holds ${WITHOUT[type]}`}`);
    return field;
  }
  const translated = rule.to(field);
  const name = rule.rule === OBJECT.rule ? `${type}-${rule.rule}` : rule.rule;
  const lost = Object.keys(field).filter((key) => key !== 'type' && translated[key] === undefined);
  notes.apply(name, path, `${rule.why}${lost.length === 0 ? '' : `; without ${lost.join(', ')}`}`);
  return translated;
}

/** Whether a value is a field, by its form. */
export function isField(value: JsonValue | undefined): value is JsonObject {
  return isObject(value) && (typeof value['type'] === 'string' || isObject(value['properties']));
}
