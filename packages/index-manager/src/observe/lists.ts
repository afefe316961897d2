/** A server reads no longer address than 4096 bytes; the rest is for what stands around the list. */
export const LONGEST_LIST = 3000;

/**
 * Names as patterns that fit into so many lists: themselves, where there is room for them. Where there isn't, names with a
 * beginning in common share one pattern, those with the longest one first, so that as little as possible is read beside them.
 */
export function patternsOf(names: readonly string[], most: number): readonly string[] {
  const sorted = [...new Set(names)].sort();
  const longest = Math.max(0, ...sorted.map(({ length }) => length));
  for (let shortest = longest + 1; shortest > 1; shortest -= 1) {
    const patterns = shared(sorted, shortest);
    if (listsOf(patterns).length <= most) return patterns;
  }
  return shared(sorted, 1);
}

/** Names or patterns as lists for an address, each as long as it may be. */
export function listsOf(patterns: readonly string[]): readonly string[] {
  const lists: string[] = [];
  for (const pattern of patterns.map(encodeURIComponent)) {
    const last = lists.at(-1);
    if (last === undefined || last.length + pattern.length >= LONGEST_LIST) lists.push(pattern);
    else lists[lists.length - 1] = `${last},${pattern}`;
  }
  return lists;
}

/** Neighbours with at least so long a beginning in common become one pattern. */
function shared(sorted: readonly string[], shortest: number): readonly string[] {
  const patterns: string[] = [];
  let beginning: string | undefined;
  for (const name of sorted) {
    const common = beginning === undefined ? 0 : commonLength(beginning, name);
    if (beginning !== undefined && common >= shortest) {
      beginning = beginning.slice(0, common);
      patterns[patterns.length - 1] = `${beginning}*`;
    } else {
      beginning = name;
      patterns.push(name);
    }
  }
  return patterns;
}

function commonLength(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  // Half a character is none.
  return /[\uD800-\uDBFF]$/.test(one.slice(0, at)) ? at - 1 : at;
}
