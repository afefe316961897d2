import type { SavedObjectMeta } from './searchSource.ts';

/** Attributes of a `dashboard`. */
/** A panel. */
export interface StoredPanel {
  readonly panelIndex?: string;
  readonly panelRefName?: string;
}

export interface DashboardAttributes {
  readonly title?: string;
  readonly description?: string;
  readonly panelsJSON?: readonly StoredPanel[];
  readonly kibanaSavedObjectMeta?: SavedObjectMeta;
}
