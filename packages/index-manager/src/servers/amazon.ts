/**
 * What Amazon OpenSearch Service lets through to the server. Its gateway refuses every other path before a role is looked at.
 * After the service's developer guide: the page "Supported operations" (OpenSearch 2.x; what its footnotes say of scrolls and
 * of flat settings is under "Notable API differences" there), and the pages "Managing time-series data with data streams" and
 * "Index State Management" for what that list leaves to them. Nothing here was tried on the service itself.
 */

/** First parts of paths that are let through. What begins with the name of an index is, whatever follows. */
export const OPERATIONS_OF_AMAZON: Readonly<Record<string, 'supported-operations' | 'data-streams' | 'ism'>> = {
  '/_alias': 'supported-operations',
  '/_aliases': 'supported-operations',
  '/_all': 'supported-operations',
  '/_bulk': 'supported-operations',
  '/_cat': 'supported-operations',
  '/_cluster/allocation/explain': 'supported-operations',
  '/_cluster/health': 'supported-operations',
  '/_cluster/pending_tasks': 'supported-operations',
  '/_cluster/settings': 'supported-operations',
  '/_cluster/state': 'supported-operations',
  '/_cluster/stats': 'supported-operations',
  '/_count': 'supported-operations',
  '/_delete_by_query': 'supported-operations',
  '/_flush': 'supported-operations',
  '/_ingest/pipeline': 'supported-operations',
  '/_mapping': 'supported-operations',
  '/_mget': 'supported-operations',
  '/_msearch': 'supported-operations',
  '/_nodes': 'supported-operations',
  '/_refresh': 'supported-operations',
  '/_reindex': 'supported-operations',
  '/_resolve/index': 'supported-operations',
  '/_search': 'supported-operations',
  '/_stats': 'supported-operations',
  '/_tasks': 'supported-operations',
  '/_template': 'supported-operations',
  '/_update_by_query': 'supported-operations',
  '/_component_template': 'data-streams',
  '/_data_stream': 'data-streams',
  '/_index_template': 'data-streams',
  '/_opendistro/_ism': 'ism',
  '/_plugins/_ism': 'ism',
};

/** The only settings that `PUT _cluster/settings` takes there; each with its dots in one name, never nested. */
export const CLUSTER_SETTINGS_OF_AMAZON: readonly string[] = [
  'action.auto_create_index',
  'action.search.shard_count.limit',
  'cluster.max_shards_per_node',
  'indices.breaker.fielddata.limit',
  'indices.breaker.request.limit',
  'indices.breaker.total.limit',
];
