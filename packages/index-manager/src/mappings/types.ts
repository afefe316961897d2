import type { MappingChangeClass } from './parameters.ts';

/** Their documents hold an object, which no type of one value takes. */
const OBJECTS: ReadonlySet<string> = new Set(['object', 'nested', 'flat_object', 'flattened', 'passthrough']);

/** Their documents hold texts, numbers or truths, and they take nothing else. */
const VALUES: ReadonlySet<string> = new Set([
  ...['keyword', 'text', 'match_only_text', 'search_as_you_type', 'token_count', 'wildcard', 'constant_keyword', 'version', 'annotated_text', 'murmur3', 'icu_collation_keyword'],
  ...['long', 'integer', 'short', 'byte', 'double', 'float', 'half_float', 'scaled_float', 'unsigned_long', 'boolean', 'date', 'date_nanos', 'ip', 'binary', 'rank_feature'],
]);

/** No server changes the type of a field in an index; the question is whether a copy of the documents could have it. */
export function typeChange(before: string, after: string): { readonly class: MappingChangeClass; readonly why: string } {
  if (before !== 'alias' && after === 'alias') {
    return { class: 'impossible', why: 'an alias holds no value, and the documents have one here: a copy of them would be refused' };
  }
  if ((OBJECTS.has(before) && VALUES.has(after)) || (VALUES.has(before) && OBJECTS.has(after))) {
    const [holds, takes] = OBJECTS.has(before) ? ['objects', 'one value'] : ['one value', 'objects'];
    return { class: 'impossible', why: `documents hold ${holds} here and a ${after} field takes ${takes}: a pipeline has to change the documents` };
  }
  return { class: 'reindex', why: 'no server changes the type of a field' };
}
