import type { SavedObjectMeta } from './searchSource.ts';

/** Attributes of a `search`. */
export interface SearchAttributes {
  readonly title?: string;
  readonly description?: string;
  readonly kibanaSavedObjectMeta?: SavedObjectMeta;
}
