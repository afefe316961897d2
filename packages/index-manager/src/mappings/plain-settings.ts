import type { JsonValue } from '../model.ts';

/** A setting that says how a server keeps or serves an index, not what is in it. */
export interface PlainSetting {
  /** A value to ask a server with. */
  readonly probe: JsonValue;
  /** What is so without it. */
  readonly why: string;
}

const FASTER = 'the server has its own way of keeping that; documents and searches stay the same';
const NO_LOG_OF_USERS = 'its slow logs name no users';

/** By name without `index.`: left out where a server lacks them. */
export const PLAIN_SETTINGS: Readonly<Record<string, PlainSetting>> = {
  'append_only.enabled': { probe: true, why: 'documents can be updated and deleted' },
  'bloom_filter_for_id_field.enabled': { probe: false, why: FASTER },
  'composite_index': { probe: false, why: FASTER },
  'dense_vector.experimental_features': { probe: true, why: FASTER },
  'derived_source.enabled': { probe: false, why: 'documents are stored as they came, which takes more room' },
  'esql.stored_fields_sequential_proportion': { probe: 0.5, why: FASTER },
  'fast_refresh': { probe: false, why: FASTER },
  'frozen': { probe: false, why: 'its indices are never frozen' },
  'indexing.slowlog.include.user': { probe: true, why: NO_LOG_OF_USERS },
  'mapping.exclude_source_vectors': { probe: true, why: 'documents are stored with their vectors' },
  'mapping.ignore_above': { probe: 1024, why: 'fields that say nothing themselves take values up to the longest that the server has' },
  'mapping.nested_parents.limit': { probe: 50, why: 'only the numbers of nested fields and objects are limited' },
  'mapping.patterned_text.disable_templating': { probe: true, why: FASTER },
  'mapping.semantic_text.use_legacy_format': { probe: true, why: FASTER },
  'mapping.use_doc_values_skipper': { probe: true, why: FASTER },
  'merge.policy': { probe: 'tiered', why: FASTER },
  'replication.type': { probe: 'DOCUMENT', why: 'each copy of a shard indexes the documents by itself' },
  'search.slowlog.include.user': { probe: true, why: NO_LOG_OF_USERS },
  'seq_no.index_options': { probe: 'points_and_doc_values', why: FASTER },
  'use_compound_file': { probe: true, why: FASTER },
};
