import type { SearchSource } from '../searchSource.ts';
import type { UiState } from '../uiState.ts';
import type { VisState } from '../visState.ts';

/**
 * A visualization that a panel holds by value (SerializedVis of src/plugins/visualizations/public/vis.ts).
 *
 * @discriminator type
 */
export type SavedVis = SavedVisByKind[Kind];

type Kind = VisState['type'];
type SavedVisByKind = { readonly [Each in Kind]: SavedVisOf<Each, Extract<VisState, { readonly type: Each }>['params'], Extract<VisState, { readonly type: Each }>['aggs']> };

interface SavedVisOf<Type, Params, Aggs> {
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type: Type;
  readonly params?: Params;
  readonly uiState?: UiState;
  readonly data?: SavedVisData<Aggs>;
}

interface SavedVisData<Aggs> {
  readonly aggs?: Aggs;
  readonly searchSource?: SearchSource;
  readonly savedSearchId?: string;
  /** The name of the reference to a saved search. */
  readonly savedSearchRefName?: string;
}
