import { describeClasses } from './classContract.ts';

await describeClasses('OpenSearch 2.19.6', { version: '2.19.6' }, {
  // Given back, never taken.
  unknown: ['search_as_you_type.doc_values'],
  unknownSettings: ['number_of_search_replicas', 'blocks.search_only', 'derived_source.enabled'],
});
