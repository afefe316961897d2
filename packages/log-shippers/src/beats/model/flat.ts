import { isTree, type Tree, type TreeValue } from './tree.ts';

/** A tree with every dotted key taken apart: Beats read `a.b: 1` and `a: {b: 1}` as the same. Later keys win over earlier ones. */
export function nested(tree: Tree): Tree {
  const result: Record<string, TreeValue> = {};
  for (const [key, value] of Object.entries(tree)) {
    const parts = key.split('.');
    let at = result;
    for (const part of parts.slice(0, -1)) {
      const below = Object.hasOwn(at, part) ? at[part] : undefined;
      const next: Record<string, TreeValue> = isTree(below) ? { ...below } : {};
      own(at, part, next);
      at = next;
    }
    const last = parts.at(-1) ?? key;
    const before = Object.hasOwn(at, last) ? at[last] : undefined;
    const now = isTree(value) ? nested(value) : value;
    own(at, last, isTree(before) && isTree(now) ? join(before, now) : now);
  }
  return result;
}

/** A key such as `__proto__` is one like any other in somebody's file. */
function own(target: Record<string, TreeValue>, key: string, value: TreeValue): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

function join(one: Tree, other: Tree): Tree {
  const result: Record<string, TreeValue> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    own(result, key, isTree(before) && isTree(value) ? join(before, value) : value);
  }
  return result;
}

/** An option's dotted name and its value. */
export type FlatOption = readonly [name: string, value: TreeValue];

/**
 * The options of a tree by their dotted names. `isLeaf` ends the descent: an option whose value is a map of its own.
 */
export function flat(tree: Tree, isLeaf: (name: string) => boolean, prefix = ''): FlatOption[] {
  return Object.entries(nested(tree)).flatMap(([key, value]): FlatOption[] => {
    const name = `${prefix}${key}`;
    if (!isTree(value) || isLeaf(name) || Object.keys(value).length === 0) return [[name, value]];
    return flat(value, isLeaf, `${name}.`);
  });
}
