import type { SavedObjectMeta } from './searchSource.ts';

/** Attributes of a `dashboard`. */
export interface DashboardAttributes {
  readonly title?: string;
  readonly description?: string;
  readonly kibanaSavedObjectMeta?: SavedObjectMeta;
}
