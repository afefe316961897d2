import { docValues, field, format, sort, source, timeZone } from './fields.ts';
import { dateHistogram, fixedInterval, numberHistogram } from './histograms.ts';
import { fieldWithMissing, namedQueries, query } from './queries.ts';
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
  spend,
  text,
  under,
} from './rebuild.ts';

/** The most buckets that one aggregation may ask for. */
export const MOST_BUCKETS = 500;
/** The most buckets that nested aggregations may ask for, multiplied. */
const MOST_BUCKETS_NESTED = 25_000;
const MOST_RANGES = 50;
const DEFAULT_TERMS = 10;

const NAME = /^(?!.*__proto__)[\w@. -]{1,120}$/u;
/** `_count`, `1`, `2.50`, `1>2`. */
const orderPath = (name: string): boolean => /^(?!.*__proto__)[\w@.>-]{1,120}$/u.test(name);
const bucketsPath = text(240, /^[\w@.> -]+$/u);
const gapPolicy = oneOf('skip', 'insert_zeros');
const direction = oneOf('asc', 'desc');
const order = listOrOne(keyed(orderPath, direction, 1), 5);
const valuesOrPattern = either(Array.isArray, list(scalar, MOST_BUCKETS), text(200));
const edge = either((value) => typeof value === 'string', text(64), number());
const rangesOf = (least: Rebuild): Rebuild => list(object({ key: text(120), from: least, to: least }), MOST_RANGES);
const ofBuckets = object({ buckets_path: bucketsPath, format, gap_policy: gapPolicy });
const ofField = object(fieldWithMissing);

const RULES: Readonly<Record<string, Rebuild>> = {
  terms: object({
    ...fieldWithMissing,
    size: integer(1, MOST_BUCKETS),
    shard_size: integer(1, MOST_BUCKETS * 4),
    min_doc_count: integer(1, 1_000_000),
    order,
    include: valuesOrPattern,
    exclude: valuesOrPattern,
  }),
  date_histogram: dateHistogram(order),
  histogram: numberHistogram(order),
  range: object({ ...fieldWithMissing, ranges: rangesOf(number()), keyed: flag }),
  date_range: object({ ...fieldWithMissing, ranges: rangesOf(edge), time_zone: timeZone, keyed: flag }),
  filter: query,
  filters: object({ filters: either(isObject, namedQueries, list(query, MOST_RANGES)), other_bucket: flag, other_bucket_key: text(120) }),
  missing: object({ field }),
  avg: ofField,
  sum: ofField,
  min: ofField,
  max: ofField,
  value_count: ofField,
  stats: ofField,
  extended_stats: object({ ...fieldWithMissing, sigma: number(0, 10) }),
  cardinality: object({ ...fieldWithMissing, precision_threshold: integer(0, 40_000) }),
  percentiles: object({ ...fieldWithMissing, percents: list(number(0, 100), 20), keyed: flag }),
  percentile_ranks: object({ ...fieldWithMissing, values: list(number(), 20), keyed: flag }),
  top_hits: object({ size: integer(1, 10), from: integer(0, 0), sort, _source: source, docvalue_fields: docValues }),
  derivative: object({ buckets_path: bucketsPath, format, gap_policy: gapPolicy, unit: fixedInterval }),
  serial_diff: object({ buckets_path: bucketsPath, format, gap_policy: gapPolicy, lag: integer(1, 100) }),
  cumulative_sum: object({ buckets_path: bucketsPath, format }),
  avg_bucket: ofBuckets,
  sum_bucket: ofBuckets,
  min_bucket: ofBuckets,
  max_bucket: ofBuckets,
  bucket_sort: object({ sort: list(keyed(orderPath, either(isObject, object({ order: direction }), direction), 1), 5), size: integer(1, MOST_BUCKETS), from: integer(0, 0) }),
};

/** Aggregations by name, with what is nested in them. */
export function aggregations(value: unknown, place: Place): Json {
  return keyed((name) => NAME.test(name), aggregation, 50)(value, place);
}

function aggregation(value: unknown, place: Place): Json {
  spend(place);
  let kind: readonly [string, Json] | undefined;
  let nested: unknown;
  for (const [name, member] of membersOf(value, place)) {
    const inner = under(place, name);
    if (name === 'aggs' || name === 'aggregations') {
      if (nested !== undefined) throw refused(inner, 'nested aggregations twice');
      nested = member;
      continue;
    }
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
    if (rule === undefined) throw refused(inner, 'an aggregation that is not allowed');
    if (kind !== undefined) throw refused(inner, 'a second kind of aggregation');
    kind = [name, rule(member, inner)];
  }
  if (kind === undefined) throw refused(place, 'no kind of aggregation');
  const [name, parameters] = kind;
  if (nested === undefined) return { [name]: parameters };
  const buckets = place.buckets * bucketsOf(name, parameters);
  if (buckets > MOST_BUCKETS_NESTED) throw refused(place, `more than ${MOST_BUCKETS_NESTED} nested buckets`);
  return { [name]: parameters, aggs: aggregations(nested, { ...under(place, 'aggs'), buckets }) };
}

/** What an aggregation multiplies those inside it by, as far as the request says. */
function bucketsOf(kind: string, parameters: Json): number {
  if (kind !== 'terms' || typeof parameters !== 'object' || parameters === null || !('size' in parameters)) {
    return kind === 'terms' ? DEFAULT_TERMS : 1;
  }
  return typeof parameters['size'] === 'number' ? parameters['size'] : DEFAULT_TERMS;
}
