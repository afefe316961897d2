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
  readonly scripted?: boolean;
  readonly script?: string;
  readonly lang?: string;
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

export function visStateOf(object: SavedObject): VisState {
  const state = record(parsed(object, 'visState', object.attributes['visState']));
  return {
    title: String(state['title'] ?? object.attributes['title'] ?? ''),
    type: String(state['type'] ?? ''),
    params: record(state['params']),
    aggs: (Array.isArray(state['aggs']) ? (state['aggs'] as StoredAggregation[]) : []).filter((agg) => agg.enabled !== false),
  };
}

/** The object's own query. */
export function queryOf(object: SavedObject): Query {
  const source = record(parsed(object, 'searchSourceJSON', record(object.attributes['kibanaSavedObjectMeta'])['searchSourceJSON']));
  const query = record(source['query']);
  return { query: typeof query['query'] === 'string' ? query['query'] : '', language: String(query['language'] ?? 'kuery') };
}

/** The index pattern that a search or visualization reads, or undefined for one that reads none. */
export function indexPatternOf(object: SavedObject, objects: readonly SavedObject[]): IndexPattern | undefined {
  const reference = object.references.find(({ type }) => type === 'index-pattern');
  if (!reference) return undefined;
  const { id, attributes } = findObject(objects, 'index-pattern', reference.id);
  const list = parsed({ ...object, id, type: 'index-pattern' }, 'fields', attributes['fields'] ?? '[]');
  const fields = Array.isArray(list) ? (list as readonly ListedField[]) : [];
  return {
    id,
    pattern: String(attributes['title']),
    timeField: typeof attributes['timeFieldName'] === 'string' ? attributes['timeFieldName'] : undefined,
    fields: new Map(fields.map((field) => [field.name, field])),
    formats: record(parsed(object, 'fieldFormatMap', attributes['fieldFormatMap'] ?? '{}')) as Readonly<Record<string, StoredFormat>>,
  };
}

/**
 * Reads a stored dashboard: its panels with their places and objects, its time range and refresh.
 *
 * @throws PodscopeError `RENDERER_OBJECT_MISSING`, `RENDERER_OBJECT_BROKEN`
 */
export function layoutOf(objects: readonly SavedObject[], dashboardId: string): DashboardLayout {
  const dashboard = findObject(objects, 'dashboard', dashboardId);
  const { attributes, references } = dashboard;
  const stored = parsed(dashboard, 'panelsJSON', attributes['panelsJSON'] ?? '[]');
  const panels = (Array.isArray(stored) ? stored : []).map(record).map((panel): DashboardPanel => {
    const reference = references.find(({ name }) => name === panel['panelRefName']);
    if (!reference) {
      throw new PodscopeError('RENDERER_OBJECT_BROKEN', `Panel ${String(panel['panelIndex'])} of dashboard "${dashboardId}" has no reference.`, {
        hint: 'Export the dashboard again with its references.',
      });
    }
    const object = findObject(objects, reference.type, reference.id);
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
  };
}
