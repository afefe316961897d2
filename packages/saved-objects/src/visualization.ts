import type { DataView } from './dataView.ts';
import { type Definition, type Query, queryOf, savedObject, SEARCH_SOURCE_INDEX } from './savedObject.ts';
import type { StoredAggregation } from './aggregations.ts';

/** The kinds of visualizations that this library makes. */
export type VisualizationKind =
  | 'line'
  | 'area'
  | 'verticalBar'
  | 'horizontalBar'
  | 'pie'
  | 'metric'
  | 'gauge'
  | 'table'
  | 'markdown';

/** A visualization to place on dashboards. */
export interface Visualization extends Definition {
  readonly id: string;
  readonly title: string;
  /** `custom` for one of a kind of one's own. */
  readonly kind: VisualizationKind | 'custom';
}

/** Options that every visualization of documents takes. */
export interface CommonOptions {
  /** Only documents that match; a text is DQL. Combined with the dashboard's own query. */
  readonly filter?: string | Query;
  readonly description?: string;
}

/** What the product calls each kind. */
export const STORED_KIND: Readonly<Record<VisualizationKind, string>> = {
  line: 'line',
  area: 'area',
  verticalBar: 'histogram',
  horizontalBar: 'horizontal_bar',
  pie: 'pie',
  metric: 'metric',
  gauge: 'gauge',
  table: 'table',
  markdown: 'markdown',
};

export interface VisualizationParts {
  readonly id: string;
  readonly title: string;
  readonly kind: VisualizationKind;
  readonly view?: DataView;
  readonly params: Readonly<Record<string, unknown>>;
  readonly aggs: readonly StoredAggregation[];
  readonly options: CommonOptions;
}

export function visualization(parts: VisualizationParts): Visualization {
  const { id, title, kind, view } = parts;
  const searchSource = {
    query: queryOf(parts.options.filter),
    filter: [],
    ...(view ? { indexRefName: SEARCH_SOURCE_INDEX } : {}),
  };
  const attributes = {
    title,
    visState: JSON.stringify({ title, type: STORED_KIND[kind], params: parts.params, aggs: parts.aggs }),
    uiStateJSON: '{}',
    description: parts.options.description ?? '',
    version: 1,
    kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(searchSource) },
  };
  const references = view ? [{ name: SEARCH_SOURCE_INDEX, type: 'index-pattern' as const, id: view.id }] : [];
  return Object.freeze({
    id,
    title,
    kind,
    object: savedObject('visualization', id, attributes, references),
    uses: view ? [view] : [],
  });
}
