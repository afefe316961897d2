import { PodscopeError } from '@podscope/core';

/** A saved object, as an export of OpenSearch Dashboards carries it. */
export interface SavedObject {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references: readonly { readonly name: string; readonly type: string; readonly id: string }[];
}

/** One aggregation of a stored visualization. */
export interface StoredAggregation {
  readonly id: string;
  readonly enabled?: boolean;
  readonly type: string;
  readonly schema: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A visualization's `visState`. */
export interface VisState {
  readonly title: string;
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly aggs: readonly StoredAggregation[];
}

/** A query bar's content. */
export interface Query {
  readonly query: string;
  readonly language: string;
}

/** A field as an index pattern lists it. */
export interface ListedField {
  readonly name: string;
  readonly type: string;
  readonly esTypes?: readonly string[];
  readonly aggregatable?: boolean;
  readonly readFromDocValues?: boolean;
  readonly subType?: { readonly nested?: { readonly path: string } };
  readonly scripted?: boolean;
  readonly script?: string;
  readonly lang?: string;
}

/** A filter of a filter bar, as it is stored. */
export interface StoredFilter {
  readonly meta?: { readonly negate?: boolean; readonly disabled?: boolean };
  readonly query?: Readonly<Record<string, unknown>>;
  readonly [clause: string]: unknown;
}

/** How a field's values are shown. */
export interface StoredFormat {
  readonly id?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** What a search needs to know of an index pattern. */
export interface IndexPattern {
  readonly id: string;
  readonly pattern: string;
  readonly timeField: string | undefined;
  readonly fields: ReadonlyMap<string, ListedField>;
  readonly formats: Readonly<Record<string, StoredFormat>>;
}

/** One panel of a dashboard on its 48-column grid. */
export interface DashboardPanel {
  readonly panelId: string;
  /** The title that the dashboard gives it, or the object's own. */
  readonly title: string;
  readonly object: SavedObject;
  readonly grid: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

/** A stored dashboard, read. */
export interface DashboardLayout {
  readonly id: string;
  readonly title: string;
  readonly panels: readonly DashboardPanel[];
  readonly timeRange: { readonly from: string; readonly to: string } | undefined;
  /** Milliseconds; 0 is none. */
  readonly refreshMs: number;
  readonly query: Query;
  readonly filters: readonly StoredFilter[];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parsed(object: SavedObject, where: string, text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PodscopeError('RENDERER_OBJECT_BROKEN', `${where} of ${object.type} "${object.id}" is no JSON.`, {
      hint: 'Export the object again.',
      cause,
    });
  }
}

/** The object of that type and id. */
export function findObject(objects: readonly SavedObject[], type: string, id: string): SavedObject {
  const found = objects.find((object) => object.type === type && object.id === id);
  if (found) return found;
  throw new PodscopeError('RENDERER_OBJECT_MISSING', `There is no ${type} "${id}" among the saved objects.`, {
    hint: 'Pass every saved object that the dashboard points at.',
  });
}

/** Old exports leave out what was empty. */
function whole({ id, type, schema, params }: Partial<StoredAggregation>, at: number): StoredAggregation {
  return { id: String(id ?? at + 1), type: String(type ?? ''), schema: String(schema ?? ''), params: record(params) };
}

export function visStateOf(object: SavedObject): VisState {
  const state = record(parsed(object, 'visState', object.attributes['visState']));
  return {
    title: String(state['title'] ?? object.attributes['title'] ?? ''),
    type: String(state['type'] ?? ''),
    params: record(state['params']),
    aggs: (Array.isArray(state['aggs']) ? (state['aggs'] as Partial<StoredAggregation>[]) : []).filter((agg) => agg.enabled !== false).map(whole),
  };
}

function searchSourceOf(object: SavedObject): Readonly<Record<string, unknown>> {
  return record(parsed(object, 'searchSourceJSON', record(object.attributes['kibanaSavedObjectMeta'])['searchSourceJSON']));
}

/** The object's own filters. */
export function filtersOf(object: SavedObject): readonly StoredFilter[] {
  const { filter } = searchSourceOf(object);
  return Array.isArray(filter) ? filter.map((each) => record(each) as StoredFilter) : [];
}

/** What the reader of a page has set for a panel, such as its colours: the panel's own, or the object's. */
export function uiStateOf(object: SavedObject): Readonly<Record<string, unknown>> {
  return record(parsed(object, 'uiStateJSON', object.attributes['uiStateJSON']));
}

/** The object's own query. Before 6.0 it was a text in Lucene's syntax, or the clause that such a text stands in. */
export function queryOf(object: SavedObject): Query {
  const stored = searchSourceOf(object)['query'];
  if (typeof stored === 'string') return { query: stored, language: 'lucene' };
  const query = record(stored);
  const clause = record(record(query['query'])['query_string'] ?? query['query_string']);
  if (typeof clause['query'] === 'string') return { query: clause['query'] === '*' ? '' : clause['query'], language: 'lucene' };
  return { query: typeof query['query'] === 'string' ? query['query'] : '', language: String(query['language'] ?? 'kuery') };
}

/** The saved search that a visualization was made from, if it was. */
export function sourceSearchOf(object: SavedObject, objects: readonly SavedObject[]): SavedObject | undefined {
  const { savedSearchRefName, savedSearchId } = object.attributes;
  const id = object.references.find(({ name }) => name === savedSearchRefName)?.id ?? (typeof savedSearchId === 'string' ? savedSearchId : undefined);
  return id === undefined ? undefined : findObject(objects, 'search', id);
}

/** The index pattern that a search or visualization reads, or undefined for one that reads none. */
export function indexPatternOf(object: SavedObject, objects: readonly SavedObject[]): IndexPattern | undefined {
  const source = sourceSearchOf(object, objects);
  if (source) return indexPatternOf(source, objects);
  const { indexRefName, index } = searchSourceOf(object);
  const named = object.references.find(({ name }) => name === indexRefName);
  const only = object.references.find(({ type, name }) => type === 'index-pattern' && !/^(?:control_|metrics_)/.test(name));
  const id = named?.id ?? (typeof index === 'string' ? index : only?.id);
  return id === undefined ? undefined : indexPattern(findObject(objects, 'index-pattern', id));
}

/** An index pattern by the name that a reference of the object has, such as those of controls. */
export function patternByReference(object: SavedObject, objects: readonly SavedObject[], name: unknown, inline: unknown): IndexPattern | undefined {
  const id = object.references.find((each) => each.name === name)?.id ?? (typeof inline === 'string' ? inline : undefined);
  return id === undefined ? undefined : indexPattern(findObject(objects, 'index-pattern', id));
}

/** An index pattern by its title, as TSVB, Vega and Timelion name them; undefined where none has it. */
export function patternByTitle(objects: readonly SavedObject[], title: string): IndexPattern | undefined {
  const found = objects.find(({ type, attributes }) => type === 'index-pattern' && attributes['title'] === title);
  return found && indexPattern(found);
}

function indexPattern(object: SavedObject): IndexPattern {
  const { id, attributes } = object;
  const list = parsed(object, 'fields', attributes['fields'] ?? '[]');
  const fields = Array.isArray(list) ? (list as readonly ListedField[]) : [];
  return {
    id,
    pattern: String(attributes['title']),
    timeField: typeof attributes['timeFieldName'] === 'string' ? attributes['timeFieldName'] : undefined,
    fields: new Map(fields.map((field) => [field.name, field])),
    formats: record(parsed(object, 'fieldFormatMap', attributes['fieldFormatMap'] ?? '{}')) as Readonly<Record<string, StoredFormat>>,
  };
}

/** The object of a panel: one that it refers to, or one that stands in the panel itself, as Kibana has it since 7.11. */
function panelObject(dashboard: SavedObject, panel: Readonly<Record<string, unknown>>, objects: readonly SavedObject[]): SavedObject {
  const index = String(panel['panelIndex']);
  const config = record(panel['embeddableConfig']);
  const names = [panel['panelRefName'], `${index}:${String(panel['panelRefName'])}`];
  const reference = dashboard.references.find(({ name }) => names.includes(name));
  if (reference) return asPlaced(findObject(objects, reference.type, reference.id), config);
  const references = dashboard.references.flatMap((each) => (each.name.startsWith(`${index}:`) ? [{ ...each, name: each.name.slice(index.length + 1) }] : []));
  const own = { id: `${dashboard.id}:${index}`, references };
  if (config['savedVis'] !== undefined) {
    const { title, type, params, data, uiState } = record(config['savedVis']);
    const { aggs, searchSource } = record(data);
    const attributes = { title: title ?? '', visState: JSON.stringify({ title, type, params, aggs }), uiStateJSON: JSON.stringify(uiState ?? {}), kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(searchSource ?? {}) } };
    return asPlaced({ ...own, type: 'visualization', attributes }, { ...config, ...(Object.keys(record(config['vis'])).length === 0 ? { vis: undefined } : {}) });
  }
  if (config['attributes'] !== undefined) return { ...own, type: String(panel['type'] ?? ''), attributes: record(config['attributes']) };
  throw new PodscopeError('RENDERER_OBJECT_BROKEN', `Panel ${index} of dashboard "${dashboard.id}" has no reference.`, { hint: 'Export the dashboard again with its references.' });
}

/** What was set on the page of a dashboard, such as colours, takes the place of the object's own. */
function asPlaced(object: SavedObject, { vis, columns, sort }: Readonly<Record<string, unknown>>): SavedObject {
  if (object.type === 'search' && (columns !== undefined || sort !== undefined)) {
    return { ...object, attributes: { ...object.attributes, ...(columns === undefined ? {} : { columns }), ...(sort === undefined ? {} : { sort }) } };
  }
  if (object.type !== 'visualization' || vis === undefined) return object;
  return { ...object, attributes: { ...object.attributes, uiStateJSON: JSON.stringify({ vis }) } };
}

/**
 * Reads a stored dashboard: its panels with their places and objects, its time range and refresh.
 *
 * @throws PodscopeError `RENDERER_OBJECT_MISSING`, `RENDERER_OBJECT_BROKEN`
 */
export function layoutOf(objects: readonly SavedObject[], dashboardId: string): DashboardLayout {
  const dashboard = findObject(objects, 'dashboard', dashboardId);
  const { attributes } = dashboard;
  const stored = parsed(dashboard, 'panelsJSON', attributes['panelsJSON'] ?? '[]');
  const panels = (Array.isArray(stored) ? stored : []).map(record).map((panel): DashboardPanel => {
    const object = panelObject(dashboard, panel, objects);
    const grid = record(panel['gridData']);
    return {
      panelId: String(panel['panelIndex']),
      title: typeof panel['title'] === 'string' ? panel['title'] : String(object.attributes['title'] ?? ''),
      object,
      grid: { x: Number(grid['x']), y: Number(grid['y']), w: Number(grid['w']), h: Number(grid['h']) },
    };
  });
  const refresh = record(attributes['refreshInterval']);
  return {
    id: dashboardId,
    title: String(attributes['title'] ?? ''),
    panels,
    timeRange: attributes['timeRestore'] === true ? { from: String(attributes['timeFrom']), to: String(attributes['timeTo']) } : undefined,
    refreshMs: refresh['pause'] === false ? Number(refresh['value']) : 0,
    query: queryOf(dashboard),
    filters: filtersOf(dashboard),
  };
}
