import { createHash } from 'node:crypto';

/** Draws the truth of an attempt: the same seed draws the same. Not for secrets. */
export interface HuntRandom {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** `count` different items, in drawn order; all of them when there are fewer. */
  sample<Item>(items: readonly Item[], count: number): readonly Item[];
  /** Hexadecimal digits. */
  hex(digits: number): string;
}

/** A generator for a seed (mulberry32 over its SHA-256). */
export function createHuntRandom(seed: string): HuntRandom {
  let state = createHash('sha256').update(`hunt:${seed}`).digest().readInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    sample(items, count) {
      const rest = [...items];
      const drawn: (typeof rest)[number][] = [];
      while (drawn.length < count && rest.length > 0) drawn.push(...rest.splice(integer(0, rest.length - 1), 1));
      return drawn;
    },
    hex: (digits) => Array.from({ length: digits }, () => integer(0, 15).toString(16)).join(''),
  };
}
