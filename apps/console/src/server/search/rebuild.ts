import { PodscopeError } from '@podscope/core';

/** Plain JSON, made by this server and not by whoever asked. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Where in a search a value stands, and what that place still allows. */
export interface Place {
  readonly path: string;
  readonly depth: number;
  /** How many buckets the aggregations around ask for, multiplied. */
  readonly buckets: number;
  /** Shared by the whole search: how many queries and aggregations it has so far. */
  readonly spent: { parts: number };
}

/** Makes a new value out of an untrusted one, or throws. */
export type Rebuild = (value: unknown, place: Place) => Json;

const DEEPEST = 24;
/** A split with an "other" bucket asks with one filter, of several queries, for each series. */
const MOST_PARTS = 4_000;

/** The place of a whole search. */
export function outermost(path: string): Place {
  return { path, depth: 0, buckets: 1, spent: { parts: 0 } };
}

/** The error for something that a search may not contain. */
export function refused(place: Place, what: string): PodscopeError<'CONSOLE_SEARCH_REFUSED'> {
  return new PodscopeError('CONSOLE_SEARCH_REFUSED', `The search has ${what} at ${place.path}.`, {
    hint: 'docs/errors/CONSOLE_SEARCH_REFUSED.md lists what a search may contain.',
  });
}

/** The place of a member; refuses what is nested too deep. */
export function under(place: Place, name: string): Place {
  const shown = name.replaceAll(/[^\w@.*-]/gu, '?').slice(0, 60);
  const deeper = { ...place, path: `${place.path}.${shown}`, depth: place.depth + 1 };
  if (deeper.depth > DEEPEST) throw refused({ ...place, path: place.path.slice(0, 80) }, 'too many levels');
  return deeper;
}

/** Counts one query or aggregation. */
export function spend(place: Place): void {
  place.spent.parts += 1;
  if (place.spent.parts > MOST_PARTS) throw refused(place, `more than ${MOST_PARTS} queries and aggregations`);
}

/** A JSON object's own members. */
export function membersOf(value: unknown, place: Place): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(place, 'no object');
  return Object.entries(value);
}

/** An object with exactly these members, each rebuilt by its own rule. */
export function object(rules: Readonly<Record<string, Rebuild>>): Rebuild {
  return (value, place) =>
    Object.fromEntries(
      membersOf(value, place).map(([name, member]) => {
        const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
        if (rule === undefined) throw refused(under(place, name), 'a member that is not allowed');
        return [name, rule(member, under(place, name))];
      }),
    );
}

/** An object with one or more members whose names are checked. */
export function keyed(isName: (name: string) => boolean, rule: Rebuild, most: number): Rebuild {
  return (value, place) => {
    const members = membersOf(value, place);
    if (members.length > most) throw refused(place, `more than ${most} members`);
    return Object.fromEntries(
      members.map(([name, member]) => {
        const inner = under(place, name);
        if (!isName(name)) throw refused(inner, 'a name that is not allowed');
        return [name, rule(member, inner)];
      }),
    );
  };
}

/** As {@link keyed}, with exactly one member. */
export function single(isName: (name: string) => boolean, rule: Rebuild): Rebuild {
  const rebuild = keyed(isName, rule, 1);
  return (value, place) => {
    if (membersOf(value, place).length !== 1) throw refused(place, 'not exactly one member');
    return rebuild(value, place);
  };
}

/** A list of at most `most` items. */
export function list(rule: Rebuild, most: number): Rebuild {
  return (value, place) => {
    if (!Array.isArray(value)) throw refused(place, 'no list');
    if (value.length > most) throw refused(place, `more than ${most} items`);
    return value.map((item: unknown, index) => rule(item, under(place, String(index))));
  };
}

/** One value or a list of them. */
export function listOrOne(rule: Rebuild, most: number): Rebuild {
  const many = list(rule, most);
  return (value, place) => (Array.isArray(value) ? many(value, place) : rule(value, place));
}

/** The first rule whose shape the value has. */
export function either(isFirst: (value: unknown) => boolean, first: Rebuild, second: Rebuild): Rebuild {
  return (value, place) => (isFirst(value) ? first(value, place) : second(value, place));
}

/** True for an object that is no list. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of at most `longest` characters, of a form if one is given. */
export function text(longest: number, form?: RegExp): Rebuild {
  return (value, place) => {
    if (typeof value !== 'string') throw refused(place, 'no text');
    if (value.length > longest) throw refused(place, `a text longer than ${longest} characters`);
    if (form !== undefined && !form.test(value)) throw refused(place, 'a text of another form than allowed');
    return value;
  };
}

/** A finite number within bounds. */
export function number(least = -Number.MAX_VALUE, most = Number.MAX_VALUE): Rebuild {
  return (value, place) => {
    if (typeof value !== 'number' || !(value >= least && value <= most)) throw refused(place, `no number from ${least} to ${most}`);
    return value;
  };
}

/** A whole number within bounds. */
export function integer(least: number, most: number): Rebuild {
  const bounded = number(least, most);
  return (value, place) => {
    if (!Number.isSafeInteger(value)) throw refused(place, 'no whole number');
    return bounded(value, place);
  };
}

/** True or false. */
export const flag: Rebuild = (value, place) => {
  if (typeof value !== 'boolean') throw refused(place, 'neither true nor false');
  return value;
};

/** One of a few texts. */
export function oneOf(...allowed: readonly string[]): Rebuild {
  return (value, place) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw refused(place, `none of ${allowed.join(', ')}`);
    return found;
  };
}

/** A single value to compare with. */
export const scalar: Rebuild = (value, place) => {
  if (value === null || typeof value === 'boolean') return value;
  return typeof value === 'number' ? number()(value, place) : text(2_048)(value, place);
};
