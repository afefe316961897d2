import type { SavedObjectMeta } from './searchSource.ts';
import type { UiState } from './uiState.ts';
import type { VisState } from './visState.ts';

/** Attributes of a `visualization`. */
export interface VisualizationAttributes {
  readonly title?: string;
  readonly description?: string;
  readonly visState?: VisState;
  readonly uiStateJSON?: UiState;
  readonly version?: number;
  readonly kibanaSavedObjectMeta?: SavedObjectMeta;
  /** The name of the reference to a saved search whose query and data view it takes. */
  readonly savedSearchRefName?: string;
}
