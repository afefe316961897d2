import { type DqlNode, type DqlValue, parseDql } from './dqlParser.ts';
import type { PanelFilter } from './filter.ts';
import type { IndexPattern, Query } from './savedObjects.ts';
import type { ResolvedRange } from './time.ts';

/** A piece of OpenSearch's query language. */
export type QueryClause = Readonly<Record<string, unknown>>;

interface BoolQuery {
  readonly bool: {
    readonly must: readonly QueryClause[];
    readonly filter: readonly QueryClause[];
    readonly should: readonly QueryClause[];
    readonly must_not: readonly QueryClause[];
  };
}

/** What narrows a search. */
export interface Narrowing {
  readonly queries: readonly Query[];
  readonly filters: readonly PanelFilter[];
  readonly range: ResolvedRange | undefined;
}

/**
 * The product's `bool` of queries, filters and time range. Queries with one text count once. A filter on a field that
 * the index pattern doesn't have is left out, as with the product's setting `courier:ignoreFilterIfFieldNotInIndex`.
 *
 * @throws PodscopeError `RENDERER_QUERY_INVALID`
 */
export function boolQuery(pattern: IndexPattern, narrowing: Narrowing): BoolQuery {
  const must: QueryClause[] = [];
  const filter: QueryClause[] = [];
  const mustNot: QueryClause[] = [];
  const texts = new Set<string>();
  for (const query of narrowing.queries) {
    if (texts.has(query.query)) continue;
    texts.add(query.query);
    if (query.language === 'lucene') must.push(...luceneClauses(query.query));
    else filter.push(...dqlClauses(query.query, pattern));
  }
  for (const each of narrowing.filters) {
    const clause = filterClause(each, pattern);
    if (clause) (each.negate === true ? mustNot : filter).push(clause);
  }
  if (narrowing.range && pattern.timeField !== undefined) {
    const { from, to } = narrowing.range;
    const bounds = { gte: new Date(from).toISOString(), lte: new Date(to).toISOString(), format: 'strict_date_optional_time' };
    filter.push({ range: { [pattern.timeField]: bounds } });
  }
  return { bool: { must, filter, should: [], must_not: mustNot } };
}

/** The query of one entry of a filters bucket. */
export function queryOfFilter(query: Query, pattern: IndexPattern): BoolQuery {
  return boolQuery(pattern, { queries: [query], filters: [], range: undefined });
}

function luceneClauses(text: string): readonly QueryClause[] {
  if (text.trim() === '') return [{ match_all: {} }];
  return [{ query_string: { query: text, analyze_wildcard: true } }];
}

/** The product's `and` of a single query is that query's own filter list. */
function dqlClauses(text: string, pattern: IndexPattern): readonly QueryClause[] {
  const node = parseDql(text);
  return [node ? clauseOf(node, pattern) : { match_all: {} }];
}

function filterClause(filter: PanelFilter, pattern: IndexPattern): QueryClause | undefined {
  if ('query' in filter) return queryOfFilter(filter, pattern) as unknown as QueryClause;
  const field = pattern.fields.get(filter.field);
  if (!field) return undefined;
  if ('value' in filter) return { match_phrase: { [filter.field]: filter.value } };
  const { gte, lt } = filter;
  const bounds = { ...(gte === undefined ? {} : { gte }), ...(lt === undefined ? {} : { lt }) };
  const epoch = field.type === 'date' && (typeof gte === 'number' || typeof lt === 'number');
  return { range: { [filter.field]: { ...bounds, ...(epoch ? { format: 'epoch_millis' } : {}) } } };
}

function clauseOf(node: DqlNode, pattern: IndexPattern): QueryClause {
  switch (node.kind) {
    case 'and':
      return { bool: { filter: node.children.map((child) => clauseOf(child, pattern)) } };
    case 'or':
      return { bool: { should: node.children.map((child) => clauseOf(child, pattern)), minimum_should_match: 1 } };
    case 'not':
      return { bool: { must_not: clauseOf(node.child, pattern) } };
    case 'range': {
      const bounds = { [node.operator]: node.value.value };
      return anyOf(fieldNames(node.field, pattern).map((name) => ({ range: { [name]: bounds } })));
    }
    case 'is':
      return node.field === null ? anywhere(node.value) : inField(node.field, node.value, pattern);
  }
}

function inField(field: string, value: DqlValue, pattern: IndexPattern): QueryClause {
  if (field === '*' && value.value === '*') return { match_all: {} };
  const names = fieldNames(field, pattern);
  if (value.wildcard && value.value === '*') return anyOf(names.map((name) => ({ exists: { field: name } })));
  return anyOf(
    names.map((name) => {
      if (value.wildcard) return { query_string: { fields: [name], query: wildcardText(value.value) } };
      if (pattern.fields.get(name)?.type === 'date') return { range: { [name]: { gte: value.value, lte: value.value } } };
      return { [value.quoted ? 'match_phrase' : 'match']: { [name]: value.value } };
    }),
  );
}

function anywhere(value: DqlValue): QueryClause {
  if (value.wildcard) return { query_string: { query: wildcardText(value.value) } };
  return { multi_match: { type: value.quoted ? 'phrase' : 'best_fields', query: value.value, lenient: true } };
}

/** A wildcard that fits no field matches nothing; an empty `should` would match everything. */
function anyOf(should: readonly QueryClause[]): QueryClause {
  if (should.length === 0) return { match_none: {} };
  return { bool: { should, minimum_should_match: 1 } };
}

/** A name with `*` stands for every field that it fits; any other name is sent as it is. */
function fieldNames(name: string, pattern: IndexPattern): readonly string[] {
  if (!name.includes('*')) return [name];
  const parts = name.split('*');
  return [...pattern.fields.keys()].filter((each) => fits(each, parts));
}

/** Whether a name has the parts in their order, from its beginning to its end. Many `*` take no longer than few. */
function fits(name: string, parts: readonly string[]): boolean {
  const [head = '', tail = ''] = [parts[0], parts.at(-1)];
  if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return false;
  const end = name.length - tail.length;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Everything but `*` means itself. */
function wildcardText(value: string | number | boolean): string {
  const plain = String(value).replace(/\\([^*])/g, '$1');
  return plain.replace(/[+\-=&|><!(){}[\]^"~?:/ ]/g, '\\$&');
}
