/** What search a saved object keeps. */
export interface SavedObjectMeta {
  readonly searchSourceJSON?: SearchSource;
}

/** A search source: query, filters, and the name of the reference to the data view. */
export interface SearchSource {
  readonly query?: StoredQuery;
  readonly filter?: readonly [];
  readonly indexRefName?: string;
}

/** A query of the query bar. */
export interface StoredQuery {
  readonly query: string;
  readonly language: 'kuery' | 'lucene';
}
