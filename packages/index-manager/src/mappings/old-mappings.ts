import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { Notes } from './translation.ts';

/** Members of a mapping that are not names of a type in the form of Elasticsearch 6 and before. */
const MEMBERS = new Set(['properties', 'dynamic', 'dynamic_templates', 'date_detection', 'numeric_detection', 'dynamic_date_formats', 'runtime', 'derived', 'enabled', 'subobjects', 'dynamic_property', 'numeric_date_formats', 'include_in_all', 'type']);

/** Mappings once stood under the names of types, with `_default_` for what all of them have. */
export function withoutTypes(mapping: JsonObject, path: string, notes: Notes): JsonObject {
  const types = Object.keys(mapping).filter((name) => isObject(mapping[name]) && !MEMBERS.has(name) && (!name.startsWith('_') || name === '_doc' || name === '_default_'));
  const beside = Object.entries(mapping).filter(([name]) => !types.includes(name));
  // Beside its types such a mapping has nothing that says what fields there are.
  if (types.length === 0 || beside.some(([name]) => name === 'properties' || name === 'dynamic_templates')) return mapping;
  const ordered = [...types].sort((one, other) => Number(other === '_default_') - Number(one === '_default_'));
  const bodies = ordered.map((name) => mapping[name] as JsonObject);
  const names = types.filter((name) => name !== '_default_');
  if (names.length > 1) notes.apply('types-to-one', path, `${names.join(', ')} have one mapping together, as fields of one name had to be the same in all of them`);
  else notes.apply('type-wrapper', `${path}.${names[0] ?? '_default_'}`, 'mappings stand under no type any more');
  return bodies.reduce<JsonObject>(merge, Object.fromEntries(beside));
}

function merge(one: JsonObject, other: JsonObject): JsonObject {
  const joined = Object.entries(other).map(([name, value]): readonly [string, JsonValue | undefined] => {
    const before = one[name];
    if (isObject(before) && isObject(value)) return [name, merge(before, value)];
    if (Array.isArray(before) && Array.isArray(value)) return [name, [...(value as readonly JsonValue[]), ...(before as readonly JsonValue[])]];
    return [name, value];
  });
  return { ...one, ...Object.fromEntries(joined) };
}

/** Parameters of fields that no server since Elasticsearch 5 has, and what is so without them. */
const GONE: Readonly<Record<string, string>> = {
  precision_step: 'numbers are kept in another way',
  numeric_resolution: 'dates say themselves how fine they are',
  omit_norms: 'the parameter is called norms',
  geohash: 'a geo_point has no fields of its own',
  geohash_prefix: 'a geo_point has no fields of its own',
  geohash_precision: 'a geo_point has no fields of its own',
  lat_lon: 'a geo_point has no fields of its own',
};
/** Parameters that only `keyword` or numbers have today; a `string` took them without use. */
const NOT_OF_TEXT = new Set(['doc_values', 'ignore_above', 'null_value']);

/** A field in today's words; everything else about it stays. */
export function withoutOldParameters(field: JsonObject, path: string, notes: Notes): JsonObject {
  const changed = new Map<string, JsonValue | undefined>();
  const say = (name: string, why: string, value?: JsonValue, as = name): void => {
    notes.apply('old-parameter', `${path}.${name}`, why);
    changed.set(name, undefined);
    if (value !== undefined) changed.set(as, value);
  };
  const { type, index, norms, fielddata } = field;
  if (index === 'no') say('index', 'index: no is index: false', false);
  else if (index === 'not_analyzed' || index === 'analyzed') say('index', 'whether a text is analysed follows from its type');
  if (isObject(norms)) say('norms', 'norms is a truth', norms['enabled'] ?? true);
  if (isObject(fielddata)) say('fielddata', 'left out: which form field data has follows from the type');
  if (field['omit_norms'] === true && norms === undefined && type === 'text') say('omit_norms', 'the parameter is called norms', false, 'norms');
  if (field['index_analyzer'] !== undefined) say('index_analyzer', 'the parameter is called analyzer', field['index_analyzer'], 'analyzer');
  if (field['position_offset_gap'] !== undefined) say('position_offset_gap', 'the parameter is called position_increment_gap', field['position_offset_gap'], 'position_increment_gap');
  for (const [name, why] of Object.entries(GONE)) if (field[name] !== undefined && !changed.has(name)) say(name, `left out: ${why}`);
  if (changed.size === 0) return field;
  return Object.fromEntries(Object.entries({ ...field, ...Object.fromEntries(changed) }).filter(([, value]) => value !== undefined));
}

/** Parameters of analysed texts, which a `string` that is not analysed took without use. */
const OF_TEXT = new Set(['index', 'analyzer', 'index_analyzer', 'search_analyzer', 'norms', 'omit_norms', 'position_offset_gap', 'term_vector', 'fielddata', 'index_options']);

/** What Elasticsearch 2 called both text and keyword. */
export function translateString(field: JsonObject, path: string, notes: Notes): JsonObject {
  const { index } = field;
  const exact = index === 'not_analyzed' || index === 'no' || index === false;
  notes.apply('string-to-text-or-keyword', path, `a string that is ${exact ? 'not analysed is a keyword' : 'analysed is a text'}`);
  const useless = exact ? OF_TEXT : NOT_OF_TEXT;
  const kept = Object.fromEntries(Object.entries(field).filter(([name]) => !useless.has(name) && name !== 'index'));
  return { ...kept, type: exact ? 'keyword' : 'text', ...(exact && index !== 'not_analyzed' ? { index: false } : {}) };
}
