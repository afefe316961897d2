import type { StoredFilter } from './filter.ts';
import type { QueryClause } from './query/queryDsl.ts';
import type { SearchAggregation } from './searchBody/searchAggregations.ts';
import type { HighlightRequest, SearchSort, SourceFilter } from './searchBody/searchBody.ts';

/** What search a saved object keeps. */
export interface SavedObjectMeta {
  /** Some objects of old versions have an empty text. */
  readonly searchSourceJSON?: SearchSource | '';
}

/**
 * A search source: query, filters, and the name of the reference to the data view
 * (`src/plugins/data/common/search/search_source/types.ts`).
 */
export interface SearchSource {
  readonly query?: StoredQuery | QueryClause;
  readonly filter?: readonly StoredFilter[] | StoredFilter;
  /** The id of the data view, where no reference stands for it; several of Kibana 4. */
  readonly index?: string | readonly string[];
  readonly indexRefName?: string;
  readonly highlightAll?: boolean;
  readonly highlight?: HighlightRequest;
  readonly version?: boolean;
  readonly type?: string;
  readonly sort?: SearchSort;
  readonly from?: number;
  readonly size?: number;
  readonly fields?: readonly (string | SearchSourceField)[];
  readonly fieldsFromSource?: readonly string[];
  readonly source?: SourceFilter;
  readonly aggs?: SearchSourceAggregations;
  readonly searchAfter?: readonly (string | number)[];
  readonly timeout?: number | string;
  readonly terminate_after?: number;
  readonly trackTotalHits?: boolean | number;
  readonly parent?: SearchSource;
}

/** By name: aggregations. Search sources that some publishers have written by hand keep the two members below in here. */
export interface SearchSourceAggregations {
  readonly filter?: SearchAggregation | readonly StoredFilter[];
  readonly indexRefName?: SearchAggregation | string;
  readonly [name: string]: SearchAggregation | readonly StoredFilter[] | string | undefined;
}

/** A field to fetch, with the form of its values. */
export interface SearchSourceField {
  readonly field: string;
  readonly format?: string;
  readonly include_unmapped?: boolean | string;
}

/** A query of the query bar: text, or the DSL of older versions. */
export interface StoredQuery {
  readonly query?: string | QueryClause;
  readonly language?: QueryLanguage;
  readonly dataset?: QueryDataset;
}

/** The language of a query; the last three are of OpenSearch Dashboards from 2.18 on. */
export type QueryLanguage = 'kuery' | 'lucene' | 'SQL' | 'PPL' | 'PromQL';

/** What a query asks, from OpenSearch Dashboards 2.18 on (`src/plugins/data/common/datasets/types.ts`). */
export interface QueryDataset {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly timeFieldName?: string;
  readonly language?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly isRemoteDataset?: boolean;
  readonly signalType?: string;
  readonly sourceDatasetRef?: QueryDatasetRef;
  readonly dataSource?: QueryDataSource;
}

/** The dataset that a dataset comes from. */
export interface QueryDatasetRef {
  readonly id: string;
  readonly type: string;
}

/** Where a dataset is. */
export interface QueryDataSource {
  readonly id?: string;
  readonly title?: string;
  readonly name?: string;
  readonly type?: string;
  readonly version?: string;
  readonly meta?: QueryDataSourceMeta;
}

/** More about where a dataset is. */
export interface QueryDataSourceMeta {
  readonly type?: string;
  readonly name?: string;
  readonly sessionId?: string;
  readonly supportsTimeFilter?: boolean;
}
