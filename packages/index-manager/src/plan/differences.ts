import type { Difference, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';

/** Every place at which `after` is not `before`. The order of an object's members means nothing, that of a list does. */
export function differences(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: readonly string[] = [],
): readonly Difference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => differences(own(before, name), own(after, name), [...path, name]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item: JsonValue, index) =>
      differences(item, (after as readonly JsonValue[])[index], [...path, String(index)]),
    );
  }
  return before === after ? [] : [{ path: path.join('.'), before, after }];
}

function own(object: { readonly [key: string]: JsonValue | undefined }, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
