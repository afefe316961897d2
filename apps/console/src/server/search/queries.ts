import { field, fieldPattern, format, isField, timeZone } from './fields.ts';
import {
  either,
  flag,
  integer,
  isObject,
  type Json,
  keyed,
  list,
  listOrOne,
  membersOf,
  number,
  object,
  oneOf,
  type Place,
  type Rebuild,
  refused,
  scalar,
  single,
  spend,
  text,
  under,
} from './rebuild.ts';

const LONGEST_QUERY = 2_000;
const MOST_CLAUSES = 200;
const MOST_VALUES = 1_000;

const boost = number(0, 1_000);
const minimum = either((value) => typeof value === 'number', integer(-MOST_CLAUSES, MOST_CLAUSES), text(20, /^-?\d{1,3}%?$/u));
const operator = oneOf('and', 'or', 'AND', 'OR');
const queryText = text(LONGEST_QUERY);

const byField = (options: Rebuild): Rebuild => single(isField, either(isObject, options, scalar));

const termsOfFields: Rebuild = (value, place) => {
  const values = list(scalar, MOST_VALUES);
  const members = membersOf(value, place).map(([name, member]): readonly [string, Json] => {
    const inner = under(place, name);
    if (name === 'boost') return [name, boost(member, inner)];
    if (!isField(name)) throw refused(inner, 'a name that is not allowed');
    // A lookup of values in another index is an object, so it is no list.
    return [name, values(member, inner)];
  });
  if (members.filter(([name]) => name !== 'boost').length !== 1) throw refused(place, 'not exactly one field');
  return Object.fromEntries(members);
};

const RULES: Readonly<Record<string, Rebuild>> = {
  match_all: object({ boost }),
  match_none: object({}),
  bool: object({
    must: listOrOne(query, MOST_CLAUSES),
    filter: listOrOne(query, MOST_CLAUSES),
    should: listOrOne(query, MOST_CLAUSES),
    must_not: listOrOne(query, MOST_CLAUSES),
    minimum_should_match: minimum,
    boost,
  }),
  match: byField(object({ query: scalar, operator, lenient: flag, minimum_should_match: minimum, boost })),
  match_phrase: byField(object({ query: scalar, slop: integer(0, 20), boost })),
  match_phrase_prefix: byField(object({ query: scalar, slop: integer(0, 20), max_expansions: integer(1, 200), boost })),
  multi_match: object({
    query: scalar,
    fields: list(fieldPattern, 50),
    type: oneOf('best_fields', 'phrase', 'phrase_prefix', 'most_fields', 'cross_fields'),
    operator,
    lenient: flag,
  }),
  term: byField(object({ value: scalar, case_insensitive: flag, boost })),
  terms: termsOfFields,
  prefix: byField(object({ value: text(256), case_insensitive: flag, boost })),
  wildcard: byField(object({ value: text(256), case_insensitive: flag, boost })),
  range: single(
    isField,
    object({ gt: scalar, gte: scalar, lt: scalar, lte: scalar, from: scalar, to: scalar, format, time_zone: timeZone, boost }),
  ),
  exists: object({ field: fieldPattern, boost }),
  ids: object({ values: list(text(512), MOST_VALUES) }),
  query_string: object({
    query: queryText,
    default_field: fieldPattern,
    fields: list(fieldPattern, 50),
    default_operator: operator,
    analyze_wildcard: flag,
    allow_leading_wildcard: flag,
    lenient: flag,
    time_zone: timeZone,
    boost,
  }),
  simple_query_string: object({
    query: queryText,
    fields: list(fieldPattern, 50),
    default_operator: operator,
    analyze_wildcard: flag,
    lenient: flag,
  }),
};

/** A query of the kinds that dashboards and the logs page send. */
export function query(value: unknown, place: Place): Json {
  spend(place);
  const members = membersOf(value, place);
  const [first] = members;
  if (first === undefined || members.length !== 1) throw refused(place, 'not exactly one query');
  const [kind, parameters] = first;
  const inner = under(place, kind);
  const rule = Object.hasOwn(RULES, kind) ? RULES[kind] : undefined;
  if (rule === undefined) throw refused(inner, 'a query that is not allowed');
  return { [kind]: rule(parameters, inner) };
}

/** Queries by name, as the aggregation `filters` has them. */
export const namedQueries: Rebuild = keyed((name) => name.length <= LONGEST_QUERY && name !== '__proto__', query, 500);

/** What several aggregations take besides their own parameters. */
export const fieldWithMissing = { field, missing: scalar, format } as const;
