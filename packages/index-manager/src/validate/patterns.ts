import type { IndexSetup, IndexTemplate } from '../model.ts';

/** The template that a server would take for a new index or data stream of that name. */
export function templateFor(setup: Pick<IndexSetup, 'indexTemplates'>, name: string): readonly [string, IndexTemplate] | undefined {
  return Object.entries(setup.indexTemplates)
    .filter(([, template]) => template.index_patterns.some((pattern) => matches(pattern, name)))
    .sort(([, one], [, other]) => (other.priority ?? 0) - (one.priority ?? 0))[0];
}

/** Whether a pattern holds for a name; for another pattern, whether it holds for every name that the other one holds for. */
export function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() as string;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/** Whether there is a name that both patterns hold for. */
export function overlap(one: string, other: string): boolean {
  // Reachable positions of `other`, one character of `one` after the other: a table of two rows instead of a search back.
  let row = reach(new Set([0]), other);
  for (const character of one) {
    const next = new Set<number>();
    if (character === '*') for (let at = Math.min(...row); at <= other.length; at += 1) next.add(at);
    else for (const at of row) {
      if (other[at] === '*') next.add(at);
      else if (other[at] === character) next.add(at + 1);
    }
    if (next.size === 0) return false;
    row = reach(next, other);
  }
  return row.has(other.length);
}

/** A `*` may stand for nothing. */
function reach(positions: Set<number>, pattern: string): Set<number> {
  for (const at of positions) if (pattern[at] === '*') positions.add(at + 1);
  return positions;
}
