import { type DqlNode, parseDql } from './dqlParser.ts';
import type { Query } from '../savedObjects.ts';

/** A field that a query names, and how. */
export interface QueryField {
  /** As it stands in the query; may have a `*`. */
  readonly field: string;
  /** `pattern`: a text with `*`. */
  readonly use: 'value' | 'range' | 'pattern' | 'exists';
  readonly value: string | number | boolean | null;
}

/** A name before a colon, and what follows it up to a space; quoted texts and escapes as Lucene has them. */
const LUCENE = /"(?:[^"\\]|\\.)*"|((?:[^\s"():\\+\-!^[\]{}]|\\.)(?:[^\s"():\\]|\\.)*):(>=?|<=?|[[{])?("(?:[^"\\]|\\.)*"|[^\s()]*)/g;

/**
 * The fields that a query in DQL (`kuery`) or Lucene's syntax names, in the order in which they stand in it.
 *
 * @throws PodscopeError `RENDERER_QUERY_INVALID` for DQL that can't be read
 */
export function fieldsOfQuery({ query, language }: Query): readonly QueryField[] {
  if (language === 'lucene') return fieldsOfLucene(query);
  const node = parseDql(query);
  return node === undefined ? [] : fieldsOfNode(node);
}

function fieldsOfNode(node: DqlNode): readonly QueryField[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.children.flatMap(fieldsOfNode);
    case 'not':
      return fieldsOfNode(node.child);
    case 'nested':
      return fieldsOfNode(node.child).map((each) => ({ ...each, field: `${node.field}.${each.field}` }));
    case 'range':
      return [{ field: node.field, use: 'range', value: node.value.value }];
    case 'is': {
      const { field, value } = node;
      if (field === null || field === '*') return [];
      return [{ field, use: value.wildcard ? (value.value === '*' ? 'exists' : 'pattern') : 'value', value: value.value }];
    }
  }
}

function fieldsOfLucene(query: string): readonly QueryField[] {
  return [...query.matchAll(LUCENE)].flatMap(([, name, operator, rest = '']): readonly QueryField[] => {
    if (name === undefined) return [];
    const field = name.replace(/\\(.)/g, '$1');
    const value = rest.startsWith('"') ? rest.slice(1, -1) : rest;
    if (field === '_exists_') return [{ field: value, use: 'exists', value: '*' }];
    if (operator !== undefined) return [{ field, use: 'range', value }];
    if (rest.startsWith('"') || !/[*?]/.test(value)) return [{ field, use: 'value', value }];
    return [{ field, use: value === '*' ? 'exists' : 'pattern', value }];
  });
}
