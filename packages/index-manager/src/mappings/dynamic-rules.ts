import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import type { Notes } from './translation.ts';

/** Kinds of JSON values, as dynamic templates call them. */
const KINDS: readonly string[] = ['string', 'long', 'double', 'boolean', 'date', 'binary', 'object'];
const PATTERNS = ['match', 'unmatch', 'path_match', 'path_unmatch'] as const;

/** A dynamic template by the rules of a server that takes one pattern and one kind where others take lists. */
export function translateMatching(name: string, template: JsonObject, at: string, notes: Notes): readonly JsonObject[] {
  const one = withoutPatternLists(template, at, notes);
  const { unmatch_mapping_type: not, ...rest } = one;
  const excluding = not !== undefined && notes.lacks('parameter:unmatch_mapping_type');
  const without = listOf(not);
  const given = one['match_mapping_type'];
  const all = given === undefined || given === '*' ? KINDS : listOf(given);
  if (excluding) notes.apply('unmatch_mapping_type-to-kinds', `${at}.unmatch_mapping_type`, 'one template for each of the other kinds');
  else if (!Array.isArray(given) || !notes.lacks('parameter:match_mapping_type list')) return [{ [name]: one }];
  else notes.apply('match_mapping_type-list', `${at}.match_mapping_type`, 'one template for each of the kinds');
  return all.filter((kind) => !excluding || !without.includes(kind)).map((kind) => ({ [`${name}_${kind}`]: { ...(excluding ? rest : one), match_mapping_type: kind } }));
}

/** Several patterns are one regular expression; all patterns of a template are of one form. */
function withoutPatternLists(template: JsonObject, at: string, notes: Notes): JsonObject {
  const lists = PATTERNS.filter((name) => Array.isArray(template[name]));
  if (lists.length === 0 || !notes.lacks('parameter:path_match list')) return template;
  notes.apply('pattern-list-to-regex', `${at}.${lists[0]}`, `one regular expression for the list of ${lists.join(' and ')}`);
  const regex = template['match_pattern'] === 'regex';
  const spelled = (pattern: string): string => (regex ? `(?:${pattern})` : pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/gu, String.raw`\$&`)).join('.*'));
  const patterns = PATTERNS.flatMap((name) => (template[name] === undefined ? [] : [[name, listOf(template[name]).map(spelled).join('|')] as const]));
  return { ...template, match_pattern: 'regex', ...Object.fromEntries(patterns) };
}

function listOf(value: JsonValue | undefined): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]).map(String) : [String(value)];
}

/** `dynamic: runtime`, where a server makes no fields at search time. */
export function translateDynamicMode(value: JsonValue, at: string, notes: Notes): JsonValue {
  if (value !== 'runtime' || !notes.lacks('parameter:dynamic=runtime')) return value;
  notes.apply('dynamic-runtime', at, 'new members are indexed when they come instead of read when they are searched, which takes more room');
  return true;
}

/** Whether a value is one dynamic template under its name. */
export function namedTemplate(entry: JsonValue): readonly [name: string, template: JsonObject] | undefined {
  const [name] = isObject(entry) ? Object.keys(entry) : [];
  const template = isObject(entry) && name !== undefined ? entry[name] : undefined;
  return isObject(template) && name !== undefined ? [name, template] : undefined;
}
