import type { SavedObjectMeta } from './searchSource.ts';
import type { UiState } from './uiState.ts';
import type { VisState } from './visState.ts';

/**
 * Attributes of a `visualization` (src/plugins/visualizations/server/saved_objects/visualization.ts of OpenSearch
 * Dashboards).
 */
export interface VisualizationAttributes {
  readonly title?: string;
  readonly description?: string | null;
  readonly visState?: VisState;
  readonly uiStateJSON?: UiState;
  readonly version?: number;
  readonly kibanaSavedObjectMeta?: SavedObjectMeta;
  /** The name of the reference to a saved search whose query and data view it takes. */
  readonly savedSearchRefName?: string;
  /** The saved search itself: before 7.0, and empty since. */
  readonly savedSearchId?: string | null;
}
