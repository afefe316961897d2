/**
 * Levels that JSON from outside may be nested. A dashboard's searches have about twenty; what is far deeper is meant to
 * exhaust whoever walks it.
 */
export const DEEPEST_JSON = 64;

/** Whether a JSON text has more than `most` levels; counted on the text, so that nothing deep is ever built. */
export function isDeeper(json: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') {
      depth += 1;
      if (depth > most) return true;
    } else if (sign === '}' || sign === ']') depth -= 1;
  }
  return false;
}
