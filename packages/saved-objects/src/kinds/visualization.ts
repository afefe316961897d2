import type { StoredAggregation } from '../aggregations/storedAggregations.ts';
import type { DataView } from '../dataView.ts';
import type { Filter } from '../filters/filter.ts';
import { type Definition, type Query, savedObject, type SavedObjectReference, SEARCH_SOURCE_INDEX } from '../savedObject.ts';
import type { Search } from '../search.ts';
import { searchSourceOf } from '../searchSource.ts';
import { specInvalid } from '../specInvalid.ts';

/** What the product calls each kind. */
export const STORED_KIND = {
  line: 'line',
  area: 'area',
  verticalBar: 'histogram',
  horizontalBar: 'horizontal_bar',
  pie: 'pie',
  metric: 'metric',
  gauge: 'gauge',
  goal: 'goal',
  table: 'table',
  heatmap: 'heatmap',
  tagcloud: 'tagcloud',
  regionMap: 'region_map',
  tileMap: 'tile_map',
  markdown: 'markdown',
  timeSeries: 'metrics',
  vega: 'vega',
  timelion: 'timelion',
  controls: 'input_control_vis',
} as const;

/** The kinds of visualizations that this library makes. */
export type VisualizationKind = keyof typeof STORED_KIND;

/** A visualization to place on dashboards. */
export interface Visualization extends Definition {
  readonly id: string;
  readonly title: string;
  /** `custom` for one of a kind of one's own. */
  readonly kind: VisualizationKind | 'custom';
}

/** Options that every visualization takes that searches documents. */
export interface SearchedOptions {
  /** Only documents that match; a text is DQL. Combined with the dashboard's own query. */
  readonly filter?: string | Query;
  /** Filters of its own filter bar. */
  readonly filters?: readonly Filter[];
  readonly description?: string;
}

/** Options that every visualization of a data view takes. */
export interface CommonOptions extends SearchedOptions {
  /** A saved search of the data view to start from: its query and filters hold here, too. */
  readonly savedSearch?: Search;
}

/** What people changed while they looked, kept with the visualization. */
export interface LookOptions {
  /** Colours by the name of the series or slice, as `#rrggbb`. */
  readonly colors?: Readonly<Record<string, string>>;
  /** Whether the legend is open at first. @default true */
  readonly legendOpen?: boolean;
}

/** What a visualization's saved object is made of. */
export interface VisualizationParts {
  readonly id: string;
  readonly title: string;
  readonly kind: VisualizationKind;
  readonly view?: DataView;
  readonly params: Readonly<Record<string, unknown>>;
  readonly aggs: readonly StoredAggregation[];
  readonly options: CommonOptions & LookOptions;
  readonly uiState?: Readonly<Record<string, unknown>>;
  /** Beside those of the search source. */
  readonly references?: readonly SavedObjectReference[];
  readonly uses?: readonly Definition[];
}

/** The reference's name that every visualization of a saved search uses (visualizations/…/saved_visualization_references.ts). */
const SAVED_SEARCH = 'search_0';

/** A visualization, with its saved object. */
export function visualization(parts: VisualizationParts): Visualization {
  const { id, title, kind, options } = parts;
  const { savedSearch } = options;
  if (savedSearch !== undefined) checkSearch(parts, savedSearch);
  // A saved search brings its index pattern along.
  const { kibanaSavedObjectMeta, references, uses } = searchSourceOf({ view: savedSearch === undefined ? parts.view : undefined, query: options.filter, filters: options.filters });
  const attributes = {
    title,
    visState: JSON.stringify({ title, type: STORED_KIND[kind], params: parts.params, aggs: parts.aggs }),
    uiStateJSON: uiStateOf(options, parts.uiState),
    description: options.description ?? '',
    version: 1,
    ...(savedSearch === undefined ? {} : { savedSearchRefName: SAVED_SEARCH }),
    kibanaSavedObjectMeta,
  };
  const search = savedSearch === undefined ? [] : [{ name: SAVED_SEARCH, type: 'search' as const, id: savedSearch.id }];
  return Object.freeze({
    id,
    title,
    kind,
    object: savedObject('visualization', id, attributes, savedSearch === undefined && parts.references === undefined ? references : [...references, ...search, ...(parts.references ?? [])]),
    uses: savedSearch === undefined && parts.uses === undefined ? uses : [...uses, ...(savedSearch === undefined ? [] : [savedSearch]), ...(parts.uses ?? [])],
  });
}

/** The fields were held against the visualization's data view; they would be looked for in the search's. */
function checkSearch({ id, view }: VisualizationParts, search: Search): void {
  const own = search.object.references.find(({ name }) => name === SEARCH_SOURCE_INDEX)?.id;
  if (own !== view?.id) throw specInvalid(`"${id}" is of data view "${view?.id ?? ''}", and starts from a search of "${own ?? ''}".`, 'Use the data view of the search.');
}

function uiStateOf({ colors, legendOpen }: LookOptions, more: VisualizationParts['uiState']): string {
  if (colors === undefined && legendOpen === undefined && more === undefined) return '{}';
  const vis = { ...(colors === undefined ? {} : { colors: { ...colors } }), ...(legendOpen === undefined ? {} : { legendOpen }) };
  return JSON.stringify({ ...(Object.keys(vis).length === 0 ? {} : { vis }), ...more });
}
