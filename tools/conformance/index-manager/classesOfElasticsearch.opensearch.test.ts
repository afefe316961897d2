import { describeClasses } from './classContract.ts';

await describeClasses('Elasticsearch 7.10.2 OSS', { distribution: 'elasticsearch-oss', version: '7.10.2' }, {
  unknown: [
    ...['match_only_text', 'wildcard', 'constant_keyword', 'flat_object', 'unsigned_long', 'geo_shape'],
    ...['search_as_you_type.doc_values', 'date.print_format', 'rank_features.positive_score_impact'],
  ],
  // A new field may have them.
  forgets: ['search_as_you_type.fields'],
  unknownSettings: [
    ...['number_of_search_replicas', 'blocks.search_only', 'search.default_pipeline', 'max_slices_per_pit', 'query.max_nested_depth', 'merge_on_flush.enabled'],
    ...['merge.policy', 'replication.type', 'append_only.enabled', 'composite_index', 'derived_source.enabled'],
  ],
});
