import { type Definition, SEARCH_SOURCE_INDEX } from '../savedObject.ts';
import type { JsonObject } from '../read/storedObject.ts';
import type { DashboardAttributes } from './shapes/dashboard/dashboard.ts';
import type { DashboardPanel } from './shapes/dashboard/panel.ts';
import type { IndexPatternAttributes } from './shapes/indexPattern/indexPattern.ts';
import type { ConfigAttributes, QueryAttributes, UrlAttributes } from './shapes/others.ts';
import type { SearchAttributes } from './shapes/search.ts';
import type { VisualizationAttributes } from './shapes/visualization.ts';
import { type StoredDefinition, storedDefinition, type StoredLink, type StoredOptions } from './storedDefinition.ts';

/** An `index-pattern` exactly as a product stores it; the JSON inside its attributes is data here. */
export function storedIndexPattern(id: string, attributes: IndexPatternAttributes, options?: StoredOptions): StoredDefinition {
  return storedDefinition('index-pattern', id, attributes, options);
}

/** Options of what searches a data view. */
export interface SearchingOptions extends StoredOptions {
  /** The data view that it searches: becomes the reference of its search source. */
  readonly view?: Definition | StoredDefinition;
}

/** A `search` exactly as a product stores it. */
export function storedSearch(id: string, attributes: SearchAttributes, options?: SearchingOptions): StoredDefinition {
  return searching('search', id, attributes, options);
}

/** A `visualization` exactly as a product stores it: `visState` with every parameter of its kind. */
export function storedVisualization(id: string, attributes: VisualizationAttributes, options?: SearchingOptions): StoredDefinition {
  return searching('visualization', id, attributes, options);
}

function searching(type: 'search' | 'visualization', id: string, attributes: SearchAttributes | VisualizationAttributes, { view, ...options }: SearchingOptions = {}): StoredDefinition {
  if (view === undefined) return storedDefinition(type, id, attributes, options);
  const { searchSourceJSON, ...meta } = attributes.kibanaSavedObjectMeta ?? {};
  const whole = { ...attributes, kibanaSavedObjectMeta: { ...meta, searchSourceJSON: { ...searchSourceJSON, indexRefName: SEARCH_SOURCE_INDEX } } };
  return storedDefinition(type, id, whole, { ...options, references: [{ name: SEARCH_SOURCE_INDEX, to: view }, ...(options.references ?? [])] });
}

/** A panel of {@link storedDashboard}. */
export interface PlacedPanel extends DashboardPanel {
  /** What it shows: becomes the reference `panel_<index>`. */
  readonly shows?: Definition | StoredDefinition;
}

/** Attributes of {@link storedDashboard}. */
export interface PlacedDashboard extends Omit<DashboardAttributes, 'panelsJSON'> {
  readonly panelsJSON?: readonly PlacedPanel[];
}

/** A `dashboard` exactly as a product stores it. */
export function storedDashboard(id: string, attributes: PlacedDashboard, options: StoredOptions = {}): StoredDefinition {
  if (!Array.isArray(attributes.panelsJSON)) return storedDefinition('dashboard', id, attributes, options);
  const links: StoredLink[] = [];
  const panels = (attributes.panelsJSON as readonly PlacedPanel[]).map((placed, index) => {
    // What a broken dashboard has in the place of a panel is passed on.
    if (typeof placed !== 'object' || placed === null || Array.isArray(placed)) return placed;
    const { shows, ...panel } = placed;
    if (shows === undefined) return panel;
    const name = `panel_${index}`;
    links.push({ name, to: shows });
    return { ...panel, panelRefName: name };
  });
  return storedDefinition('dashboard', id, { ...attributes, panelsJSON: panels }, { ...options, references: [...links, ...(options.references ?? [])] });
}

/** A saved `query` exactly as a product stores it. */
export function storedQuery(id: string, attributes: QueryAttributes, options?: StoredOptions): StoredDefinition {
  return storedDefinition('query', id, attributes, options);
}

/** A short `url` exactly as a product stores it. */
export function storedUrl(id: string, attributes: UrlAttributes, options?: StoredOptions): StoredDefinition {
  return storedDefinition('url', id, attributes, options);
}

/** The advanced settings of a version (`config`) exactly as a product stores them. */
export function storedConfig(id: string, attributes: ConfigAttributes, options?: StoredOptions): StoredDefinition {
  return storedDefinition('config', id, attributes, options);
}

/** A saved object of any other type: its envelope and references are typed, its attributes are passed on. */
export function storedObject(type: string, id: string, attributes: JsonObject, options?: StoredOptions): StoredDefinition {
  return storedDefinition(type, id, attributes, options);
}
