import type { JsonValue } from '../model.ts';

/** A value of a file, with the place of each part of it. Parts that an alias of YAML repeats are the same object. */
export type Located = LocatedScalar | LocatedList | LocatedObject;

interface Anywhere {
  /** Where it begins, counted in characters from the beginning of the text. */
  readonly at: number;
}

/** A text, number, flag or null. */
export interface LocatedScalar extends Anywhere {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

/** A list. */
export interface LocatedList extends Anywhere {
  readonly kind: 'list';
  readonly items: readonly Located[];
}

/** An object; of a member that is there twice, the first. */
export interface LocatedObject extends Anywhere {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, LocatedMember>;
}

/** A member of an object. */
export interface LocatedMember extends Anywhere {
  readonly value: Located;
}

/** What is wrong with a text, before anything is known of setups. */
export interface TextProblem extends Anywhere {
  readonly what: string;
  readonly allowed?: string;
  /** Another place in the same text. */
  readonly also?: number;
}

/** What a reader made of a text. Without a value where the text is no such document at all. */
export interface ReadText {
  readonly tree?: Located;
  readonly problems: readonly TextProblem[];
}

/** Deeper is no template, policy or pipeline; servers stop far earlier. */
export const DEEPEST = 200;

/** What is said of a text that is deeper. */
export const TOO_DEEP = { what: 'is nested too deeply', allowed: `${DEEPEST} levels` } as const;

/** What is said of a member that is there before. */
export function repeatedKey(key: string): Pick<TextProblem, 'what' | 'allowed'> {
  return { what: `${JSON.stringify(key)} is there twice`, allowed: 'each member once' };
}

/** A number as it is written, and what is said of it where its digits can't be kept. */
export function numberIn(text: string): { readonly value: number; readonly problem?: Pick<TextProblem, 'what' | 'allowed'> } {
  const value = Number(text);
  const digits = text.replace(/^\+/u, '');
  const lost = !Number.isFinite(value) || (/^-?\d+$/u.test(digits) && !Number.isSafeInteger(value) && String(value) !== digits);
  if (!lost) return { value };
  return { value, problem: { what: `the number ${text} can't be kept exactly`, allowed: 'whole numbers up to 9007199254740991, or the number as a text in quotes' } };
}

/** The plain value. */
export function valueOf(tree: Located, known = new Map<Located, JsonValue>()): JsonValue {
  if (tree.kind === 'scalar') return tree.value;
  const before = known.get(tree);
  if (before !== undefined) return before;
  const value: JsonValue =
    tree.kind === 'list' ? tree.items.map((item) => valueOf(item, known)) : Object.fromEntries([...tree.members].map(([key, member]) => [key, valueOf(member.value, known)]));
  known.set(tree, value);
  return value;
}

/** Where the part begins that a path names; undefined when not even its first step is there. A member begins at its name. */
export function placeIn(tree: Located, path: readonly (string | number)[]): number | undefined {
  let here = tree;
  let place: number | undefined;
  for (const step of path) {
    const next: LocatedMember | Located | undefined = here.kind === 'object' ? here.members.get(String(step)) : here.kind === 'list' ? here.items[Number(step)] : undefined;
    if (next === undefined) break;
    place = next.at;
    here = 'kind' in next ? next : next.value;
  }
  return place;
}
