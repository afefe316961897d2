import type { HuntEvidence, HuntCheck } from '@podscope/mystery-hunts';
import type { PublicState } from './publicState.ts';

/** Evidence from the workshop's system. */
export type Evidence = HuntEvidence<PublicState>;

/** One filter of a query. */
export type Filter = Readonly<Record<string, unknown>>;

/** Samples come every 5 s; a fix must show in the newest two. */
export const SUSTAINED_SECONDS = 15;

/** Documents of the last `seconds`. */
export function lastSeconds(seconds: number): Filter {
  return { range: { '@timestamp': { gte: new Date(Date.now() - seconds * 1_000).toISOString() } } };
}

/** Documents from that moment on. */
export function since(time: string): Filter {
  return { range: { '@timestamp': { gte: time } } };
}

/** Exactly this value. */
export function is(field: string, value: string | number): Filter {
  return { term: { [field]: value } };
}

/** The sources of the newest documents that match, newest first. */
export async function newest(evidence: Pick<Evidence, 'search'>, index: string, filters: readonly Filter[], size: number): Promise<readonly unknown[]> {
  const answer = await evidence.search(index, {
    size,
    query: { bool: { filter: filters } },
    sort: [{ '@timestamp': { order: 'desc' } }],
  });
  return answer.hits.hits.map((hit) => hit._source);
}

/** How many documents match. */
export async function countOf(evidence: Pick<Evidence, 'search'>, index: string, filters: readonly Filter[]): Promise<number> {
  const answer = await evidence.search(index, { size: 0, track_total_hits: true, query: { bool: { filter: filters } } });
  const { total } = answer.hits;
  return typeof total === 'number' ? total : (total?.value ?? 0);
}

/** A number in a document by its dotted name, whether the document nests or not; NaN when it has none. */
export function numberAt(source: unknown, name: string): number {
  const value = valueAt(source, name);
  return typeof value === 'number' ? value : Number.NaN;
}

/** A text in a document by its dotted name; empty when it has none. */
export function textAt(source: unknown, name: string): string {
  const value = valueAt(source, name);
  return typeof value === 'string' ? value : '';
}

/** A value in a document by its dotted name. */
export function valueAt(source: unknown, name: string): unknown {
  let current = source;
  for (const part of name.split('.')) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (name in current) return (current as Record<string, unknown>)[name];
    current = (current as Record<string, unknown>)[part];
  }
  return current;
}

/** When a document's sample was taken, epoch milliseconds. */
export function timeOf(source: unknown): number {
  const value = valueAt(source, '@timestamp');
  return typeof value === 'number' ? value : Date.parse(String(value));
}

/** One bucket of a terms aggregation. */
export interface TermsBucket {
  readonly key: string;
  readonly doc_count: number;
}

/** Documents by the values of a keyword field, the most frequent first. */
export async function countsBy(evidence: Pick<Evidence, 'search'>, index: string, filters: readonly Filter[], field: string, size = 100): Promise<readonly TermsBucket[]> {
  const answer = await evidence.search(index, {
    size: 0,
    query: { bool: { filter: filters } },
    aggs: { values: { terms: { field, size } } },
  });
  const buckets = valueAt(answer.aggregations, 'values.buckets');
  return Array.isArray(buckets) ? (buckets as TermsBucket[]) : [];
}

/** A check that found what it wanted. */
export const passed = (message: string): HuntCheck => ({ passed: true, message });
/** A check that did not. */
export const failed = (message: string): HuntCheck => ({ passed: false, message });

/** How many requests the web tier answered with 2xx in the last `seconds`. */
export function servedWithin(evidence: Pick<Evidence, 'search'>, seconds: number): Promise<number> {
  return countOf(evidence, 'apache-*', [
    is('event.dataset', 'access'),
    lastSeconds(seconds),
    { range: { 'http.response.status_code': { gte: 200, lt: 300 } } },
    { bool: { must_not: [{ match_phrase: { 'user_agent.original': 'podscope-check' } }] } },
  ]);
}
