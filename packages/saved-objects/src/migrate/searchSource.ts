import { SEARCH_SOURCE_INDEX } from '../savedObject.ts';
import { type Draft, draftsIn, isDraft, type ObjectDraft } from './draft.ts';

/** 7.0: the ids of index patterns move from the search source into the references. */
export function referIndexPatterns({ searchSource, references }: ObjectDraft): void {
  if (searchSource === undefined) return;
  const { index } = searchSource;
  if (typeof index === 'string' && index !== '') {
    searchSource['indexRefName'] = SEARCH_SOURCE_INDEX;
    references.push({ name: SEARCH_SOURCE_INDEX, type: 'index-pattern', id: index });
    delete searchSource['index'];
  }
  for (const [at, filter] of (Array.isArray(searchSource['filter']) ? searchSource['filter'] : []).entries()) {
    const meta = isDraft(filter) ? filter['meta'] : undefined;
    if (!isDraft(meta) || typeof meta['index'] !== 'string' || meta['index'] === '') continue;
    const name = `kibanaSavedObjectMeta.searchSourceJSON.filter[${at}].meta.index`;
    references.push({ name, type: 'index-pattern', id: meta['index'] });
    meta['indexRefName'] = name;
    delete meta['index'];
  }
}

/** 6.7.2, and 7.9.3 again: 5.x stored "everything" as a query of the server. */
export function replaceMatchAll({ searchSource }: ObjectDraft): void {
  if (searchSource === undefined || !isDraft(searchSource['query']) || !isDraft(searchSource['query']['match_all'])) return;
  searchSource['query'] = { query: '', language: 'kuery' };
}

/** 7.3, dashboards: before 6.0 their query was among the filters. */
export function moveFilterToQuery(searchSource: Draft): void {
  const filters = draftsIn(searchSource['filter']);
  const queries = filters.filter((filter) => filter['query'] !== undefined && filter['meta'] === undefined);
  const query = queries.at(-1)?.['query'];
  searchSource['filter'] = filters.filter((filter) => !queries.includes(filter));
  if (query !== undefined) {
    const text = isDraft(query) && isDraft(query['query_string']) ? query['query_string']['query'] : '';
    searchSource['query'] = { query: typeof text === 'string' ? text : '', language: 'lucene' };
  }
  searchSource['query'] ??= { query: '', language: 'kuery' };
}
