/** What somebody does with the index manager, as far as permissions are concerned. */
export type IndexDuty = 'plan' | 'apply' | 'prune' | 'drift' | 'export' | 'reindex' | 'lifecycle' | 'ism';

/** One permission of the OpenSearch security plugin. */
export interface RequiredPermission {
  readonly permission: string;
  /** `cluster`: for the whole cluster. `indices`: for the setup's indices, aliases and data streams. `store`: for the index `podscope-index-manager`. `all`: for every index. */
  readonly on: 'cluster' | 'indices' | 'store' | 'all';
  readonly duties: readonly IndexDuty[];
  /** What it is needed for. */
  readonly why: string;
}

/** One permission without which a duty is done in another way, and does not fail. */
export interface OptionalPermission extends Omit<RequiredPermission, 'why'> {
  /** What is otherwise without it. */
  readonly without: string;
}

/** A role, as `PUT _plugins/_security/api/roles/<name>` takes it. */
export interface RoleBody {
  readonly description: string;
  readonly cluster_permissions: readonly string[];
  readonly index_permissions: readonly { readonly index_patterns: readonly string[]; readonly allowed_actions: readonly string[] }[];
}

const row = (on: RequiredPermission['on'], permission: string, duties: readonly IndexDuty[], why: string): RequiredPermission => ({ on, permission, duties, why });

const PLANS = ['plan', 'apply', 'prune', 'drift'] as const;
const READS = [...PLANS, 'export'] as const;
const CHANGES = ['apply', 'prune'] as const;
const WRITES = ['apply', 'prune', 'reindex'] as const;

/**
 * Every permission that is needed, and no other: a test with the security plugin takes them away one by one, in this order,
 * so each duty has them in the order in which it comes to them. Those of the duty `ism` are after the plugin's source.
 */
export const REQUIRED_PERMISSIONS: readonly RequiredPermission[] = [
  row('store', 'indices:data/read/get', [...READS, 'reindex'], 'the lock, what is owned, how far a reindex is'),
  row('cluster', 'cluster:admin/component_template/get', READS, 'component templates'),
  row('cluster', 'indices:admin/index_template/get', READS, 'index templates, also those of others'),
  row('cluster', 'indices:admin/template/get', READS, 'legacy templates'),
  row('cluster', 'cluster:admin/ingest/pipeline/get', READS, 'ingest pipelines'),
  row('cluster', 'cluster:monitor/state', READS, 'cluster settings'),
  row('indices', 'indices:admin/data_stream/get', [...PLANS, 'reindex', 'lifecycle'], 'data streams and their indices'),
  row('indices', 'indices:admin/aliases/get', [...PLANS, 'reindex', 'lifecycle'], 'aliases and what they point at'),
  row('indices', 'indices:admin/get', [...PLANS, 'reindex'], 'mappings and settings of indices'),
  row('all', 'indices:admin/data_stream/get', ['export'], 'data streams, whatever their names'),
  row('all', 'indices:admin/aliases/get', ['export'], 'aliases, whatever their names'),
  row('cluster', 'indices:admin/index_template/simulate', ['plan'], '`probeTemplateFeatures`'),
  row('store', 'indices:data/read/search', ['drift', 'reindex'], '`readHistory`, `listReindexes`'),
  row('store', 'indices:admin/create', ['apply', 'reindex'], 'the store, where nobody made it yet'),
  row('store', 'indices:data/write/index', WRITES, 'the lock, what is owned, the history, how far a reindex is'),
  row('cluster', 'indices:data/write/bulk', WRITES, 'the same: the server makes a bulk of every write'),
  row('store', 'indices:data/write/bulk[s]', WRITES, 'the same'),
  row('cluster', 'cluster:admin/settings/update', CHANGES, 'cluster settings'),
  row('cluster', 'cluster:admin/component_template/put', ['apply'], 'component templates'),
  row('cluster', 'cluster:admin/ingest/pipeline/put', ['apply'], 'ingest pipelines'),
  row('cluster', 'indices:admin/template/put', ['apply'], 'legacy templates'),
  row('cluster', 'indices:admin/index_template/put', ['apply'], 'index templates'),
  row('indices', 'indices:admin/data_stream/create', ['apply'], 'data streams'),
  row('indices', 'indices:admin/create', ['apply', 'reindex'], 'the first index of a rollover alias, new indices'),
  row('indices', 'indices:admin/aliases', [...CHANGES, 'reindex'], 'aliases, also of new indices'),
  row('indices', 'indices:admin/mapping/put', ['apply', 'reindex'], 'new fields of indices that are there, or in copied documents'),
  row('indices', 'indices:admin/settings/update', ['apply', 'reindex'], 'settings of indices that are there, refusing writes'),
  row('indices', 'indices:admin/rollover', ['apply', 'reindex', 'lifecycle'], 'a new index behind a data stream or an alias'),
  row('indices', 'indices:monitor/stats', ['apply', 'reindex', 'lifecycle'], 'a rollover looks at them, a reindex at where shards stand'),
  row('indices', 'indices:admin/data_stream/delete', ['prune'], 'data streams'),
  row('cluster', 'indices:admin/index_template/delete', ['prune'], 'index templates'),
  row('cluster', 'indices:admin/template/delete', ['prune'], 'legacy templates'),
  row('cluster', 'cluster:admin/ingest/pipeline/delete', ['prune'], 'ingest pipelines'),
  row('cluster', 'cluster:admin/component_template/delete', ['prune'], 'component templates'),
  row('store', 'indices:admin/refresh', ['reindex'], '`listReindexes`'),
  row('store', 'indices:admin/refresh[s]', ['reindex'], 'the same'),
  row('indices', 'indices:data/read/search', ['reindex'], 'counting, copying, finding what was deleted'),
  row('indices', 'indices:monitor/settings/get', ['reindex', 'lifecycle'], 'which index it is, and since when'),
  row('cluster', 'cluster:monitor/tasks/lists', ['reindex'], 'copies that run already'),
  row('indices', 'indices:admin/refresh', ['reindex'], 'what was written so far'),
  row('indices', 'indices:admin/refresh[s]', ['reindex'], 'the same'),
  row('cluster', 'indices:data/write/reindex', ['reindex'], "the server's own copy"),
  row('indices', 'indices:data/write/bulk[s]', ['reindex'], 'documents of the new index'),
  row('indices', 'indices:data/write/index', ['reindex'], 'the same'),
  row('cluster', 'indices:data/read/scroll', ['reindex'], 'more than one page of them'),
  row('cluster', 'cluster:monitor/task/get', ['reindex'], 'how far the copy is'),
  row('cluster', 'cluster:monitor/health', ['reindex'], 'whether the new index has its copies'),
  row('indices', 'indices:admin/block/add', ['reindex'], 'refusing writes for the last pass'),
  row('indices', 'indices:admin/block/add[s]', ['reindex'], 'the same'),
  row('cluster', 'indices:data/read/mget', ['reindex'], 'comparing documents'),
  row('indices', 'indices:data/read/mget[shard]', ['reindex'], 'the same'),
  row('indices', 'indices:admin/resize', ['reindex'], 'a clone of an index whose name is taken over'),
  row('indices', 'indices:admin/delete', ['reindex', 'lifecycle'], 'indices that nobody needs any more'),
  row('cluster', 'cluster:admin/reindex/rethrottle', ['reindex'], '`throttleReindex`'),
  row('indices', 'indices:data/write/delete', ['reindex'], 'documents that were deleted meanwhile'),
  row('cluster', 'cluster:admin/tasks/cancel', ['reindex'], 'a copy that another run left behind'),
  row('cluster', 'cluster:admin/opendistro/ism/policy/search', ['ism'], 'policies'),
  row('cluster', 'cluster:admin/opendistro/ism/policy/write', ['ism'], 'policies that are made or changed'),
  row('cluster', 'cluster:admin/opendistro/ism/policy/delete', ['ism'], 'policies that are pruned'),
  row('cluster', 'cluster:admin/opendistro/ism/managedindex/explain', ['ism'], 'which revision an index runs'),
  row('cluster', 'cluster:admin/opendistro/ism/managedindex/add', ['ism'], 'policies for indices that are there'),
  row('cluster', 'cluster:admin/opendistro/ism/managedindex/change', ['ism'], 'moving indices to a new revision'),
  row('indices', 'indices:admin/opensearch/ism/managedindex', ['ism'], 'the same three, for each index'),
];

/** What a role may have beside the required permissions. */
export const OPTIONAL_PERMISSIONS: readonly OptionalPermission[] = [
  { on: 'cluster', permission: 'cluster:monitor/main', duties: READS, without: 'errors do not say which version the server has; an Elasticsearch is taken for OpenSearch' },
  { on: 'cluster', permission: 'cluster:monitor/state', duties: ['lifecycle'], without: 'an index counts from the creation of the next one, not from its rollover' },
  { on: 'cluster', permission: 'cluster:monitor/nodes/stats', duties: ['lifecycle'], without: "ages are counted by this machine's clock" },
  { on: 'cluster', permission: 'indices:admin/index_template/simulate_index', duties: ['reindex'], without: 'readers find the new index before it is full, where an index template gives it an alias' },
  { on: 'cluster', permission: 'indices:admin/template/get', duties: ['reindex'], without: 'the same, where a legacy template does' },
];

/**
 * The role that suffices for some duties, on indices, aliases and data streams of some patterns.
 *
 * @param patterns - such as `shop-*`: everything that the setup names, with what is rolled over and reindexed.
 * @param options - `optional`: also {@link OPTIONAL_PERMISSIONS}.
 * @throws TypeError when there is no pattern, or an empty one.
 */
export function requiredRole(duties: readonly IndexDuty[], patterns: readonly string[], options: { readonly optional?: boolean } = {}): RoleBody {
  if (patterns.length === 0 || patterns.includes('')) throw new TypeError('A role needs the patterns of the indices that it is for.');
  const all = [...REQUIRED_PERMISSIONS, ...(options.optional === true ? OPTIONAL_PERMISSIONS : [])];
  const needed = all.filter((each) => each.duties.some((duty) => duties.includes(duty)));
  const names = (on: RequiredPermission['on']) => [...new Set(needed.filter((each) => each.on === on).map(({ permission }) => permission))];
  const index = [
    { index_patterns: patterns, allowed_actions: names('indices') },
    { index_patterns: ['podscope-index-manager'], allowed_actions: names('store') },
    { index_patterns: ['*'], allowed_actions: names('all') },
  ];
  return {
    description: `index-manager: ${duties.join(', ')}`,
    cluster_permissions: names('cluster'),
    index_permissions: index.filter(({ allowed_actions: actions }) => actions.length > 0),
  };
}
