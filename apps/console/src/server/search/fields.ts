import { either, isObject, keyed, list, listOrOne, object, oneOf, type Rebuild, refused, text } from './rebuild.ts';

const FIELD = /^(?:[a-z@][\w@-]*(?:\.[\w@-]+)*|_id|_index)$/iu;
const LONGEST_FIELD = 256;

/** True for a field's name. Names that JavaScript gives a meaning to never get through. */
export function isField(name: string): boolean {
  return name.length <= LONGEST_FIELD && FIELD.test(name) && !name.includes('__proto__');
}

/** A field's name. */
export const field: Rebuild = (value, place) => {
  if (typeof value !== 'string' || !isField(value)) throw refused(place, 'no field name');
  return value;
};

/** A field's name or a pattern such as `kubernetes.*`. */
export const fieldPattern: Rebuild = text(LONGEST_FIELD, /^[\w@.*-]+(?:\^\d{1,3}(?:\.\d{1,3})?)?$/u);

/** A date's format, such as `strict_date_optional_time||epoch_millis`. */
export const format: Rebuild = text(100, /^[\w .:|/'#,%-]+$/u);

/** `UTC`, `+02:00` or a name such as `Europe/Berlin`. */
export const timeZone: Rebuild = text(64, /^(?:[+-]\d{2}:\d{2}|[A-Za-z][\w+-]*(?:\/[\w+-]+)*)$/u);

/** `_source`: whether, or which parts. */
export const source: Rebuild = either(
  isObject,
  object({ includes: listOrOne(fieldPattern, 100), excludes: listOrOne(fieldPattern, 100) }),
  (value, place) => (typeof value === 'boolean' ? value : listOrOne(fieldPattern, 100)(value, place)),
);

/** `docvalue_fields`: names, or names with a format. */
export const docValues: Rebuild = list(either(isObject, object({ field: fieldPattern, format }), fieldPattern), 50);

const direction = oneOf('asc', 'desc');
const sortOptions = object({
  order: direction,
  missing: oneOf('_first', '_last'),
  unmapped_type: oneOf('keyword', 'date', 'long', 'double', 'boolean', 'ip'),
});
const isSortable = (name: string): boolean => isField(name) || name === '_score' || name === '_doc';

/** `sort`: names, or names with an order. Scripts and geographic distances are no names. */
export const sort: Rebuild = listOrOne(
  either(
    isObject,
    keyed(isSortable, either(isObject, sortOptions, direction), 5),
    (value, place) => (value === '_score' || value === '_doc' ? value : field(value, place)),
  ),
  5,
);
