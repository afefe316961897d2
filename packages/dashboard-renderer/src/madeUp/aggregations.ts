import type { IndexPattern } from '../savedObjects.ts';
import type { ResolvedRange } from '../time/time.ts';
import type { Random } from './random.ts';
import { madeUpBuckets, type MadeUpBucket } from './buckets.ts';
import { madeUpDocument, madeUpNumber, madeUpPlace, usualSize } from './values.ts';

/** What a made-up aggregation is made of. */
export interface MadeUpSetting {
  readonly pattern: IndexPattern | undefined;
  readonly range: ResolvedRange;
  readonly random: Random;
}

type Clause = Readonly<Record<string, unknown>>;
type Clauses = Readonly<Record<string, Clause>>;
type Result = Record<string, unknown>;

const SIBLING = /^(?:avg|max|min|sum)_bucket$/;
const PARENT = /^(?:derivative|cumulative_sum|moving_fn|serial_diff)$/;

/** The results of aggregations over so many documents; those that count others' results are counted from them. */
export function madeUpAggregations(aggs: Clauses, documents: number, setting: MadeUpSetting): Readonly<Record<string, unknown>> {
  const results: Record<string, Result> = {};
  for (const [id, clause] of Object.entries(aggs)) {
    const kind = kindOf(clause);
    if (!SIBLING.test(kind) && !PARENT.test(kind)) results[id] = one(kind, clause, documents, setting);
  }
  for (const [id, clause] of Object.entries(aggs)) {
    const kind = kindOf(clause);
    if (SIBLING.test(kind)) results[id] = sibling(kind, String((clause[kind] as Clause)['buckets_path']), results);
  }
  return results;
}

function kindOf(clause: Clause): string {
  return Object.keys(clause).find((name) => name !== 'aggs' && name !== 'aggregations' && name !== 'meta') ?? '';
}

function one(kind: string, clause: Clause, documents: number, setting: MadeUpSetting): Result {
  const parameters = (clause[kind] ?? {}) as Clause;
  const field = String(parameters['field'] ?? 'value');
  const nested = clause['aggs'] as Clauses | undefined;
  const made = madeUpBuckets(kind, parameters, documents, setting);
  if (made !== undefined) {
    const filled = made.map(({ bucket, name }) => ({ name, bucket: nested ? { ...bucket, ...madeUpAggregations(nested, bucket.doc_count, setting) } : bucket }));
    if (nested) pipelines(nested, filled.map(({ bucket }) => bucket as MadeUpBucket & Record<string, unknown>));
    if (kind === 'filter') return { ...(filled[0]?.bucket ?? { doc_count: 0 }) };
    return { buckets: filled.every(({ name }) => name !== undefined) && filled.length > 0 ? Object.fromEntries(filled.map(({ name, bucket }) => [name as string, bucket])) : filled.map(({ bucket }) => bucket) };
  }
  return metric(kind, field, parameters, documents, setting);
}

function metric(kind: string, field: string, parameters: Clause, documents: number, { random, pattern, range }: MadeUpSetting): Result {
  const usual = madeUpNumber(field, random);
  switch (kind) {
    case 'sum':
      return { value: Math.round(usual * documents) };
    case 'min':
      return { value: Math.round(usual * 0.1) };
    case 'max':
      return { value: Math.round(usual * 3) };
    case 'cardinality':
      return { value: Math.max(documents > 0 ? 1 : 0, Math.round(documents * 0.4)) };
    case 'value_count':
      return { value: documents };
    case 'percentiles':
      return { values: ((parameters['percents'] ?? [50]) as readonly number[]).map((percent) => ({ key: percent, value: Math.round(usual * (0.4 + (percent / 100) ** 3 * 3) * 100) / 100 })) };
    case 'percentile_ranks':
      return { values: ((parameters['values'] ?? []) as readonly number[]).map((value) => ({ key: value, value: Math.min(100, (value / (usualSize(field) * 2)) * 100) })) };
    case 'extended_stats':
      return { avg: usual, std_deviation_bounds: { lower: usual * 0.6, upper: usual * 1.4 } };
    case 'top_hits':
      return { hits: { hits: Array.from({ length: Number(parameters['size'] ?? 1) }, () => ({ _source: madeUpDocument(pattern, range.to, random) })) } };
    case 'geo_centroid':
      return { location: madeUpPlace(random), count: documents };
    default:
      return { value: usual };
  }
}

/** The number that a path such as `1-bucket>1-metric`, or `_count`, leads to in a bucket. */
function at(path: string, bucket: Readonly<Record<string, unknown>>): number {
  if (path === '_count') return Number(bucket['doc_count']);
  return Number((bucket[path.split('.')[0] ?? path] as { readonly value?: number } | undefined)?.value ?? 0);
}

function sibling(kind: string, path: string, results: Readonly<Record<string, Result>>): Result {
  const [id = '', inner = '_count'] = path.split('>');
  const buckets = (results[id]?.['buckets'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  const values = (Array.isArray(buckets) ? buckets : Object.values(buckets)).map((bucket: Readonly<Record<string, unknown>>) => at(inner, bucket));
  if (values.length === 0) return { value: null };
  const sum = values.reduce((total, value) => total + value, 0);
  return { value: { avg_bucket: sum / values.length, sum_bucket: sum, max_bucket: Math.max(...values), min_bucket: Math.min(...values) }[kind] ?? null };
}

/** Fills in what is counted over neighbouring buckets, one after the other. */
function pipelines(aggs: Clauses, buckets: readonly Record<string, unknown>[]): void {
  const open = Object.entries(aggs).filter(([, clause]) => PARENT.test(kindOf(clause)));
  // One may count another: as many rounds as there are reach every one of them.
  for (let round = 0; round < open.length; round++) {
    for (const [id, clause] of open) {
      const kind = kindOf(clause);
      const parameters = clause[kind] as Clause;
      const values = buckets.map((bucket) => at(String(parameters['buckets_path']), bucket));
      values.forEach((value, place) => {
        const before = values[place - Number(kind === 'serial_diff' ? (parameters['lag'] ?? 1) : 1)];
        const window = values.slice(Math.max(0, place - Number(parameters['window'] ?? 5)), place);
        const result = kind === 'cumulative_sum' ? values.slice(0, place + 1).reduce((sum, each) => sum + each, 0) : kind === 'moving_fn' ? (window.length === 0 ? null : window.reduce((sum, each) => sum + each, 0) / window.length) : before === undefined ? undefined : value - before;
        const bucket = buckets[place];
        if (bucket && result !== undefined) bucket[id] = { value: result };
      });
    }
  }
}
