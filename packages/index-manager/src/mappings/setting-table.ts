/**
 * What a change of an index setting costs. `free`: servers make it in an open index. `close`: only in a closed one. `reindex`:
 * only a new index has it (for shards, a split or shrink too). `impossible`: the server itself decides it.
 */
export type SettingChangeClass = 'free' | 'close' | 'reindex' | 'impossible';

/** What is known of an index setting, or of all below a name. */
export interface IndexSettingFacts {
  /** Without the prefix `index.`; one that ends in `.*` stands for all below it. */
  readonly setting: string;
  readonly class: SettingChangeClass;
  /** A server takes the change of a closed index, and then doesn't find its documents, or does nothing. */
  readonly taken?: true;
  /** Where the server says so: a class of `org.opensearch`, or the plugin whose setting it is. */
  readonly source: string;
}

const DYNAMIC: readonly (readonly [source: string, settings: string])[] = [
  ['cluster.metadata.IndexMetadata', 'number_of_replicas auto_expand_replicas number_of_search_replicas hidden priority blocks.read_only blocks.read blocks.write blocks.metadata blocks.read_only_allow_delete blocks.search_only'],
  ['cluster.metadata.IndexMetadata', 'routing.allocation.require.* routing.allocation.include.* routing.allocation.exclude.* write.wait_for_active_shards'],
  ['cluster.routing.allocation.decider', 'routing.allocation.enable routing.rebalance.enable routing.allocation.total_shards_per_node allocation.max_retries unassigned.node_left.delayed_timeout'],
  ['index.IndexSettings', 'refresh_interval search.idle.after search.default_pipeline default_pipeline final_pipeline gc_deletes warmer.enabled'],
  ['index.IndexSettings', 'max_result_window max_inner_result_window max_rescore_window max_docvalue_fields_search max_script_fields max_ngram_diff max_shingle_diff max_refresh_listeners'],
  ['index.IndexSettings', 'max_terms_count max_regex_length max_slices_per_scroll max_slices_per_pit max_adjacency_matrix_filters query.max_nested_depth'],
  ['index.IndexSettings', 'analyze.max_token_count highlight.max_analyzed_offset query.default_field soft_deletes.retention.operations soft_deletes.retention_lease.period'],
  ['index.IndexSettings', 'translog.durability translog.sync_interval translog.flush_threshold_size translog.generation_threshold_size translog.retention.age translog.retention.size'],
  ['index.IndexSettings', 'merge_on_flush.enabled flush_after_merge'],
  ['index.mapper.MapperService', 'mapping.total_fields.limit mapping.depth.limit mapping.nested_fields.limit mapping.nested_objects.limit mapping.field_name_length.limit'],
  ['index.MergePolicyProvider', 'merge.policy.max_merged_segment merge.policy.segments_per_tier'],
  ['index.MergeSchedulerConfig', 'merge.scheduler.max_thread_count merge.scheduler.auto_throttle'],
  ['indices.IndicesRequestCache', 'requests.cache.enable'],
  ['index.SearchSlowLog', 'search.slowlog.*'],
  ['index.IndexingSlowLog', 'indexing.slowlog.*'],
  ['plugin index-management', 'plugins.index_state_management.* opendistro.index_state_management.*'],
  ['plugin x-pack of Elasticsearch', 'lifecycle.*'],
];

const STATIC: readonly (readonly [source: string, settings: string])[] = [
  ['index.engine.EngineConfig', 'codec'],
  ['index.IndexSettings', 'query_string.lenient load_fixed_bitset_filters_eagerly merge.policy'],
  ['index.IndexModule', 'store.type store.preload'],
  ['index.mapper.FieldMapper', 'mapping.ignore_malformed mapping.coerce'],
  ['index.shard.IndexShard', 'shard.check_on_startup fielddata.cache'],
  ['index.analysis.AnalysisRegistry', 'analysis.*'],
  ['index.similarity.SimilarityService', 'similarity.*'],
  ['percolator.PercolatorFieldMapper', 'percolator.map_unmapped_fields_as_text'],
];

const FINAL: readonly (readonly [source: string, settings: string])[] = [
  ['cluster.metadata.IndexMetadata', 'number_of_shards replication.type append_only.enabled'],
  ['index.IndexSortConfig', 'sort.field sort.order sort.missing sort.mode'],
  ['index.IndexSettings', 'soft_deletes.enabled composite_index derived_source.enabled'],
];

/** Placed by the hash of an id once for all, but not marked so in the server. */
const TAKEN: readonly (readonly [source: string, settings: string])[] = [['cluster.metadata.IndexMetadata', 'number_of_routing_shards routing_partition_size']];

const PRIVATE: readonly (readonly [source: string, settings: string])[] = [
  ['cluster.metadata.IndexMetadata', 'creation_date uuid provided_name version.* verified_before_close resize.*'],
  ['index.IndexSettings', 'search.throttled'],
];

function rows(of: readonly (readonly [source: string, settings: string])[], facts: Omit<IndexSettingFacts, 'setting' | 'source'>): readonly IndexSettingFacts[] {
  return of.flatMap(([source, settings]) => settings.split(' ').map((setting) => ({ setting, ...facts, source })));
}

/** The table: a test tries every row on real servers. */
export const INDEX_SETTINGS: readonly IndexSettingFacts[] = [
  ...rows(DYNAMIC, { class: 'free' }),
  ...rows(STATIC, { class: 'close' }),
  ...rows(FINAL, { class: 'reindex' }),
  ...rows(TAKEN, { class: 'reindex', taken: true }),
  ...rows(PRIVATE, { class: 'impossible' }),
];
