/** What becomes of an item of the old list, in the order of the new one. `to` is undefined for one that is gone, `from` for one that is new. */
export interface Pair {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * Pairs the items of two lists: those of equal text first, in order (longest common subsequence); between them, those that `same` says are the same
 * thing in a new state. Gone ones stand where they were.
 */
export function align<Item>(before: readonly Item[], after: readonly Item[], textOf: (item: Item) => string, same: (a: Item, b: Item) => boolean): readonly Pair[] {
  const [old, fresh] = [before.map(textOf), after.map(textOf)];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  const pairs: Pair[] = old.slice(0, head).map((_, at) => ({ from: at, to: at }));
  return [...pairs, ...alignRest(before, after, (i, j) => old[i] === fresh[j], same, head)];
}

function alignRest<Item>(before: readonly Item[], after: readonly Item[], equal: (i: number, j: number) => boolean, same: (a: Item, b: Item) => boolean, head: number): readonly Pair[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= head; i--) {
    for (let j = after.length - 1; j >= head; j--) {
      const row = lengths[i] as number[];
      row[j] = equal(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  let gone: number[] = [];
  let fresh: number[] = [];
  const settle = (): void => {
    for (const to of fresh) {
      const found = gone.findIndex((from) => same(before[from] as Item, after[to] as Item));
      if (found >= 0) for (const from of gone.splice(0, found)) pairs.push({ from, to: undefined });
      pairs.push({ from: found >= 0 ? gone.shift() : undefined, to });
    }
    for (const from of gone) pairs.push({ from, to: undefined });
    gone = [];
    fresh = [];
  };
  for (let i = head, j = head; i < before.length || j < after.length; ) {
    if (i < before.length && j < after.length && equal(i, j)) {
      settle();
      pairs.push({ from: i++, to: j++ });
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) gone.push(i++);
    else fresh.push(j++);
  }
  settle();
  return pairs;
}
