import { PodscopeError } from '@podscope/core';
import { aggregations } from './aggregations.ts';
import { docValues, sort, source } from './fields.ts';
import { query } from './queries.ts';
import { either, flag, integer, type Json, keyed, list, membersOf, object, outermost, type Rebuild, refused, scalar, text } from './rebuild.ts';

/** How long OpenSearch may work on one search. */
export const SEARCH_TIMEOUT_SECONDS = 10;
const MOST_SEARCHES = 50;
const MOST_HITS = 500;
const DEEPEST_HIT = 10_000;

/** Members that are read and left out: they say what is the default here, or what the server decides. */
const IGNORED: Readonly<Record<string, Rebuild>> = {
  stored_fields: list(text(1, /^\*$/u), 1),
  script_fields: object({}),
  timeout: text(20),
  terminate_after: integer(0, 1_000_000),
};

const MEMBERS: Readonly<Record<string, Rebuild>> = {
  query,
  aggs: aggregations,
  aggregations,
  size: integer(0, MOST_HITS),
  from: integer(0, DEEPEST_HIT),
  sort,
  _source: source,
  track_total_hits: either((value) => typeof value === 'boolean', flag, integer(0, 1_000_000)),
  docvalue_fields: docValues,
  search_after: list(scalar, 5),
  version: flag,
  highlight: object({
    fields: keyed((name) => name === '*' || /^[\w@.-]{1,256}$/u.test(name), object({}), 20),
    pre_tags: list(text(80), 1),
    post_tags: list(text(80), 1),
    fragment_size: integer(0, 2_147_483_647),
    number_of_fragments: integer(0, 20),
    require_field_match: flag,
  }),
  ...IGNORED,
};

/** One search as OpenSearch gets it. */
export interface RebuiltSearch {
  readonly index: string;
  readonly body: Readonly<Record<string, Json>>;
}

/**
 * Builds searches anew out of the parts that are allowed; what isn't known is refused, not passed on.
 *
 * @param patterns the titles of the installed index patterns.
 * @throws PodscopeError CONSOLE_SEARCH_REFUSED or CONSOLE_INDEX_REFUSED.
 */
export function rebuildSearches(request: unknown, patterns: ReadonlySet<string>): readonly RebuiltSearch[] {
  const place = outermost('request');
  const members = membersOf(request, place);
  const [only] = members;
  if (members.length !== 1 || only?.[0] !== 'searches' || !Array.isArray(only[1])) throw refused(place, 'not exactly "searches"');
  const searches: readonly unknown[] = only[1];
  if (searches.length === 0 || searches.length > MOST_SEARCHES) throw refused(place, `not 1 to ${MOST_SEARCHES} searches`);
  return searches.map((search, index) => rebuildSearch(search, `searches[${index}]`, patterns));
}

function rebuildSearch(search: unknown, path: string, patterns: ReadonlySet<string>): RebuiltSearch {
  const place = outermost(path);
  const parts = new Map(membersOf(search, place));
  if (parts.size !== 2 || !parts.has('index') || !parts.has('body')) throw refused(place, 'not exactly "index" and "body"');
  const index = allowedIndex(parts.get('index'), path, patterns);
  const members = membersOf(parts.get('body'), outermost(`${path}.body`));
  if (members.some(([name]) => name === 'aggs') && members.some(([name]) => name === 'aggregations')) throw refused(place, 'aggregations twice');
  const rebuilt = object(MEMBERS)(parts.get('body'), outermost(`${path}.body`)) as Readonly<Record<string, Json>>;
  const kept = Object.fromEntries(Object.entries(rebuilt).filter(([name]) => !Object.hasOwn(IGNORED, name)));
  const { from, size } = kept;
  if (typeof from === 'number' && from + (typeof size === 'number' ? size : 10) > DEEPEST_HIT) throw refused(place, `hits beyond ${DEEPEST_HIT}`);
  return { index, body: { ...kept, timeout: `${SEARCH_TIMEOUT_SECONDS}s` } };
}

/** A pattern of data: no list, no system index, no exclusion, never everything. */
const PATTERN = /^[a-z0-9][a-z0-9._*-]*$/u;

function allowedIndex(index: unknown, path: string, patterns: ReadonlySet<string>): string {
  if (typeof index === 'string' && PATTERN.test(index) && patterns.has(index)) return index;
  throw new PodscopeError('CONSOLE_INDEX_REFUSED', `${path}.index is not the pattern of an installed data view.`, {
    hint: `Installed are: ${[...patterns].sort().join(', ') || 'none'}.`,
  });
}

/** The body of `_msearch`. */
export function toNdjson(searches: readonly RebuiltSearch[]): string {
  return searches
    .map(({ index, body }) => `${JSON.stringify({ index, ignore_unavailable: true })}\n${JSON.stringify(body)}\n`)
    .join('');
}

