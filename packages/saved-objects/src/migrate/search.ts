import type { Migration, ObjectDraft } from './draft.ts';
import { referIndexPatterns, replaceMatchAll } from './searchSource.ts';

/** 7.4: sorted by several columns. */
function listSort({ attributes }: ObjectDraft): void {
  const { sort } = attributes;
  if (!sort || (Array.isArray(sort) && sort.length > 0 && Array.isArray(sort[0]))) return;
  attributes['sort'] = [sort];
}

/**
 * What happened to saved searches up to 7.9.3, which is where OpenSearch Dashboards stands. From
 * src/plugins/discover/server/saved_objects/search_migrations.ts of OpenSearch Dashboards.
 */
export const SEARCH_MIGRATIONS: readonly Migration[] = [
  { version: '6.7.2', apply: replaceMatchAll },
  { version: '7.0.0', apply: referIndexPatterns },
  { version: '7.4.0', apply: listSort },
  { version: '7.9.3', apply: replaceMatchAll },
];
