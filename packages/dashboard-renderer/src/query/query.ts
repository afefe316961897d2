import { type DqlNode, type DqlValue, parseDql } from './dqlParser.ts';
import type { PanelFilter } from './filter.ts';
import type { IndexPattern, ListedField, Query, StoredFilter } from '../savedObjects.ts';
import { phraseScript, rangeScript } from '../request/scripts.ts';
import { storedClause } from './storedFilters.ts';
import type { ResolvedRange } from '../time/time.ts';

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
  /** Filters as saved objects carry them. */
  readonly stored?: readonly StoredFilter[];
  readonly range: ResolvedRange | undefined;
  /** Of dates in queries. @default 'UTC' */
  readonly timeZone?: string;
}

/** What a DQL expression is translated for. */
interface DqlSetting {
  readonly pattern: IndexPattern;
  readonly timeZone: string;
  /** Inside `path:{ … }` names are relative to the path. */
  readonly nested?: string;
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
    if (query.language === 'lucene') must.push(...luceneClauses(query.query, narrowing.timeZone ?? 'UTC'));
    else filter.push(...dqlClauses(query.query, { pattern, timeZone: narrowing.timeZone ?? 'UTC' }));
  }
  for (const each of narrowing.stored ?? []) {
    if (each.meta?.disabled !== true) (each.meta?.negate === true ? mustNot : filter).push(storedClause(each));
  }
  for (const each of narrowing.filters) {
    const clause = filterClause(each, pattern, narrowing.timeZone ?? 'UTC');
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
export function queryOfFilter(query: Query, pattern: IndexPattern, timeZone = 'UTC'): BoolQuery {
  return boolQuery(pattern, { queries: [query], filters: [], range: undefined, timeZone });
}

function luceneClauses(text: string, timeZone: string): readonly QueryClause[] {
  if (text.trim() === '') return [{ match_all: {} }];
  return [{ query_string: { query: text, analyze_wildcard: true, time_zone: timeZone } }];
}

/** The product's `and` of a single query is that query's own filter list. */
function dqlClauses(text: string, setting: DqlSetting): readonly QueryClause[] {
  const node = parseDql(text);
  return [node ? clauseOf(node, setting) : { match_all: {} }];
}

/** For queries that the page translates without an index pattern. */
export const NO_PATTERN: IndexPattern = { id: '', pattern: '', timeField: undefined, fields: new Map(), formats: {} };

/** What was clicked, as filters that are stored: all of it where no index pattern is known. */
export function clickedFilters(filters: readonly PanelFilter[], pattern: IndexPattern | undefined, timeZone: string): readonly StoredFilter[] {
  return filters.flatMap((each) => {
    const query = filterClause(each, pattern, timeZone);
    return query ? [{ meta: { negate: each.negate === true }, query }] : [];
  });
}

/** Undefined on a field that the index pattern doesn't have. */
function filterClause(filter: PanelFilter, pattern: IndexPattern | undefined, timeZone: string): QueryClause | undefined {
  if ('query' in filter) return queryOfFilter(filter, pattern ?? NO_PATTERN, timeZone) as unknown as QueryClause;
  const field = pattern?.fields.get(filter.field);
  if (pattern && !field) return undefined;
  const scripted = field?.scripted === true ? field : undefined;
  if ('value' in filter) return scripted ? phraseScript(scripted, filter.value) : { match_phrase: { [filter.field]: filter.value } };
  const { gte, lt } = filter;
  const bounds = { ...(gte === undefined ? {} : { gte }), ...(lt === undefined ? {} : { lt }) };
  if (scripted) return rangeScript(scripted, bounds);
  const epoch = field?.type === 'date' && (typeof gte === 'number' || typeof lt === 'number');
  return { range: { [filter.field]: { ...bounds, ...(epoch ? { format: 'epoch_millis' } : {}) } } };
}

function clauseOf(node: DqlNode, setting: DqlSetting): QueryClause {
  switch (node.kind) {
    case 'and':
      return { bool: { filter: node.children.map((child) => clauseOf(child, setting)) } };
    case 'or':
      return { bool: { should: node.children.map((child) => clauseOf(child, setting)), minimum_should_match: 1 } };
    case 'not':
      return { bool: { must_not: clauseOf(node.child, setting) } };
    case 'nested': {
      const path = fullName(node.field, setting);
      return { nested: { path, query: clauseOf(node.child, { ...setting, nested: path }), score_mode: 'none' } };
    }
    case 'range': {
      const bounds = { [node.operator]: node.value.value };
      return anyOf(
        fieldsOf(node.field, setting).map(({ name, field }) => {
          if (field?.scripted === true) return rangeScript(field, bounds);
          const zone = field?.type === 'date' ? { time_zone: setting.timeZone } : {};
          return wrapped(node.field, field, setting, { range: { [name]: { ...bounds, ...zone } } });
        }),
      );
    }
    case 'is':
      return node.field === null ? anywhere(node.value) : inField(node.field, node.value, setting);
  }
}

function inField(field: string, value: DqlValue, setting: DqlSetting): QueryClause {
  const exists = value.wildcard && value.value === '*';
  if (field === '*' && exists) return { match_all: {} };
  return anyOf(
    fieldsOf(field, setting).flatMap(({ name, field: listed }): QueryClause[] => {
      // A script gives a value for every document.
      if (listed?.scripted === true) return exists ? [] : [phraseScript(listed, value.value ?? '')];
      const wrap = (clause: QueryClause): QueryClause[] => [wrapped(field, listed, setting, clause)];
      if (exists) return wrap({ exists: { field: name } });
      if (value.wildcard) return wrap({ query_string: { fields: [name], query: wildcardText(String(value.value)) } });
      if (listed?.type === 'date') return wrap({ range: { [name]: { gte: value.value, lte: value.value, time_zone: setting.timeZone } } });
      return wrap({ [value.quoted ? 'match_phrase' : 'match']: { [name]: value.value } });
    }),
  );
}

/** A name with `*` may fit fields inside nested documents, which are found by their path only. */
function wrapped(asked: string, field: ListedField | undefined, setting: DqlSetting, query: QueryClause): QueryClause {
  const path = field?.subType?.nested?.path;
  if (!asked.includes('*') || path === undefined || setting.nested !== undefined) return query;
  return { nested: { path, query, score_mode: 'none' } };
}

function fullName(name: string, { nested }: DqlSetting): string {
  return nested === undefined ? name : `${nested}.${name}`;
}

function fieldsOf(name: string, setting: DqlSetting): readonly { readonly name: string; readonly field: ListedField | undefined }[] {
  return fieldNames(fullName(name, setting), setting.pattern).map((each) => ({ name: each, field: setting.pattern.fields.get(each) }));
}

function anywhere(value: DqlValue): QueryClause {
  if (value.wildcard) return { query_string: { query: wildcardText(String(value.value)) } };
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
function wildcardText(value: string): string {
  const plain = value.replace(/\\([^*])/g, '$1');
  return plain.replace(/[+\-=&|><!(){}[\]^"~?:/ ]/g, '\\$&');
}
