import type { StoredFilter } from './filter.ts';
import type { StoredQuery } from './searchSource.ts';
import type { StoredRefreshInterval, StoredTimeRange } from './time.ts';

export type { ConfigAttributes } from './config.ts';

/** Attributes of a saved `query` (src/plugins/data/server/saved_objects/query.ts, data/public/query/saved_query/types.ts). */
export interface QueryAttributes {
  readonly title?: string;
  /** Kibana from 8.11, written by the server. */
  readonly titleKeyword?: string;
  readonly description?: string;
  readonly query?: StoredQuery;
  /** Kept as JSON, not as text. */
  readonly filters?: readonly StoredFilter[] | null;
  readonly timefilter?: QueryTimeFilter | null;
  /** OpenSearch Dashboards from 2.18. */
  readonly isTemplate?: boolean;
}

/** The time range that a saved query brings along. */
export interface QueryTimeFilter extends StoredTimeRange {
  readonly refreshInterval?: StoredRefreshInterval;
}

/** Attributes of a short `url` (src/plugins/share/server/saved_objects/url.ts). */
export interface UrlAttributes {
  readonly url?: string;
  readonly accessCount?: number;
  readonly createDate?: number | string;
  readonly accessDate?: number | string;
  /** Kibana from 7.16: the short name. */
  readonly slug?: string;
  /** Kibana from 7.16: the page and its state as JSON, of whatever form the page has. */
  readonly locatorJSON?: string;
}
